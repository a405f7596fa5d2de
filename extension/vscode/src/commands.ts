import { allCommands } from "@lookback/extension/commands/all-commands.ts";
import type { CommandContext, Cursor } from "@lookback/extension/commands/command.ts";
import { runActions } from "@lookback/extension/commands/run-actions.ts";
import type { CommandHost } from "@lookback/extension/host.ts";
import { safeFixes } from "@lookback/extension/hosts/safe-fixes.ts";
import { failureOf, failureText } from "@lookback/protocol/failures.ts";
import { commands, Disposable, type NotebookCell, Position, type TextEditor, type Uri, window } from "vscode";
import type { Server } from "./language-client.ts";
import type { Log } from "./log.ts";
import { cellIdOf } from "./notebooks/notebook-json.ts";
import type { RunCopies } from "./panels/run-copies.ts";
import { nameOf } from "./workspace-files.ts";

export interface CommandParts {
  readonly host: CommandHost;
  readonly server: Server;
  readonly copies: RunCopies;
  readonly log: Log;
}

/** Registers every command under `lookback.<id>`, what a run in the list offers, and the one that the editor's lenses call. */
export function registerCommands(parts: CommandParts): Disposable[] {
  const { host, server, copies, log } = parts;
  const shown = async (id: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      const failure = failureOf(error);
      log("error", "command failed", { command: id, ...failure });
      host.notify("error", failureText(failure));
    }
  };
  return [
    enableFixes(parts),
    ...allCommands.map((command) =>
      commands.registerCommand(`lookback.${command.id}`, (on?: unknown) =>
        shown(command.id, async () => {
          // Where nothing can be fixed the editor itself does not let the command be called.
          const context = { ...commandContext(server, copies, cellOf(on)), mayBeFixed: true };
          if (command.when(context)) await command.run(host, context);
          else host.notify("info", "Open a notebook first.");
        }),
      ),
    ),
    ...runActions.map((action) =>
      commands.registerCommand(`lookback.${action.id}`, ({ runId }: { runId: string }) =>
        shown(action.id, () => action.run(host, runId)),
      ),
    ),
    commands.registerCommand("lookback.previewJoin", (uri: string, trainingSet: string) =>
      host.openPanel("join-preview", { uri, trainingSet }),
    ),
  ];
}

/** Tells the editor's menus and palette whether anything of what is in front may be fixed without a look. */
function enableFixes({ host, server, copies }: CommandParts): Disposable {
  const safe = safeFixes(
    {
      front() {
        const { cursor, notebook } = commandContext(server, copies, null);
        return notebook?.uri ?? cursor?.uri ?? null;
      },
      ask: (uri, signal) => host.request("lookback/findings/offered", { uri }, signal),
      onNews: (listener) => host.on("lookback/findings/changed", listener),
    },
    () => void commands.executeCommand("setContext", "lookback.nothingSafe", !safe.mayBe()),
  );
  const brought = [
    window.onDidChangeActiveNotebookEditor(safe.look),
    window.onDidChangeActiveTextEditor(safe.look),
  ];
  return Disposable.from(...brought, safe);
}

/** The cell whose own menu a command was chosen from; others are called without one. */
function cellOf(on: unknown): NotebookCell | null {
  return typeof on === "object" && on !== null && "notebook" in on && "document" in on
    ? (on as NotebookCell)
    : null;
}

/** The notebook in front and its selected cell. A web view in front leaves the last visible notebook. */
function commandContext(
  server: Server,
  copies: RunCopies,
  on: NotebookCell | null,
): Omit<CommandContext, "mayBeFixed"> {
  const copy = copies.current();
  if (copy !== null) return { copy, notebook: null, cursor: null };
  const { asUri } = server.client.code2ProtocolConverter;
  const editor =
    window.activeNotebookEditor ??
    window.visibleNotebookEditors.find((visible) => visible.notebook.notebookType === "jupyter-notebook");
  if (editor === undefined || isScript(window.activeTextEditor))
    return { copy: null, notebook: null, cursor: scriptCursor(asUri) };
  const { notebook, selection } = editor;
  const cells = notebook.getCells();
  const selected = on?.notebook === notebook ? on : cells[selection.start];
  return {
    copy: null,
    notebook: {
      path: nameOf(notebook.uri),
      uri: asUri(notebook.uri),
      cellId: selected ? cellIdOf(selected) : null,
      cellIds: cells.map(cellIdOf),
    },
    cursor: selected ? cursorIn(selected, asUri) : null,
  };
}

/** A cell that is selected and has no cursor counts from its beginning. */
function cursorIn(cell: NotebookCell, asUri: (uri: Uri) => string): Cursor {
  const editor = window.activeTextEditor;
  const at = editor?.document === cell.document ? editor.selection.active : new Position(0, 0);
  return { uri: asUri(cell.document.uri), cellId: cellIdOf(cell), line: at.line, character: at.character };
}

function isScript(editor: TextEditor | undefined): editor is TextEditor {
  return editor?.document.languageId === "python" && editor.document.uri.scheme === "file";
}

function scriptCursor(asUri: (uri: Uri) => string): Cursor | null {
  const editor = window.activeTextEditor;
  if (!isScript(editor)) return null;
  const { line, character } = editor.selection.active;
  return { uri: asUri(editor.document.uri), cellId: null, line, character };
}
