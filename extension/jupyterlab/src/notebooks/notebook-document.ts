import type { ICellModel, ICodeCellModel } from "@jupyterlab/cells";
import type { NotebookPanel } from "@jupyterlab/notebook";
import { cellName } from "@lookback/extension/hosts/cell-name.ts";
import { type ISignal, Signal } from "@lumino/signaling";
import type { LanguageServer } from "../connection/language-server.ts";
import { followSaves } from "./follow-saves.ts";
import { structureChange } from "./structure-change.ts";

/** An open notebook as the language server knows it. Reads the cell models only, so that cells off screen count too. */
export interface NotebookDocument {
  readonly panel: NotebookPanel;
  /** Relative to the workspace root, with forward slashes. */
  readonly path: string;
  readonly uri: string;
  cellUri(cellId: string): string;
  /** What a person calls the code cells, by their URIs. */
  cellNames(): Readonly<Record<string, string>>;
  /** Code cells, top to bottom. */
  cells(): readonly ICodeCellModel[];
  /** Sends what changed since the last call; answers at once when nothing did. Call before any question about the text. */
  flush(): void;
  /** Emitted after changes were sent, with the ids of the cells whose text is new. */
  readonly sent: ISignal<object, readonly string[]>;
  /** Tells the server that a cell has run. */
  executed(cellId: string, success: boolean): void;
  /** Saves the file unless it is saved. Rejects when the file could not be written. */
  save(): Promise<void>;
  dispose(): void;
}

const QUIET_MS = 25;

interface Sent {
  readonly id: string;
  text: string;
  version: number;
}

export function openNotebookDocument(
  panel: NotebookPanel,
  path: string,
  server: LanguageServer,
): NotebookDocument {
  const uri = `${server.rootUri}/${path.split("/").map(encodeURIComponent).join("/")}`;
  const cellUri = (id: string) => `lookback-cell:/${encodeURIComponent(path)}#${encodeURIComponent(id)}`;
  const sent = new Signal<object, readonly string[]>(panel);
  let known: Sent[] = [];
  let version = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const cells = (): ICodeCellModel[] => {
    const { model: now } = panel.content;
    return now === null || now.isDisposed ? [] : [...now.cells].filter(isCode);
  };
  const cellOf = ({ id }: { id: string }) => ({ kind: 2, document: cellUri(id), metadata: { id } });
  const itemOf = ({ id, text, version: own }: Sent) => ({
    uri: cellUri(id),
    languageId: "python",
    version: own,
    text,
  });
  const read = (): Sent[] =>
    cells().map((cell) => ({ id: cell.id, text: cell.sharedModel.getSource(), version: 1 }));

  const open = () => {
    known = read();
    version = 1;
    server.notify("notebookDocument/didOpen", {
      notebookDocument: { uri, notebookType: "jupyter-notebook", version, cells: known.map(cellOf) },
      cellTextDocuments: known.map(itemOf),
    });
    sent.emit(known.map(({ id }) => id));
  };

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const before = known;
    const after = read().map((cell) => {
      const old = before.find(({ id }) => id === cell.id);
      return old === undefined
        ? cell
        : { ...cell, version: old.text === cell.text ? old.version : old.version + 1 };
    });
    const structure = structureChange(before, after);
    const opened = after.filter(({ id }) => !before.some((old) => old.id === id));
    const edited = after.filter(({ id, version: own }) =>
      before.some((old) => old.id === id && old.version !== own),
    );
    if (structure === null && edited.length === 0) return;
    known = after;
    version += 1;
    server.notify("notebookDocument/didChange", {
      notebookDocument: { uri, version },
      change: {
        cells: {
          ...(structure && {
            structure: {
              array: {
                start: structure.start,
                deleteCount: structure.deleteCount,
                cells: structure.added.map(cellOf),
              },
              didOpen: opened.map(itemOf),
              didClose: before
                .filter(({ id }) => !after.some((cell) => cell.id === id))
                .map(({ id }) => ({ uri: cellUri(id) })),
            },
          }),
          ...(edited.length > 0 && {
            textContent: edited.map(({ id, version: own, text }) => ({
              document: { uri: cellUri(id), version: own },
              changes: [{ text }],
            })),
          }),
        },
      },
    });
    sent.emit([...opened, ...edited].map(({ id }) => id));
  };

  const soon = () => {
    timer ??= setTimeout(flush, QUIET_MS);
  };
  const model = panel.content.model;
  // Kept: a model that has gone, as it has when its notebook is closed, no longer says which list it had.
  const list = model?.cells;
  model?.contentChanged.connect(soon);
  list?.changed.connect(soon);
  const saves = followSaves(panel.context);
  server.started.connect(open);
  if (server.state === "ready") open();

  return {
    panel,
    path,
    uri,
    cellUri,
    cellNames() {
      const all = [...(panel.content.model?.cells ?? [])];
      return Object.fromEntries(
        cells().map((cell) => [cellUri(cell.id), cellName(cell.executionCount, all.indexOf(cell))]),
      );
    },
    cells,
    flush,
    sent,
    executed(cellId, success) {
      flush();
      const cell = cells().find(({ id }) => id === cellId);
      if (cell === undefined || !known.some(({ id }) => id === cellId)) return;
      version += 1;
      const executionSummary = { executionOrder: cell.executionCount ?? 0, success };
      server.notify("notebookDocument/didChange", {
        notebookDocument: { uri, version },
        change: { cells: { data: [{ ...cellOf(cell), executionSummary }] } },
      });
    },
    save: saves.save,
    dispose() {
      clearTimeout(timer);
      saves.dispose();
      server.started.disconnect(open);
      server.notify("notebookDocument/didClose", {
        notebookDocument: { uri },
        cellTextDocuments: known.map(({ id }) => ({ uri: cellUri(id) })),
      });
      model?.contentChanged.disconnect(soon);
      list?.changed.disconnect(soon);
    },
  };
}

function isCode(cell: ICellModel): cell is ICodeCellModel {
  return cell.type === "code";
}
