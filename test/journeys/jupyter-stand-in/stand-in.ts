import { dirname } from "node:path";
import { type Kernel, launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import {
  EventEmitter,
  type NotebookCell,
  NotebookCellOutput,
  NotebookCellOutputItem,
  type NotebookController,
  type NotebookDocument,
  notebooks,
  type Uri,
  window,
  workspace,
} from "vscode";

/**
 * Has the id, the interface and the habits of Microsoft's Jupyter extension that Lookback meets: a queue in which foreign
 * code goes behind all queued cells, kernels that only a person's run starts, and lines run at a kernel's start from the
 * setting `jupyter.runStartupCommands`.
 */
export function activate() {
  const kernels = new Map<string, QueuedKernel>();
  const controller = notebooks.createNotebookController("stand-in", "jupyter-notebook", "Stand-in Python");
  controller.supportedLanguages = ["python"];
  controller.supportsExecutionOrder = true;
  const of = (notebook: NotebookDocument): QueuedKernel => {
    const key = notebook.uri.toString();
    const kernel = kernels.get(key) ?? queuedKernel(notebook);
    kernels.set(key, kernel);
    return kernel;
  };
  controller.executeHandler = (cells, notebook) => {
    for (const cell of cells) void of(notebook).runCell(controller, cell);
  };
  return { kernels: { getKernel: async (uri: Uri) => kernels.get(uri.toString()) } };
}

interface QueuedKernel {
  readonly status: string;
  readonly onDidChangeStatus: EventEmitter<string>["event"];
  runCell(controller: NotebookController, cell: NotebookCell): Promise<void>;
  executeCode(code: string): AsyncIterable<NotebookCellOutput>;
}

function queuedKernel(notebook: NotebookDocument): QueuedKernel {
  const changed = new EventEmitter<string>();
  const live = start(notebook);
  let last: Promise<unknown> = live;
  /** First in, first out, whoever asks. */
  const queued = <T>(work: (kernel: Kernel) => Promise<T>): Promise<T> => {
    const mine = last.then(() => live).then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    status: "idle",
    onDidChangeStatus: changed.event,
    async runCell(controller, cell) {
      const execution = controller.createNotebookCellExecution(cell);
      await queued(async (kernel) => {
        execution.start(Date.now());
        await execution.clearOutput();
        const reply = await kernel.execute(cell.document.getText(), {
          cellId: cell.document.uri.toString(),
          onMessage: ({ header, content }) => {
            if (header.msg_type !== "stream") return;
            const item = NotebookCellOutputItem.stdout(String(content.text));
            void execution.appendOutput(new NotebookCellOutput([item]));
          },
        });
        execution.executionOrder = reply.executionCount ?? undefined;
        execution.end(reply.status === "ok", Date.now());
      });
    },
    async *executeCode(code) {
      let printed = "";
      await queued((kernel) =>
        kernel.execute(code, {
          silent: false,
          onMessage: ({ header, content }) => {
            if (header.msg_type === "stream") printed += String(content.text);
          },
        }),
      );
      yield new NotebookCellOutput([NotebookCellOutputItem.stdout(printed)]);
    },
  };
}

async function start(notebook: NotebookDocument): Promise<Kernel> {
  const python = workspace.getConfiguration("lookback").get("python", "");
  // As any launcher of kernels but ours: what was let in starts the observer.
  const env = { ...process.env, LOOKBACK_OBSERVES: undefined };
  const kernel = await launchKernel({ cwd: dirname(notebook.uri.fsPath), python, env });
  const setting = workspace.getConfiguration("jupyter").get<string | string[]>("runStartupCommands", []);
  const lines = Array.isArray(setting) ? setting.join("\n") : setting;
  const code = lines.replaceAll("\\n", "\n");
  if (code !== "") {
    const { status } = await kernel.execute(code, { silent: true });
    if (status !== "ok") void window.showErrorMessage(`The startup commands failed: ${code}`);
  }
  return kernel;
}
