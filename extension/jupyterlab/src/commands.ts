import type { JupyterFrontEnd } from "@jupyterlab/application";
import { type ICommandPalette, Notification } from "@jupyterlab/apputils";
import { allCommands } from "@lookback/extension/commands/all-commands.ts";
import type { CommandContext, Cursor } from "@lookback/extension/commands/command.ts";
import { runActions } from "@lookback/extension/commands/run-actions.ts";
import type { CommandHost } from "@lookback/extension/host.ts";
import { safeFixes } from "@lookback/extension/hosts/safe-fixes.ts";
import { failureText } from "@lookback/protocol/failures.ts";
import type { ReadonlyPartialJSONObject } from "@lumino/coreutils";
import type { AttachedEditors } from "./editor/attached-editors.ts";
import { openQuickFixes } from "./editor/quick-fix.ts";
import type { NotebookDocument } from "./notebooks/notebook-document.ts";
import type { OpenNotebooks } from "./notebooks/open-notebooks.ts";
import { icons } from "./panels/icons.ts";
import type { RunCopies } from "./panels/run-copies.ts";

export interface CommandParts {
  readonly host: CommandHost;
  readonly notebooks: OpenNotebooks;
  readonly editors: AttachedEditors;
  readonly copies: RunCopies;
  readonly palette: ICommandPalette | null;
}

/** Registers every command, for menus, palette, shortcuts, toolbar and code lenses alike. A command may be given `notebook`, `cellId` or `underPointer`, and `trainingSet`. */
export function registerCommands(
  app: JupyterFrontEnd,
  { host, notebooks, editors, copies, palette }: CommandParts,
): void {
  const { commands } = app;
  const safe = safeFixes(
    {
      front: () => notebooks.current()?.uri ?? null,
      ask: (uri, signal) => host.request("lookback/findings/offered", { uri }, signal),
      onNews: (listener) => host.on("lookback/findings/changed", listener),
    },
    () => commands.notifyCommandChanged("lookback:fix-all"),
  );
  notebooks.currentChanged.connect(safe.look);
  const contextOf = (args: ReadonlyPartialJSONObject) => ({
    ...contextFor(args, notebooks, copies, app),
    // What is known is of the notebook in front.
    mayBeFixed: typeof args.notebook === "string" || safe.mayBe(),
  });
  for (const command of allCommands) {
    const id = `lookback:${command.id}`;
    commands.addCommand(id, {
      label: command.title,
      caption: command.caption,
      icon: icons[command.icon],
      isEnabled: (args) => command.when(contextOf(args)),
      execute: async (args) => {
        if (command.id === "preview-join" && typeof args.trainingSet === "string") {
          const { notebook } = contextOf(args);
          if (notebook !== null)
            host.openPanel("join-preview", { uri: notebook.uri, trainingSet: args.trainingSet });
          return;
        }
        try {
          await command.run(host, contextOf(args));
        } catch (error) {
          showError(error);
        }
      },
    });
    palette?.addItem({ command: id, category: "Lookback" });
  }
  const reconsider = () => commands.notifyCommandChanged();
  notebooks.opened.connect(reconsider);
  notebooks.closed.connect(reconsider);
  commands.addCommand("lookback:quick-fix", {
    label: "Quick Fix…",
    caption: "Show the fixes for the finding at the cursor",
    isEnabled: () => notebooks.current() !== null,
    execute: () => {
      const document = notebooks.current();
      const cellId = document?.panel.content.activeCell?.model.id;
      const editor = document && cellId ? editors.cell(document, cellId) : null;
      if (editor === null || !openQuickFixes(editor.view))
        host.notify("info", "Nothing to fix on this line.");
    },
  });
  palette?.addItem({ command: "lookback:quick-fix", category: "Lookback" });
  registerRunActions(app, host);
}

/** What a run offers where it is listed, for the row that was clicked. */
function registerRunActions(app: JupyterFrontEnd, host: CommandHost): void {
  for (const [rank, action] of runActions.entries()) {
    const command = `lookback:${action.id}`;
    app.commands.addCommand(command, {
      label: action.title,
      execute: async () => {
        const id = app.contextMenuHitTest((node) => node.dataset.runId !== undefined)?.dataset.runId;
        if (id !== undefined) await action.run(host, id).catch(showError);
      },
    });
    app.contextMenu.addItem({ command, selector: ".lb-run-row[data-run-id]", rank });
  }
}

function showError(error: unknown): void {
  Notification.error(failureText(error), { autoClose: false });
}

/** A copy of a run in front is nothing to work on, whichever notebook was in front before it. */
function contextFor(
  args: ReadonlyPartialJSONObject,
  notebooks: OpenNotebooks,
  copies: RunCopies,
  app: JupyterFrontEnd,
): Omit<CommandContext, "mayBeFixed"> {
  const named = typeof args.notebook === "string" ? notebooks.byPath(args.notebook) : undefined;
  const copy = named === undefined ? copies.current() : null;
  const document = named ?? notebooks.current();
  if (copy !== null || document === null) return { copy, notebook: null, cursor: null };
  const pointed = args.underPointer === true ? cellUnderPointer(app, document) : null;
  const cellId = typeof args.cellId === "string" ? args.cellId : (pointed ?? activeCell(document));
  return {
    copy,
    notebook: {
      path: document.path,
      uri: document.uri,
      cellId,
      cellIds: [...(document.panel.content.model?.cells ?? [])].map(({ id }) => id),
    },
    cursor: cursorIn(document, cellId),
  };
}

/** In a cell that has none it counts from the beginning. */
function cursorIn(document: NotebookDocument, cellId: string | null): Cursor | null {
  if (cellId === null || !document.cells().some(({ id }) => id === cellId)) return null;
  const cell = document.panel.content.widgets.find(({ model }) => model?.id === cellId);
  const at = cell?.editor?.getCursorPosition();
  return { uri: document.cellUri(cellId), cellId, line: at?.line ?? 0, character: at?.column ?? 0 };
}

/** The cell whose context menu was opened last: it need not be the active one. */
function cellUnderPointer(app: JupyterFrontEnd, { panel }: NotebookDocument): string | null {
  const node = app.contextMenuHitTest(({ classList }) => classList.contains("jp-Cell"));
  return panel.content.widgets.find((cell) => cell.node === node)?.model.id ?? null;
}

function activeCell({ panel }: NotebookDocument): string | null {
  return panel.content.activeCell?.model.id ?? null;
}
