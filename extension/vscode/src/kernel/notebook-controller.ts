import { noKernel } from "@lookback/extension/hosts/measure-finding.ts";
import {
  commands,
  NotebookControllerAffinity,
  type NotebookDocument,
  notebooks,
  window,
  workspace,
} from "vscode";
import type { Log } from "../log.ts";
import type { KernelOwner } from "./kernel-owner.ts";
import { type NotebookKernel, notebookKernel } from "./notebook-kernel.ts";
import type { KernelRecorder } from "./record-runs.ts";

/** Offers our own kernel for notebooks: one Python process a notebook, ended with it. For windows without the Jupyter extension. */
export function notebookController(recorder: KernelRecorder, log: Log): KernelOwner {
  const kernels = new Map<NotebookDocument, NotebookKernel>();
  const controller = notebooks.createNotebookController("lookback.python", NOTEBOOK, "Python (Lookback)");
  controller.supportedLanguages = ["python"];
  controller.supportsExecutionOrder = true;
  controller.detail = "Observed: every run is recorded";

  const kernelOf = (notebook: NotebookDocument): NotebookKernel => {
    const kernel = kernels.get(notebook) ?? notebookKernel({ notebook, controller, recorder, log });
    kernels.set(notebook, kernel);
    return kernel;
  };
  const prefer = (notebook: NotebookDocument) => {
    if (notebook.notebookType === NOTEBOOK) {
      controller.updateNotebookAffinity(notebook, NotebookControllerAffinity.Preferred);
    }
  };
  controller.executeHandler = (cells, notebook) => kernelOf(notebook).run(cells);
  controller.interruptHandler = (notebook) => kernels.get(notebook)?.interrupt();
  workspace.notebookDocuments.forEach(prefer);

  const subscriptions = [
    controller,
    workspace.onDidOpenNotebookDocument(prefer),
    workspace.onDidCloseNotebookDocument((notebook) => {
      void kernels.get(notebook)?.shutdown();
      kernels.delete(notebook);
    }),
    commands.registerCommand("lookback.restart-kernel", async () => {
      const notebook = window.activeNotebookEditor?.notebook;
      if (notebook) await kernels.get(notebook)?.shutdown();
    }),
  ];
  return {
    async runAside(notebook, code) {
      const printed = kernels.get(notebook)?.aside(code);
      if (!printed) throw noKernel();
      return printed;
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      for (const kernel of kernels.values()) void kernel.shutdown();
    },
  };
}

const NOTEBOOK = "jupyter-notebook";
