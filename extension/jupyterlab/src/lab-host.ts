import type { JupyterFrontEnd } from "@jupyterlab/application";
import { Clipboard, Dialog, InputDialog, Notification, showDialog } from "@jupyterlab/apputils";
import type { IEditorServices } from "@jupyterlab/codeeditor";
import { URLExt } from "@jupyterlab/coreutils";
import type { IDocumentManager } from "@jupyterlab/docmanager";
import { ServerConnection } from "@jupyterlab/services";
import type { CellSource, CommandHost, EngineFiles, Host } from "@lookback/extension/host.ts";
import { measureFinding } from "@lookback/extension/hosts/measure-finding.ts";
import { Widget } from "@lumino/widgets";
import { RequestFailure } from "./connection/json-rpc.ts";
import type { LanguageServer } from "./connection/language-server.ts";
import { changeTexts } from "./editor/change-texts.ts";
import { changeTogether } from "./editor/change-together.ts";
import { type GoToParts, goToPlace } from "./editor/go-to-place.ts";
import { sayKept } from "./editor/say-kept.ts";
import { runAside } from "./kernel/run-aside.ts";
import type { TextEdit } from "./lsp.ts";
import type { NotebookDocument } from "./notebooks/notebook-document.ts";
import type { OpenNotebooks } from "./notebooks/open-notebooks.ts";
import type { panelOpener } from "./panels/open-panels.ts";
import type { RunCopies } from "./panels/run-copies.ts";
import { textViewer } from "./panels/text-viewer.ts";
import type { followSettings } from "./settings.ts";

export interface LabParts {
  readonly app: JupyterFrontEnd;
  readonly documents: IDocumentManager;
  readonly server: LanguageServer;
  readonly notebooks: OpenNotebooks;
  readonly panels: ReturnType<typeof panelOpener>;
  readonly services: IEditorServices;
  readonly copies: RunCopies;
  readonly drawSourceDiff: NonNullable<Host["drawSourceDiff"]>;
  readonly showRule: (rule: string) => Promise<void>;
  /** Draws a text before and after a change. */
  readonly drawChange: NonNullable<Host["drawSourceDiff"]>;
  readonly goTo: GoToParts;
  readonly settings: ReturnType<typeof followSettings>;
}

/** JupyterLab as the panels and commands see it. */
export function labHost(parts: LabParts): CommandHost {
  const { app, documents, server, notebooks, panels } = parts;
  const aside = runAside(notebooks);
  const host: CommandHost = {
    request: server.request,
    on: server.on,
    readFile: (path) => readFile(path, app.serviceManager.serverSettings),
    engine,
    openPanel: (panel, params) => panels.open(host, panel, params),
    openFile: (path) => void documents.openOrReveal(path),
    openText(title, text, language) {
      const widget = textViewer(title, text, language, parts.services);
      app.shell.add(widget, "main");
      app.shell.activateById(widget.id);
    },
    openRunCopy: (copy) => parts.copies.open(copy),
    drawSourceDiff: parts.drawSourceDiff,
    saveNotebook: (name) => saveNotebook(notebooks.byPath(name)),
    restartServer: () => server.restart(),
    insertCell(uri, afterCellId, source) {
      const notebook = notebooks.byUri(uri)?.panel.content;
      const model = notebook?.model;
      if (notebook === undefined || model == null) {
        host.notify("error", "The notebook is not open; no cell was inserted.");
        return;
      }
      const after = [...model.cells].findIndex(({ id }) => id === afterCellId);
      const index = after === -1 ? model.cells.length : after + 1;
      model.sharedModel.insertCell(index, { cell_type: "code", source, metadata: {} });
      notebook.activeCellIndex = index;
      void notebook.scrollToItem(index);
    },
    async replaceCell(uri, cellId, source) {
      const cells = notebooks.byUri(uri)?.panel.content.model?.cells ?? [];
      const text = [...cells].find(({ id }) => id === cellId)?.sharedModel;
      if (text === undefined) throw cellGone();
      changeTogether([{ text, edits: [wholeEdit(text.getSource(), source)] }], () => undefined);
    },
    changeNotebook: async (name, cells) => changeNotebook(notebooks.byPath(name), name, cells),
    openRulePage: (rule) => void parts.showRule(rule),
    goTo: (place) => goToPlace(place, parts.goTo),
    cellNames: async (uri) => notebooks.byUri(uri)?.cellNames() ?? {},
    measure: (offer) => void measureFinding(host, aside, offer),
    change: (title, changes, isToLookAt) =>
      changeTexts(title, changes, notebooks, isToLookAt ? parts.drawChange : null),
    followNotebook(listener) {
      const tell = () =>
        listener({
          uri: notebooks.current()?.uri ?? null,
          showsFindings: parts.settings.current().linting,
        });
      notebooks.currentChanged.connect(tell);
      const stop = parts.settings.changed(tell);
      tell();
      return () => {
        notebooks.currentChanged.disconnect(tell);
        stop();
      };
    },
    notify: (kind, message) =>
      void Notification[kind](message, { autoClose: kind === "error" ? false : SHOWN_MS }),
    offer,
    progress,
    async confirm(title, body, accept) {
      const buttons = [Dialog.cancelButton(), Dialog.warnButton({ label: accept })];
      return (await showDialog({ title, body: new Widget({ node: linesOf(body) }), buttons })).button.accept;
    },
    async ask(title, value, placeholder) {
      return (await InputDialog.getText({ title, text: value, placeholder })).value;
    },
    copy: (text) => Clipboard.copyToSystem(text),
  };
  return host;
}

