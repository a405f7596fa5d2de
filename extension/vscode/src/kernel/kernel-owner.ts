import type { Disposable, NotebookDocument } from "vscode";

/** Whoever knows the kernels of open notebooks: ours, or the Jupyter extension's. */
export interface KernelOwner extends Disposable {
  /** Runs code in a notebook's kernel, behind the cells that are queued, and answers what it printed. Rejects where no kernel runs. */
  runAside(notebook: NotebookDocument, code: string): Promise<string>;
}
