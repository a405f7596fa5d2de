import { type Notebook, notebookOf } from "@lookback/language/notebook/notebook.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { identifyCells } from "@lookback/notebook-file/identify-cells.ts";
import { NotebookCellKind, NotebookDocuments, TextDocuments } from "vscode-languageserver";
import type { Connection } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { settingsFileName } from "../files/settings/find-settings-file.ts";

/** What the editor holds open, as immutable snapshots: a new text is a new snapshot, an equal text the same one. */
export interface Documents {
  /** The notebook or script that a URI belongs to: its own URI, or that of one of its cells. Null when it is not open. */
  snapshot(uri: string): Snapshot | null;
  /** The text of an open `lookback.toml`; null for anything else. */
  settingsText(uri: string): string | null;
  /** Every open `lookback.toml`. */
  settingsFiles(): readonly string[];
  /** Every open notebook and script. */
  all(): readonly Snapshot[];
  /** Called after every change with the URI of what changed; `closed` when it is gone. */
  onChange(listener: (uri: string, closed: boolean) => void): void;
}

export interface Snapshot {
  readonly uri: string;
  readonly version: number;
  readonly notebook: Notebook;
  /** Cell ids in the order they last ran; undefined until every cell has run. */
  readonly order: readonly string[] | undefined;
  /** By cell id, which execution of the kernel was its last, as far as the editor says. */
  readonly ranAs: ReadonlyMap<string, number>;
  /** Whether the file is a notebook, whose cells are documents of their own, or one script. */
  readonly kind: "notebook" | "script";
  /** Document URI of each cell; a script's cells all share its URI. */
  readonly cellUris: ReadonlyMap<string, string>;
}

/** The documents a snapshot is made of: its cells, or the one script. */
export function urisOf(snapshot: Snapshot): ReadonlySet<string> {
  return new Set(snapshot.kind === "script" ? [snapshot.uri] : snapshot.cellUris.values());
}

/** Follows the open documents of a connection. Identity is the notebook's URI and the name that the cell has in its file: nbformat's id, where there is one of its own. */
export function followDocuments(connection: Connection): Documents {
  const scripts = new TextDocuments(TextDocument);
  const notebooks = new NotebookDocuments(TextDocument);
  const listeners: ((uri: string, closed: boolean) => void)[] = [];
  const cached = new Map<string, Snapshot>();
  const tell = (uri: string, closed = false) => {
    cached.delete(uri);
    for (const listener of listeners) listener(uri, closed);
  };

  notebooks.onDidOpen((notebook) => tell(notebook.uri));
  notebooks.onDidChange((event) => tell(event.notebookDocument.uri));
  notebooks.onDidClose((notebook) => tell(notebook.uri, true));
  scripts.onDidChangeContent((event) => tell(event.document.uri));
  scripts.onDidClose((event) => tell(event.document.uri, true));
  scripts.listen(connection);
  notebooks.listen(connection);
  const notebookUris = openUris(notebooks);

  const read = (uri: string): Snapshot | null => {
    const notebook = notebooks.getNotebookDocument(uri);
    if (notebook) return ofNotebook(notebook, notebooks);
    const script = isSettingsFile(uri) ? undefined : scripts.get(uri);
    return script ? ofScript(script) : null;
  };

  const documents: Documents = {
    snapshot(uri) {
      const owner = notebooks.getNotebookCell(uri);
      const notebook = owner && notebooks.findNotebookDocumentForCell(owner);
      const key = notebook?.uri ?? uri;
      const known = cached.get(key);
      if (known) return known;
      const fresh = read(key);
      if (fresh) cached.set(key, fresh);
      return fresh;
    },
    settingsText: (uri) => (isSettingsFile(uri) ? (scripts.get(uri)?.getText() ?? null) : null),
    settingsFiles: () => scripts.keys().filter(isSettingsFile),
    all() {
      return [...notebookUris(), ...scripts.keys()].flatMap((uri) => documents.snapshot(uri) ?? []);
    },
    onChange: (listener) => void listeners.push(listener),
  };
  return documents;
}

type OpenNotebook = NonNullable<ReturnType<NotebookDocuments<TextDocument>["getNotebookDocument"]>>;

function ofNotebook(document: OpenNotebook, notebooks: NotebookDocuments<TextDocument>): Snapshot {
  const names = identifyCells(document.cells.map((cell) => idOf(cell.metadata)));
  const cells = document.cells.flatMap((cell, at) => {
    const text = notebooks.getCellTextDocument(cell);
    // An editor may sync a notebook's text and cells of other languages too: they count, and are not read.
    if (cell.kind !== NotebookCellKind.Code || text?.languageId !== "python") return [];
    const source = text.getText().replaceAll("\r\n", "\n");
    const id = names[at]?.id ?? cell.document;
    const index = indexOf(cell.metadata) ?? at;
    return [{ id, source, index, uri: cell.document, ran: cell.executionSummary?.executionOrder }];
  });
  const ran = cells.filter((cell) => cell.ran).sort((a, b) => (a.ran ?? 0) - (b.ran ?? 0));
  return {
    uri: document.uri,
    version: document.version,
    notebook: notebookOf(document.uri, cells),
    order: ran.length > 0 && ran.length === cells.length ? ran.map((cell) => cell.id) : undefined,
    ranAs: new Map(ran.map((cell) => [cell.id, cell.ran ?? 0])),
    kind: "notebook",
    cellUris: new Map(cells.map((cell) => [cell.id, cell.uri])),
  };
}

function ofScript(document: TextDocument): Snapshot {
  // Its places would be places in the notebook's cells, not in this text.
  const asText = isNotebookFile(document.uri);
  const value = asText ? notebookOf(document.uri, []) : readNotebook(document.getText(), document.uri).value;
  return {
    uri: document.uri,
    version: document.version,
    notebook: value,
    order: undefined,
    ranAs: new Map(),
    kind: "script",
    cellUris: new Map(value.cells.map((cell) => [cell.id, document.uri])),
  };
}

/** Whether a document is a notebook's file: opened as text, it is JSON, not Python. */
export function isNotebookFile(uri: string): boolean {
  return /\.ipynb$/i.test(uri.replace(/[?#].*$/, ""));
}

function isSettingsFile(uri: string): boolean {
  return uri.replace(/[?#].*$/, "").endsWith(`/${settingsFileName}`);
}

function idOf(metadata: unknown): unknown {
  return typeof metadata === "object" && metadata !== null && "id" in metadata ? metadata.id : null;
}

function indexOf(metadata: unknown): number | undefined {
  return typeof metadata === "object" &&
    metadata !== null &&
    "index" in metadata &&
    typeof metadata.index === "number"
    ? metadata.index
    : undefined;
}

/** The library keeps no list of open notebooks. */
function openUris(notebooks: NotebookDocuments<TextDocument>): () => Iterable<string> {
  const open = new Set<string>();
  notebooks.onDidOpen((notebook) => open.add(notebook.uri));
  notebooks.onDidClose((notebook) => open.delete(notebook.uri));
  return () => open;
}
