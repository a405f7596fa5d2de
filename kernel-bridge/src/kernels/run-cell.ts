import { counted } from "../counted.ts";
import { Failure } from "../failure.ts";
import { collectOutputs, type Displays, type Output } from "./collect-outputs.ts";
import type { KernelConnection } from "./connect-kernel.ts";
import { stopKernel } from "./stop-kernel.ts";

export interface RunCellOptions {
  readonly kernel: KernelConnection & { interrupt(): void; end(): void };
  /** Aborted: the cell is interrupted, and the kernel ended when it goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Aborted: the kernel is ended at once. */
  readonly insist?: AbortSignal | undefined;
  /** Longest time for the cell, in milliseconds; none when absent. */
  readonly timeoutMs?: number | undefined;
  /** How long a cell may go on after an interrupt; 5,000 ms when absent. */
  readonly patienceMs?: number | undefined;
  /** Of the cells that ran before in this kernel: what they showed may be updated by this one, in their `outputs`. */
  readonly displays?: Displays | undefined;
}

/** How one cell's execution ended. Whatever the kernel does, there is one. */
export interface CellEnd {
  readonly cellId: string;
  readonly source: string;
  /** ISO-8601 UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outcome: "ok" | "error" | "interrupted";
  readonly error: { readonly name: string; readonly message: string } | null;
  readonly outputs: readonly Output[];
  readonly executionCount: number | null;
  /** False when outputs were lost between the kernel and here. */
  readonly complete: boolean;
  /** Why there is no kernel any more; null while there is one. */
  readonly gone: Failure | null;
}

/**
 * Executes one cell and answers how it ended: with the kernel's own reply, or with an error in plain words where the kernel died, gave
 * no answer, could not be sent the text, or took longer than it may. Throws only what is no fault of the kernel.
 */
export async function runCell(cellId: string, source: string, options: RunCellOptions): Promise<CellEnd> {
  const { kernel, signal, insist, timeoutMs, patienceMs = 5_000, displays } = options;
  const stop = stopKernel(kernel, patienceMs);
  signal?.addEventListener("abort", stop.ask);
  insist?.addEventListener("abort", stop.insist);
  let late = false;
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          late = true;
          stop.ask();
        }, timeoutMs);
  const collector = collectOutputs(displays);
  const began = Date.now();
  const end = (
    rest: Pick<CellEnd, "outcome" | "error" | "executionCount" | "complete" | "gone">,
  ): CellEnd => {
    const told =
      late && rest.outcome !== "ok"
        ? { ...rest, outcome: "error" as const, error: tooLate(timeoutMs ?? 0) }
        : rest;
    const shown = collector.outputs.some(
      (output) => output.output_type === "error" && output.ename === told.error?.name,
    );
    if (told.error !== null && !shown) collector.add(errorOutput(told.error));
    return {
      cellId,
      source,
      startedAt: new Date(began).toISOString(),
      durationMs: Date.now() - began,
      outputs: collector.outputs,
      ...told,
    };
  };
  try {
    const reply = await kernel.execute(source, {
      cellId,
      onMessage: (message) => void collector.take(message),
    });
    const interrupted = reply.status === "aborted" || reply.error?.name === "KeyboardInterrupt";
    return end({
      outcome: reply.status === "ok" ? "ok" : interrupted ? "interrupted" : "error",
      error: interrupted ? null : reply.error,
      executionCount: reply.executionCount,
      complete: reply.complete,
      gone: null,
    });
  } catch (cause) {
    if (!(cause instanceof Failure) || !(cause.code in names)) throw cause;
    const gone = cause.code === "kernels/died" ? cause : null;
    const stopped = gone !== null && (signal?.aborted || insist?.aborted) === true;
    const error = stopped ? null : { name: names[cause.code] ?? cause.name, message: cause.message };
    return end({
      outcome: stopped ? "interrupted" : "error",
      error,
      executionCount: null,
      complete: gone === null,
      gone,
    });
  } finally {
    clearTimeout(timer);
    stop.release();
    signal?.removeEventListener("abort", stop.ask);
    insist?.removeEventListener("abort", stop.insist);
  }
}

/** What an error is called that no Python raised. */
const names: Readonly<Record<string, string>> = {
  "kernels/died": "KernelDied",
  "kernels/no-answer": "NoAnswer",
  "kernels/half-character": "UnicodeEncodeError",
  "kernels/not-sent": "NotSent",
};

function tooLate(timeoutMs: number): { readonly name: string; readonly message: string } {
  const seconds = timeoutMs / 1000;
  return {
    name: "CellTimeout",
    message: `The cell did not end within ${counted(seconds, "second")} and was stopped.`,
  };
}

function errorOutput({ name, message }: { readonly name: string; readonly message: string }): Output {
  return { ename: name, evalue: message, output_type: "error", traceback: [`${name}: ${message}`] };
}
