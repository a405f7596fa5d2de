import { dirname } from "node:path";
import { type Kernel, launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { failureOf, failureText } from "@lookback/protocol/failures.ts";
import {
  type NotebookCell,
  type NotebookCellExecution,
  type NotebookController,
  type NotebookDocument,
  ProgressLocation,
  window,
} from "vscode";
import { type Log, reasonOf } from "../log.ts";
import { cellIdOf } from "../notebooks/notebook-json.ts";
import { namedPython } from "../settings.ts";
import type { KernelRecorder } from "./record-runs.ts";
import { outputOf } from "./show-output.ts";

/** The kernel of one notebook: started with its first cell, observed before it, recorded when its queue is empty. */
export interface NotebookKernel {
  /** Queues cells behind what is queued already. After a cell that fails, the rest of the queue does not run. */
  run(cells: readonly NotebookCell[]): Promise<void>;
  /** Runs code without a trace in the history, behind what runs now, and answers what it printed; null where no kernel runs. */
  aside(code: string): Promise<string> | null;
  interrupt(): void;
  /** Ends the kernel; the next cell starts a new one. */
  shutdown(): Promise<void>;
}

/** A kernel for a notebook; nothing is started yet. */
export function notebookKernel(parts: {
  readonly notebook: NotebookDocument;
  readonly controller: NotebookController;
  readonly recorder: KernelRecorder;
  readonly log: Log;
}): NotebookKernel {
  const { notebook, controller, recorder, log } = parts;
  const queue: NotebookCellExecution[] = [];
  let kernel: Promise<Kernel> | null = null;
  let starting = new AbortController();
  let draining: Promise<void> | null = null;

  const started = () => {
    if (kernel !== null) return kernel;
    starting = new AbortController();
    kernel = launch(parts, starting.signal, () => {
      kernel = null;
    }).catch((error) => {
      kernel = null;
      throw error;
    });
    return kernel;
  };
  const giveUp = () => {
    for (const execution of queue.splice(0)) {
      execution.start();
      execution.end(undefined);
    }
  };
  const drain = async () => {
    let live: Kernel | null = null;
    try {
      live = await started();
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (!(await runCell(live, next, log))) giveUp();
      }
    } catch (error) {
      giveUp();
      const failure = failureOf(error);
      log("error", "kernel failed", { ...failure });
      // Whoever stopped it knows.
      if (failure.code === "kernels/canceled") return;
      void window.showErrorMessage(failureText(failure));
    }
    // Also when the kernel died: the journal outlives it.
    if (live !== null) recorder.record(notebook, live.id);
  };

  return {
    async run(cells) {
      queue.push(...cells.map((cell) => controller.createNotebookCellExecution(cell)));
      while (queue.length > 0 || draining) {
        draining ??= drain().finally(() => {
          draining = null;
        });
        await draining;
      }
    },
    aside: (code) =>
      kernel?.then(async (live) => {
        let printed = "";
        await live.execute(code, {
          silent: true,
          onMessage: ({ header, content }) => {
            const { name, text } = content;
            if (header.msg_type === "stream" && name === "stdout") printed += String(text);
          },
        });
        return printed;
      }) ?? null,
    interrupt() {
      giveUp();
      starting.abort();
      void kernel?.then(
        (live) => live.interrupt(),
        () => undefined,
      );
    },
    async shutdown() {
      giveUp();
      starting.abort();
      const live = await kernel?.catch(() => null);
      kernel = null;
      await live?.shutdown();
      await draining;
    },
  };
}

async function launch(
  { notebook, recorder, log }: { notebook: NotebookDocument; recorder: KernelRecorder; log: Log },
  signal: AbortSignal,
  onDeath: () => void,
): Promise<Kernel> {
  const began = Date.now();
  return window.withProgress({ location: ProgressLocation.Window, title: "Starting Python" }, async () => {
    const named = namedPython();
    const kernel = await launchKernel({
      cwd: dirname(notebook.uri.fsPath),
      signal,
      ...(named === undefined ? {} : { python: named }),
      // The SDK compiles joins with the program that runs the server: in desktop VS Code that is Electron.
      ...(process.versions.electron === undefined
        ? {}
        : { env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" } }),
      onDeath(failure) {
        onDeath();
        log("error", "kernel died", { code: failure.code, message: failure.message });
      },
    });
    try {
      const code = await recorder.observerCode(notebook, kernel.id);
      const reply = code === null ? null : await kernel.execute(code, { silent: true });
      if (reply !== null && reply.status !== "ok")
        recorder.notObserved(notebook, `${reply.error?.name ?? reply.status}: ${reply.error?.message ?? ""}`);
    } catch (error) {
      // Nobody would end it.
      await kernel.shutdown();
      throw error;
    }
    log("info", "kernel started", { python: kernel.python, ms: Date.now() - began });
    return kernel;
  });
}

/** Runs one cell and answers whether it went well; an execution always ends, even when the kernel dies under it. */
async function runCell(kernel: Kernel, execution: NotebookCellExecution, log: Log): Promise<boolean> {
  const { cell } = execution;
  const output = outputOf(execution, (error) =>
    log("warn", "output not shown", { cell: cellIdOf(cell), reason: reasonOf(error) }),
  );
  execution.start(Date.now());
  let success: boolean | undefined = false;
  try {
    await execution.clearOutput();
    const reply = await kernel.execute(cell.document.getText(), {
      cellId: cellIdOf(cell),
      onMessage: (message) => output.show(message),
    });
    execution.executionOrder = reply.executionCount ?? undefined;
    success = reply.status === "aborted" ? undefined : reply.status === "ok";
    return reply.status === "ok";
  } finally {
    await output.settled();
    execution.end(success, Date.now());
    await ended(cell);
  }
}

/** The editor reports an execution's end a moment later; only then does the notebook hold all of it. */
async function ended(cell: NotebookCell): Promise<void> {
  for (let waited = 0; waited < 2_000 && cell.executionSummary?.timing?.endTime === undefined; waited += 10) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
