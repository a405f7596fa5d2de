import {
  type Disposable,
  EventEmitter,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  window,
  workspace,
} from "vscode";

/** Texts that exist only in the ledger, as read-only files of a scheme of their own. */
export interface LedgerFiles extends Disposable {
  /** Shows a text under its title; a notebook opens in the notebook editor. */
  open(title: string, text: string, language: "json" | "sql" | "python" | "notebook"): Promise<void>;
}

/** Registers the scheme. Equal texts under one title are one file, so a second opening shows the same tab. */
export function ledgerFiles(): LedgerFiles {
  const texts = new Map<string, Uint8Array>();
  const registration = workspace.registerFileSystemProvider(SCHEME, provider(texts), {
    isReadonly: true,
    isCaseSensitive: true,
  });
  return {
    async open(title, text, language) {
      const uri = Uri.from({ scheme: SCHEME, path: `/${title.replaceAll("/", " ")}` });
      texts.set(uri.path, new TextEncoder().encode(text));
      if (language === "notebook") {
        await window.showNotebookDocument(await workspace.openNotebookDocument(uri), { preview: false });
        return;
      }
      const document = await workspace.openTextDocument(uri);
      await window.showTextDocument(document, { preview: false });
    },
    dispose: () => registration.dispose(),
  };
}

const SCHEME = "lookback-ledger";

function provider(texts: ReadonlyMap<string, Uint8Array>): FileSystemProvider {
  const changed = new EventEmitter<never[]>();
  const bytesAt = (uri: Uri): Uint8Array => {
    const bytes = texts.get(uri.path);
    if (bytes === undefined) throw FileSystemError.FileNotFound(uri);
    return bytes;
  };
  const refuse = (): never => {
    throw FileSystemError.NoPermissions("What the ledger holds cannot be changed.");
  };
  return {
    onDidChangeFile: changed.event,
    watch: () => ({ dispose: () => undefined }),
    stat: (uri) => ({ type: FileType.File, ctime: 0, mtime: 0, size: bytesAt(uri).length }),
    readFile: bytesAt,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}
