import { noKernel } from "@lookback/extension/hosts/measure-finding.ts";
import {
  CancellationTokenSource,
  type Disposable,
  extensions,
  type NotebookCell,
  type NotebookCellOutput,
  type NotebookDocument,
  type Uri,
  workspace,
} from "vscode";
import { type Log, reasonOf } from "../log.ts";
import { type CellsAtWork, cellsAtWork } from "./cells-at-work.ts";
import type { KernelOwner } from "./kernel-owner.ts";
import type { KernelRecorder } from "./record-runs.ts";

/** The id of Microsoft's Jupyter extension. */
export const JUPYTER = "ms-toolsai.jupyter";

/** The part of the Jupyter extension's interface that Lookback uses. */
interface JupyterKernels {
  readonly kernels: { getKernel(uri: Uri): Thenable<JupyterKernel | undefined> };
}

interface JupyterKernel {
  readonly status: string;
  readonly onDidChangeStatus: (listener: (status: string) => void) => Disposable;
  /** Runs behind every cell that is queued already. */
  executeCode(code: string, token: CancellationTokenSource["token"]): AsyncIterable<NotebookCellOutput>;
}

interface Watched {
  readonly kernel: JupyterKernel;
  readonly kernelId: string;
}

/**
 * Watches notebooks whose kernels the Jupyter extension runs, without replacing its controller, and records the run when
 * no cell of the notebook runs. A kernel that was seen from its start (`watchFromStart`) says under which name it keeps
 * its journal; another gets the observer behind the cells that are queued, and what it ran before is said to be unseen.
 */
export function watchJupyter(recorder: KernelRecorder, log: Log): KernelOwner {
  const watched = new Map<NotebookDocument, Watched>();
  const observing = new Set<NotebookDocument>();
  const running = new Map<NotebookDocument, CellsAtWork>();
  const subscriptions: Disposable[] = [];

  const observe = async (notebook: NotebookDocument) => {
    const api: JupyterKernels | undefined = await extensions.getExtension(JUPYTER)?.activate();
    const kernel = await api?.kernels.getKernel(notebook.uri);
    if (kernel === undefined || watched.get(notebook)?.kernel === kernel) return;
    const { text: seen } = await said(kernel, SESSION);
    const kernelId = seen === "" ? crypto.randomUUID() : seen;
    // One that could not be observed is looked at again at the next cell.
    if (seen === "" && !(await observeLate(kernel, notebook, kernelId))) return;
    watched.set(notebook, { kernelId, kernel });
    subscriptions.push(
      kernel.onDidChangeStatus((status) => {
        if (status === "restarting" || status === "autorestarting") watched.delete(notebook);
      }),
    );
    if (seen !== "" && isQuiet(notebook)) recorder.record(notebook, kernelId);
  };
  const observeLate = async (kernel: JupyterKernel, notebook: NotebookDocument, kernelId: string) => {
    const code = await recorder.observerCode(notebook, kernelId);
    if (code === null) return false;
    const { text, error } = await said(kernel, code);
    if (text !== "") log("debug", "observer said", { text });
    if (error === null) recorder.seenLate(notebook);
    else recorder.notObserved(notebook, error);
    return true;
  };
  const guarded = async (notebook: NotebookDocument) => {
    if (observing.has(notebook)) return;
    observing.add(notebook);
    try {
      await observe(notebook);
    } catch (error) {
      log("warn", "kernel not watched", { reason: reasonOf(error) });
    } finally {
      observing.delete(notebook);
    }
  };
  const isQuiet = (notebook: NotebookDocument) => running.get(notebook)?.isQuiet() ?? true;

  subscriptions.push(
    workspace.onDidChangeNotebookDocument(({ notebook, cellChanges, contentChanges }) => {
      if (notebook.notebookType !== "jupyter-notebook") return;
      const cells = running.get(notebook) ?? cellsAtWork();
      running.set(notebook, cells);
      const nameOf = (cell: NotebookCell) => cell.document.uri.toString();
      // The summary arrives first without, then with its timing; outputs arrive before the latter.
      const executions = cellChanges.flatMap(({ cell, executionSummary }) =>
        executionSummary === undefined
          ? []
          : [{ cell: nameOf(cell), isOver: executionSummary.timing !== undefined }],
      );
      const held = contentChanges.length === 0 ? null : new Set(notebook.getCells().map(nameOf));
      if (!cells.heard(executions, held)) return;
      const known = watched.get(notebook);
      if (known === undefined) void guarded(notebook);
      else if (isQuiet(notebook)) recorder.record(notebook, known.kernelId);
    }),
    workspace.onDidCloseNotebookDocument((notebook) => {
      watched.delete(notebook);
      running.delete(notebook);
    }),
  );
  return {
    async runAside(notebook, code) {
      const api: JupyterKernels | undefined = await extensions.getExtension(JUPYTER)?.activate();
      const kernel = await api?.kernels.getKernel(notebook.uri);
      if (kernel === undefined) throw noKernel();
      const { text, error } = await said(kernel, code);
      if (error !== null) throw new Error(error);
      return text;
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** Prints the name of the journal of a kernel that was seen from its start; nothing elsewhere. The observer takes what begins so for no cell. */
const SESSION = '# lookback: aside\nprint(getattr(get_ipython(), "lookback_session", None) or "", end="")';

/** What code prints in a kernel, once its turn has come, and what it raises. */
async function said(
  kernel: JupyterKernel,
  code: string,
): Promise<{ readonly text: string; readonly error: string | null }> {
  const source = new CancellationTokenSource();
  let text = "";
  let error: string | null = null;
  try {
    for await (const { items } of kernel.executeCode(code, source.token)) {
      for (const { mime, data } of items) {
        if (mime === "application/vnd.code.notebook.stdout") text += new TextDecoder().decode(data);
        if (mime === "application/vnd.code.notebook.error") error = errorText(new TextDecoder().decode(data));
      }
    }
  } finally {
    source.dispose();
  }
  return { text: text.trim(), error };
}

function errorText(json: string): string {
  const { name = "Error", message = "" }: { name?: string; message?: string } = JSON.parse(json);
  return `${name}: ${message}`;
}
