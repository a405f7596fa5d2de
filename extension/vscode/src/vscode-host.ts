import type { CellSource, CommandHost, Host } from "@lookback/extension/host.ts";
import { failureText } from "@lookback/protocol/failures.ts";
import { measureCommand } from "@lookback/protocol/measure.ts";
import { rulePageScheme } from "@lookback/protocol/rules.ts";
import {
  commands,
  env,
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  NotebookRange,
  ProgressLocation,
  Range,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { hostFailure } from "./host-failure.ts";
import type { Server } from "./language-client.ts";
import { type Log, reasonOf } from "./log.ts";
import { changeTexts } from "./notebooks/change-texts.ts";
import { columnOf, goToPlace, namesOfCells } from "./notebooks/go-to-place.ts";
import { cellIdOf } from "./notebooks/notebook-json.ts";
import { openNotebook } from "./notebooks/open-notebook.ts";
import type { RunCopies } from "./panels/run-copies.ts";
import type { ShownTexts } from "./panels/shown-texts.ts";
import { nameOf, readWorkspaceFile, uriOf } from "./workspace-files.ts";

/** VS Code as the panels and commands see it. */
export function vscodeHost(parts: {
  readonly server: Server;
  readonly texts: ShownTexts;
  readonly copies: RunCopies;
  readonly engine: Host["engine"];
  readonly openPanel: Host["openPanel"];
  readonly log: Log;
}): CommandHost {
  const { server, texts, copies, log } = parts;
  const shown = (work: PromiseLike<unknown>) =>
    void work.then(undefined, (error) => {
      log("warn", "not shown", { reason: reasonOf(error) });
      void window.showErrorMessage(failureText(error));
    });
  return {
    request: server.request,
    on: server.on,
    readFile: readWorkspaceFile,
    engine: parts.engine,
    openPanel: parts.openPanel,
    openFile: (path) => shown(Promise.resolve().then(() => openFile(path))),
    openText: (title, text) => shown(texts.open(title, text)),
    openRunCopy: (copy) => shown(copies.open(copy)),
    openNotebookDiff: (left, right) => shown(copies.compare(left, right)),
    saveNotebook,
    restartServer: server.restart,
    insertCell: (uri, afterCellId, source) => shown(insertCell(server, uri, afterCellId, source)),
    replaceCell: (uri, cellId, source) => replaceCell(server, uri, cellId, source),
    changeNotebook,
    openRulePage: (rule) =>
      shown(
        commands.executeCommand("vscode.open", Uri.from({ scheme: rulePageScheme, path: `/${rule}.md` })),
      ),
    goTo: goToPlace,
    cellNames: async (uri) => namesOfCells(openNotebook(server, uri)),
    change: changeTexts,
    measure: (offer) => void commands.executeCommand(measureCommand, offer),
    notify: (kind, message) => {
      const show = {
        info: window.showInformationMessage,
        warning: window.showWarningMessage,
        error: window.showErrorMessage,
      };
      void show[kind](message);
    },
    progress,
    offer: async (message, action) => (await window.showInformationMessage(message, action)) === action,
    confirm: async (title, body, accept) =>
      (await window.showWarningMessage(title, { modal: true, detail: body }, accept)) === accept,
    ask: async (title, value, placeHolder) =>
      (await window.showInputBox({ title, value, placeHolder })) ?? null,
    copy: (text) => void env.clipboard.writeText(text),
  };
}

/** One that is not open is on the disk as it is. */
async function saveNotebook(name: string): Promise<void> {
  const notebook = workspace.notebookDocuments.find(
    (open) => open.notebookType === "jupyter-notebook" && nameOf(open.uri) === name,
  );
  if (notebook === undefined || !notebook.isDirty) return;
  if (await notebook.save()) return;
  throw hostFailure("host/not-saved", {
    message: `${name} was not saved.`,
    advice: "Save it and try again.",
  });
}

async function openFile(path: string): Promise<void> {
  const uri = uriOf(path);
  if (!path.endsWith(".ipynb")) {
    await commands.executeCommand("vscode.open", uri);
    return;
  }
  // By type and not by name: the file may be too new for VS Code to have tied it to the notebook editor.
  await window.showNotebookDocument(await workspace.openNotebookDocument(uri), { preview: false });
}

function progress<T>(
  title: string,
  work: (report: (says: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(
    window.withProgress(options, async (shown, token) => {
      const abort = new AbortController();
      const canceling = token.onCancellationRequested(() => abort.abort());
      try {
        return await work((message) => shown.report({ message }), abort.signal);
      } finally {
        canceling.dispose();
      }
    }),
  );
}

async function replaceCell(server: Server, uri: string, cellId: string, source: string): Promise<void> {
  const notebook = openNotebook(server, uri);
  const cell = notebook?.getCells().find((each) => cellIdOf(each) === cellId);
  if (notebook === undefined || cell === undefined)
    throw hostFailure("host/no-such-cell", {
      message: "The cell is in no notebook that is open. Nothing was put back.",
      advice: "Open its notebook and try again.",
    });
  const { document } = cell;
  const edit = new WorkspaceEdit();
  edit.replace(
    document.uri,
    new Range(document.positionAt(0), document.lineAt(document.lineCount - 1).range.end),
    source,
  );
  if (!(await workspace.applyEdit(edit)))
    throw hostFailure("host/not-edited", {
      message: "VS Code refused the edit. Nothing was put back.",
      advice: "See whether the notebook can be written to.",
    });
  const editor = await window.showNotebookDocument(notebook, {
    viewColumn: columnOf(notebook),
    preserveFocus: true,
  });
  editor.selection = new NotebookRange(cell.index, cell.index + 1);
  editor.revealRange(editor.selection);
}

async function changeNotebook(name: string, cells: readonly CellSource[]): Promise<void> {
  const notebook = workspace.notebookDocuments.find(
    (open) => open.notebookType === "jupyter-notebook" && nameOf(open.uri) === name,
  );
  if (notebook === undefined)
    throw hostFailure("host/not-open", {
      message: `${name} is not open. Nothing was changed.`,
      advice: "Open it and try again.",
    });
  const edit = new WorkspaceEdit();
  const open = new Map(notebook.getCells().map((cell) => [cellIdOf(cell), cell.document]));
  for (const { cellId, before, after } of cells) {
    const document = open.get(cellId);
    // The editor may hold other line ends than the file.
    if (document === undefined || document.getText().replaceAll("\r\n", "\n") !== before)
      throw hostFailure("host/changed", {
        message: "The notebook has changed since. Nothing of it was changed.",
        advice: "Show the honest score again.",
      });
    const end = document.lineAt(document.lineCount - 1).range.end;
    edit.replace(document.uri, new Range(document.positionAt(0), end), after);
  }
  if (await workspace.applyEdit(edit)) return;
  throw hostFailure("host/not-edited", {
    message: "VS Code refused the edit. Nothing was changed.",
    advice: "See whether the notebook can be written to.",
  });
}

async function insertCell(
  server: Server,
  uri: string,
  afterCellId: string | null,
  source: string,
): Promise<void> {
  const notebook = openNotebook(server, uri);
  if (notebook === undefined) throw new Error("The notebook is not open; no cell was inserted.");
  const after = notebook.getCells().findIndex((cell) => cellIdOf(cell) === afterCellId);
  const index = after === -1 ? notebook.cellCount : after + 1;
  const edit = new WorkspaceEdit();
  const cell = new NotebookCellData(NotebookCellKind.Code, source, "python");
  edit.set(notebook.uri, [NotebookEdit.insertCells(index, [cell])]);
  if (!(await workspace.applyEdit(edit))) throw new Error("VS Code refused the edit; no cell was inserted.");
  const editor = await window.showNotebookDocument(notebook, { preserveFocus: false });
  editor.selection = new NotebookRange(index, index + 1);
  editor.revealRange(editor.selection);
}