function offer(message: string, action: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { manager } = Notification;
    const actions = [{ label: action, callback: () => resolve(true) }];
    const id = Notification.info(message, { autoClose: SHOWN_MS, actions });
    const gone = (_: unknown, { type, notification }: Notification.IChange) => {
      if (type !== "removed" || notification.id !== id) return;
      manager.changed.disconnect(gone);
      resolve(false);
    };
    manager.changed.connect(gone);
  });
}

async function progress<T>(
  title: string,
  work: (report: (says: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const cancel = { label: "Cancel", callback: () => abort.abort() };
  const id = Notification.emit(title, "in-progress", { autoClose: false, actions: [cancel] });
  const report = (says: string) =>
    void Notification.update({ id, message: `${title}: ${says}`, actions: [cancel] });
  try {
    return await work(report, abort.signal);
  } finally {
    Notification.dismiss(id);
  }
}

/** A text whose lines stay lines. */
function linesOf(text: string): HTMLElement {
  const node = document.createElement("div");
  node.style.whiteSpace = "pre-line";
  node.textContent = text;
  return node;
}

/** How long a message stands before its place is the bell, where what it offers can still be had. */
const SHOWN_MS = 6_000;

function wholeEdit(before: string, newText: string): TextEdit {
  const lines = before.split("\n");
  const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  return { range: { start: { line: 0, character: 0 }, end }, newText };
}

function changeNotebook(
  document: NotebookDocument | undefined,
  name: string,
  cells: readonly CellSource[],
): void {
  if (document === undefined)
    throw new RequestFailure(`${name} is not open. Nothing was changed.`, {
      code: "host/not-open",
      advice: "Open it and try again.",
    });
  document.flush();
  const texts = new Map(document.cells().map(({ id, sharedModel }) => [id, sharedModel]));
  const parts = cells.flatMap(({ cellId, before, after }) => {
    const text = texts.get(cellId);
    return text?.getSource() === before ? [{ text, edits: [wholeEdit(before, after)] }] : [];
  });
  if (parts.length !== cells.length)
    throw new RequestFailure("The notebook has changed since. Nothing of it was changed.", {
      code: "host/changed",
      advice: "Show the honest score again.",
    });
  changeTogether(parts, sayKept);
}

function cellGone(): RequestFailure {
  return new RequestFailure("The cell is in no notebook that is open. Nothing was put back.", {
    code: "host/no-such-cell",
    advice: "Open its notebook and try again.",
  });
}

/** One that is not open is on the disk as it is. */
async function saveNotebook(document: NotebookDocument | undefined): Promise<void> {
  if (document === undefined) return;
  await document.save();
  if (document.panel.context.model.dirty) {
    throw new RequestFailure(`${document.path} was not saved.`, {
      code: "host/not-saved",
      advice: "Save it and try again.",
    });
  }
}

async function readFile(path: string, settings: ServerConnection.ISettings): Promise<Uint8Array> {
  const url = URLExt.join(settings.baseUrl, "files", URLExt.encodeParts(path));
  const response = await ServerConnection.makeRequest(url, {}, settings);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  const message =
    response.status === 404
      ? `${path} is not there, or Jupyter does not serve it.`
      : `${path} could not be read: Jupyter answered ${response.status}.`;
  throw new RequestFailure(message, {
    code: "host/file-unreadable",
    data: { path, status: response.status },
  });
}

/** The engine's files lie beside the plugin; their addresses load with the first panel that asks. */
async function engine(): Promise<EngineFiles> {
  const { engineFiles } = await import("./engine-files.ts");
  return engineFiles;
}
