import type { Host } from "@lookback/extension/host.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import {
  commands,
  env,
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  NotebookRange,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import type { Server } from "./language-client.ts";
import { type Log, reasonOf } from "./log.ts";
import { cellIdOf } from "./notebooks/notebook-json.ts";
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
}): Host {
  const { server, texts, copies, log } = parts;
  const shown = (work: PromiseLike<unknown>) =>
    void work.then(undefined, (error) => {
      log("warn", "not shown", { reason: reasonOf(error) });
      const { message, advice } = failureOf(error);
      void window.showErrorMessage([message, advice].filter(Boolean).join(" "));
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
    notify: (kind, message) => {
      const show = {
        info: window.showInformationMessage,
        warning: window.showWarningMessage,
        error: window.showErrorMessage,
      };
      void show[kind](message);
    },
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
  const message = `${name} was not saved.`;
  throw Object.assign(new Error(message), {
    data: { code: "host/not-saved", message, advice: "Save it and try again.", data: {} },
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

async function insertCell(
  server: Server,
  uri: string,
  afterCellId: string | null,
  source: string,
): Promise<void> {
  const notebook = workspace.notebookDocuments.find(
    (open) => server.client.code2ProtocolConverter.asUri(open.uri) === uri || open.uri.toString() === uri,
  );
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
