import { Failure } from "../failure.ts";
import { collectOutputs, type Output } from "./collect-outputs.ts";
import type { KernelConnection } from "./connect-kernel.ts";
import { nbformatText } from "./nbformat-text.ts";

export interface RunNotebookOptions {
  readonly kernel: KernelConnection & { interrupt(): void };
  /** Run only these cells, in document order; all code cells when absent. */
  readonly only?: ReadonlySet<string>;
  /** Go on after a cell that raises; stops there when absent. */
  readonly continueOnError?: boolean;
  /** Called before and after each cell. */
  readonly onCell?: (progress: CellProgress) => void;
  /** Aborted: the running cell is interrupted and nothing more runs. */
  readonly signal?: AbortSignal;
}

export interface CellProgress {
  readonly cellId: string;
  /** 1-based, among the cells that run. */
  readonly number: number;
  readonly of: number;
  readonly state: "running" | "ok" | "error";
}

export interface NotebookResult {
  /** The notebook with the new outputs, as nbformat writes it. */
  readonly text: string;
  readonly outcome:
    | { readonly kind: "ok" }
    | { readonly kind: "error"; readonly name: string; readonly message: string; readonly cellId: string }
    | { readonly kind: "interrupted"; readonly cellId: string | null };
}

/**
 * Executes a notebook's code cells in order and collects their outputs; the text given is not touched.
 *
 * Fails with `kernels/not-a-notebook` before anything ran, and with `kernels/died` when the kernel goes while a cell runs.
 */
export async function runNotebook(text: string, options: RunNotebookOptions): Promise<NotebookResult> {
  const notebook = parse(text);
  const cells = notebook.cells
    .map((cell, at) => ({ cell, id: cell.id ?? `cell-${at}` }))
    .filter(({ cell, id }) => cell.cell_type === "code" && (options.only?.has(id) ?? true));
  const interrupt = () => options.kernel.interrupt();
  options.signal?.addEventListener("abort", interrupt);
  let outcome: NotebookResult["outcome"] = { kind: "ok" };
  try {
    for (const [at, { cell, id }] of cells.entries()) {
      if (options.signal?.aborted) {
        outcome = { kind: "interrupted", cellId: null };
        break;
      }
      const progress = { cellId: id, number: at + 1, of: cells.length };
      options.onCell?.({ ...progress, state: "running" });
      const collector = collectOutputs();
      const source = sourceOf(cell);
      const reply = await options.kernel.execute(source, {
        cellId: id,
        onMessage: (message) => void collector.take(message),
      });
      cell.outputs = collector.outputs as Output[];
      cell.execution_count = reply.executionCount;
      options.onCell?.({ ...progress, state: reply.status === "ok" ? "ok" : "error" });
      if (reply.status === "ok") continue;
      outcome =
        reply.error === null || reply.error.name === "KeyboardInterrupt"
          ? { kind: "interrupted", cellId: id }
          : { kind: "error", ...reply.error, cellId: id };
      if (!options.continueOnError || outcome.kind === "interrupted") break;
    }
  } finally {
    options.signal?.removeEventListener("abort", interrupt);
  }
  return { text: nbformatText(notebook), outcome };
}

interface NotebookJson {
  readonly cells: CellJson[];
}

interface CellJson {
  readonly id?: string;
  readonly cell_type?: string;
  readonly source?: string | readonly string[];
  outputs?: Output[];
  execution_count?: number | null;
}

function parse(text: string): NotebookJson {
  try {
    const notebook = JSON.parse(text);
    if (Array.isArray(notebook?.cells) && notebook.nbformat === 4) return notebook;
  } catch (cause) {
    throw notANotebook("it is not JSON", cause);
  }
  throw notANotebook("it is not nbformat 4");
}

function notANotebook(why: string, cause?: unknown): Failure {
  return new Failure("kernels/not-a-notebook", `This is no notebook that can run: ${why}. Nothing ran.`, {
    advice: "Open and save it in Jupyter to bring it to nbformat 4.",
    cause,
  });
}

function sourceOf(cell: CellJson): string {
  return typeof cell.source === "string" ? cell.source : (cell.source ?? []).join("");
}
