import { encodeText } from "@lookback/notebook-file/decode-text.ts";
import type { FileProblem } from "@lookback/notebook-file/file-problem.ts";
import { memberOf } from "@lookback/notebook-file/json-tree.ts";
import { type NotebookFile, readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { writeOutputs } from "@lookback/notebook-file/write-outputs.ts";
import { Failure } from "../failure.ts";
import type { Displays } from "./collect-outputs.ts";
import { type CellEnd, type RunCellOptions, runCell } from "./run-cell.ts";

export interface RunNotebookOptions extends RunCellOptions {
  /** Run only these cells, in document order; all code cells when absent. */
  readonly only?: ReadonlySet<string>;
  /** Go on after a cell that raises; stops there when absent. */
  readonly continueOnError?: boolean;
  /** Called before and after each cell. */
  readonly onCell?: (progress: CellProgress) => void;
}

export interface CellProgress {
  readonly cellId: string;
  /** 1-based, among all cells of the notebook, as a run and a finding count them. */
  readonly number: number;
  readonly of: number;
  readonly state: "running" | CellEnd["outcome"];
}

export interface NotebookResult {
  /** The notebook with the new outputs; nothing else of it is changed. */
  readonly text: string;
  /** The same, encoded as the file was. */
  readonly bytes: Uint8Array;
  readonly outcome:
    | { readonly kind: "ok" }
    | { readonly kind: "error"; readonly name: string; readonly message: string; readonly cellId: string }
    | { readonly kind: "interrupted"; readonly cellId: string | null };
  /** The cells that were begun, in order. */
  readonly cells: readonly CellEnd[];
  /** How many cells were to run. */
  readonly of: number;
  /** Why the kernel is gone; null while it lives. */
  readonly gone: Failure | null;
  /** What of the file was not understood: cells without a source, or in another language, did not run. */
  readonly problems: readonly FileProblem[];
}

/**
 * Executes a notebook's code cells in order and collects their outputs; the content given is not touched. It always ends: a cell that
 * gets no answer, or whose kernel dies, ends with an error in plain words.
 *
 * Fails with `kernels/not-a-notebook` before anything ran.
 */
export async function runNotebook(
  content: Uint8Array | string,
  options: RunNotebookOptions,
): Promise<NotebookResult> {
  const { file, problems } = runnable(content);
  const cells = file.cells.filter((cell) => cell.isPython && (options.only?.has(cell.id) ?? true));
  const ended: (CellEnd & { readonly index: number })[] = [];
  const displays: Displays = new Map();
  const stopped = () => options.signal?.aborted === true || options.insist?.aborted === true;
  for (const { id, index, source } of cells) {
    if (stopped()) break;
    const progress = { cellId: id, number: index + 1, of: file.cells.length };
    options.onCell?.({ ...progress, state: "running" });
    const end = await runCell(id, source, { displays, ...options });
    ended.push({ ...end, index });
    options.onCell?.({ ...progress, state: end.outcome });
    if (end.gone !== null || end.outcome === "interrupted") break;
    if (end.outcome === "error" && !options.continueOnError) break;
  }
  const text = writeOutputs(file, ended);
  return {
    text,
    bytes: encodeText(text, file.encoding),
    outcome: outcomeOf(ended, cells.length, stopped()),
    cells: ended,
    of: cells.length,
    gone: ended.at(-1)?.gone ?? null,
    problems,
  };
}

function outcomeOf(ended: readonly CellEnd[], of: number, stopped: boolean): NotebookResult["outcome"] {
  const bad = ended.findLast((end) => end.outcome !== "ok");
  if (bad?.outcome === "error" && bad.error !== null)
    return { kind: "error", ...bad.error, cellId: bad.cellId };
  if (bad !== undefined) return { kind: "interrupted", cellId: bad.cellId };
  return stopped && ended.length < of ? { kind: "interrupted", cellId: null } : { kind: "ok" };
}

function runnable(content: Uint8Array | string): { file: NotebookFile; problems: readonly FileProblem[] } {
  const { value, problems } = readNotebookFile(content);
  const [whole] = problems.filter(({ unread }) => unread === "file");
  if (whole !== undefined || value === null) throw notANotebook(whole?.message, whole?.advice);
  const format = memberOf(value.root, "nbformat");
  if (format === null || Number(value.text.slice(format.start, format.end)) !== 4)
    throw notANotebook("It is not in nbformat 4.", "Open and save it in Jupyter to bring it to nbformat 4.");
  return { file: value, problems };
}

function notANotebook(why = "It holds no cells.", advice = "Open and save it in Jupyter."): Failure {
  return new Failure("kernels/not-a-notebook", `This is no notebook that can run: ${why} Nothing ran.`, {
    advice,
  });
}
