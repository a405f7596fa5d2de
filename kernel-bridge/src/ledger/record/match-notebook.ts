import { exactValue, plainValue } from "@lookback/notebook-file/json-value.ts";
import { withLineFeeds } from "@lookback/notebook-file/line-ends.ts";
import type { FileCell, NotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { isRedactionOf } from "../../secrets/redact/is-redaction-of.ts";
import { consoleCount } from "../format/console-cell.ts";
import type { CellExecution } from "./cells-of-journal.ts";

/** Which of a notebook's cells some executions without names were. */
export interface MatchedCells {
  /** The journal's name of an execution → the notebook's of its cell. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether every execution has its cell. */
  readonly whole: boolean;
  /** Whether the notebook holds what these very executions left: their counts, at their times where it says when. */
  readonly executed: boolean;
}

/** Executions in their order to cells in theirs, by count and source; of the same source the next one. */
export function matchCells(ran: readonly CellExecution[], file: NotebookFile): MatchedCells {
  const code = file.cells.filter(({ type }) => type === "code");
  const found: { readonly execution: CellExecution; readonly cell: FileCell }[] = [];
  let last = -1;
  for (const execution of ran) {
    const source = withLineFeeds(execution.start.source);
    const same = code.filter((cell) => isRedactionOf(source, cell.source));
    const cell =
      same.find((each) => outputOf(file, each).count === consoleCount(execution.start.cell)) ??
      same.find(({ index }) => index > last) ??
      same[0];
    if (cell === undefined) continue;
    last = cell.index;
    found.push({ execution, cell });
  }
  const whole = found.length === ran.length;
  // Of a cell that ran twice the last leaves its outputs; what was cut off left none.
  const left = new Map(
    found.filter(({ execution }) => execution.done !== null).map((each) => [each.cell, each]),
  );
  return {
    names: new Map(found.map(({ execution, cell }) => [execution.start.cell, cell.id])),
    whole,
    executed:
      whole &&
      left.size > 0 &&
      [...left.values()].every(({ execution, cell }) => isLeft(file, execution, cell)),
  };
}

/** The cell that shows a nameless execution's very count and holds its text, and ran at that time where it says when; undefined where none does. */
export function cellOfCount(file: NotebookFile, start: CellExecution["start"]): FileCell | undefined {
  const source = withLineFeeds(start.source);
  return file.cells.find(
    (cell) => cell.type === "code" && isRedactionOf(source, cell.source) && isLeft(file, { start }, cell),
  );
}

function isLeft(file: NotebookFile, { start }: Pick<CellExecution, "start">, cell: FileCell): boolean {
  const { count, at } = outputOf(file, cell);
  return count === consoleCount(start.cell) && (at === null || Math.abs(at - Date.parse(start.at)) < nearMs);
}

/** Clocks of one machine; the message takes its time. */
const nearMs = 5_000;

/** The count that a cell shows, and when it ran, where nbclient or papermill wrote that. */
function outputOf(
  file: NotebookFile,
  { node }: FileCell,
): { readonly count: number | null; readonly at: number | null } {
  const cell = plainValue(exactValue(file.text, node)) as {
    readonly execution_count?: unknown;
    readonly metadata?: {
      readonly execution?: Readonly<Record<string, unknown>>;
      readonly papermill?: { readonly start_time?: unknown };
    };
  };
  const count = typeof cell.execution_count === "number" ? cell.execution_count : null;
  const said = cell.metadata?.execution?.["iopub.execute_input"] ?? cell.metadata?.papermill?.start_time;
  if (typeof said !== "string") return { count, at: null };
  // Papermill writes universal time without its sign.
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(said) ? said : `${said}Z`);
  return { count, at: Number.isNaN(at) ? null : at };
}
