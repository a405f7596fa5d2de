import {
  CancellationTokenSource,
  type Disposable,
  extensions,
  type NotebookDocument,
  type Uri,
  workspace,
} from "vscode";
import { type Log, reasonOf } from "../log.ts";
import type { KernelRecorder } from "./record-run.ts";

/** The id of Microsoft's Jupyter extension. */
export const JUPYTER = "ms-toolsai.jupyter";

/** The part of the Jupyter extension's interface that Lookback uses. */
interface JupyterKernels {
  readonly kernels: { getKernel(uri: Uri): Thenable<JupyterKernel | undefined> };
}

interface JupyterKernel {
  readonly status: string;
  readonly onDidChangeStatus: (listener: (status: string) => void) => Disposable;
  executeCode(code: string, token: CancellationTokenSource["token"]): AsyncIterable<unknown>;
}

/**
 * Watches notebooks whose kernels the Jupyter extension runs, without replacing its controller: the observer goes into
 * each kernel when its first cell is seen, again after a restart, and the run is recorded when no cell of the notebook runs.
 * The extension asks the user once for consent; what its kernel ran before is not observed.
 */
export function watchJupyter(recorder: KernelRecorder, log: Log): Disposable {
  const watched = new Map<NotebookDocument, { readonly kernelId: string; readonly kernel: JupyterKernel }>();
  const running = new Map<NotebookDocument, Set<string>>();
  const subscriptions: Disposable[] = [];

  const observe = async (notebook: NotebookDocument) => {
    const api: JupyterKernels | undefined = await extensions.getExtension(JUPYTER)?.activate();
    const kernel = await api?.kernels.getKernel(notebook.uri);
    if (kernel === undefined || watched.get(notebook)?.kernel === kernel) return;
    const kernelId = crypto.randomUUID();
    watched.set(notebook, { kernelId, kernel });
    await inject(kernel, notebook, kernelId);
    subscriptions.push(
      kernel.onDidChangeStatus((status) => {
        if (status === "restarting" || status === "autorestarting") watched.delete(notebook);
      }),
    );
  };
  const inject = async (kernel: JupyterKernel, notebook: NotebookDocument, kernelId: string) => {
    const code = await recorder.observerCode(notebook, kernelId);
    if (code === null) return;
    const source = new CancellationTokenSource();
    for await (const output of kernel.executeCode(code, source.token))
      log("debug", "observer said", { output });
    source.dispose();
  };
  const guarded = (work: Promise<void>) =>
    void work.catch((error) => log("warn", "kernel not watched", { reason: reasonOf(error) }));

  subscriptions.push(
    workspace.onDidChangeNotebookDocument(({ notebook, cellChanges }) => {
      const summaries = cellChanges.filter((change) => change.executionSummary !== undefined);
      if (notebook.notebookType !== "jupyter-notebook" || summaries.length === 0) return;
      const waiting = running.get(notebook) ?? new Set<string>();
      running.set(notebook, waiting);
      for (const { cell, executionSummary } of summaries) {
        // The summary arrives first without, then with its timing; outputs arrive before the latter.
        if (executionSummary?.timing === undefined) waiting.add(cell.document.uri.toString());
        else waiting.delete(cell.document.uri.toString());
      }
      const known = watched.get(notebook);
      if (known === undefined) guarded(observe(notebook));
      else if (waiting.size === 0) recorder.record(notebook, known.kernelId);
    }),
    workspace.onDidCloseNotebookDocument((notebook) => {
      watched.delete(notebook);
      running.delete(notebook);
    }),
  );
  return {
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
