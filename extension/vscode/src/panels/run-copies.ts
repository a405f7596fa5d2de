import { joinedLines } from "@lookback/extension/hosts/joined-lines.ts";
import { type RunCopy, runCopyRefusal, runCopyTitle } from "@lookback/extension/hosts/run-copy.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import {
  commands,
  type Disposable,
  EventEmitter,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  NotebookControllerAffinity,
  notebooks,
  TabInputNotebook,
  Uri,
  type ViewColumn,
  window,
  workspace,
} from "vscode";
import type { Server } from "../language-client.ts";
import { notebookData } from "../notebooks/notebook-data.ts";

/** Tabs that show the notebooks of recorded runs: one a run, back after a reload. They are a notebook type of their own, so that no kernel takes them. */
export interface RunCopies extends Disposable {
  open(copy: RunCopy): Promise<void>;
  /** Shows what changed between two of them, cell by cell, in VS Code's own way. */
  compare(left: RunCopy, right: RunCopy): Promise<void>;
  /** The copy in front; null when something else is. */
  current(): RunCopy | null;
}

/** Registers where copies come from, how they are read, and what refuses to run them. */
export function runCopies(server: Server): RunCopies {
  const controller = notebooks.createNotebookController("lookback.recorded", TYPE, "Recorded run, read-only");
  controller.supportedLanguages = ["python"];
  controller.executeHandler = async (_cells, notebook) => {
    const copy = copyOf(notebook.uri);
    const chosen = copy && (await window.showWarningMessage(runCopyRefusal(copy, "run"), "Restore Notebook"));
    if (copy && chosen) await commands.executeCommand("lookback.restore-run", { runId: copy.id });
  };
  const subscriptions: Disposable[] = [
    controller,
    workspace.registerFileSystemProvider(SCHEME, provider(server), {
      isReadonly: true,
      isCaseSensitive: true,
    }),
    workspace.registerNotebookSerializer(TYPE, {
      deserializeNotebook: (bytes) => notebookData(joinedLines(JSON.parse(new TextDecoder().decode(bytes)))),
      serializeNotebook: () => {
        throw FileSystemError.NoPermissions("What was recorded cannot be changed.");
      },
    }),
    workspace.onDidOpenNotebookDocument((notebook) => {
      if (notebook.notebookType !== TYPE) return;
      controller.updateNotebookAffinity(notebook, NotebookControllerAffinity.Preferred);
    }),
  ];
  return {
    async open(copy) {
      const uri = uriOfCopy(copy);
      // Asked here, so that what cannot be shown is said and leaves no empty tab.
      await server.request("lookback/runs/notebook", { id: copy.id });
      await commands.executeCommand("vscode.openWith", uri, TYPE, {
        viewColumn: columnOf(uri),
        preview: false,
      });
    },
    async compare(left, right) {
      await Promise.all([left, right].map(({ id }) => server.request("lookback/runs/notebook", { id })));
      const title = `${runCopyTitle(left)} ↔ ${runCopyTitle(right)}`;
      await commands.executeCommand("vscode.diff", uriForDiff(left), uriForDiff(right), title);
    },
    current: () => {
      const uri = window.activeNotebookEditor?.notebook.uri;
      return uri === undefined ? null : copyOf(uri);
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

const SCHEME = "lookback-run";
const TYPE = "lookback-run";

/** The address holds all that is needed to read the copy again in another window. */
function uriOfCopy(copy: RunCopy): Uri {
  const query = new URLSearchParams({ id: copy.id, notebook: copy.notebook }).toString();
  return Uri.from({ scheme: SCHEME, path: `/${runCopyTitle(copy).replaceAll("/", " ")}`, query });
}

/** The ending tells VS Code that both are notebooks: a comparison cannot be opened with a type as a tab can. */
function uriForDiff(copy: RunCopy): Uri {
  const uri = uriOfCopy(copy);
  return uri.with({ path: `${uri.path}.${TYPE}` });
}

function copyOf(uri: Uri): RunCopy | null {
  if (uri.scheme !== SCHEME) return null;
  const query = new URLSearchParams(uri.query);
  return { id: query.get("id") ?? "", notebook: query.get("notebook") ?? "" };
}

/** Where its tab is already, so that it is not opened twice. */
function columnOf(uri: Uri): ViewColumn | undefined {
  const group = window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputNotebook && input.uri.toString() === uri.toString()),
  );
  return group?.viewColumn;
}

function provider(server: Server): FileSystemProvider {
  const changed = new EventEmitter<never[]>();
  const refuse = (): never => {
    throw FileSystemError.NoPermissions("What was recorded cannot be changed.");
  };
  return {
    onDidChangeFile: changed.event,
    watch: () => ({ dispose: () => undefined }),
    stat: () => ({ type: FileType.File, ctime: 0, mtime: 0, size: 0 }),
    async readFile(uri) {
      const copy = copyOf(uri);
      if (copy === null) throw FileSystemError.FileNotFound(uri);
      try {
        const { text } = await server.request("lookback/runs/notebook", { id: copy.id });
        return new TextEncoder().encode(text);
      } catch (error) {
        throw FileSystemError.Unavailable(failureOf(error).message);
      }
    },
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}
