import { memberOf } from "@lookback/notebook-file/json-tree.ts";
import { withLineFeeds } from "@lookback/notebook-file/line-ends.ts";
import type { FileCell } from "@lookback/notebook-file/read-notebook-file.ts";
import type { EventOf } from "../../journal/journal-event.ts";
import { isRedactionOf } from "../../secrets/redact/is-redaction-of.ts";
import { consoleCount } from "../format/console-cell.ts";
import type { GoneName } from "../format/run.ts";

/** One execution in a kernel, and what the notebook holds of its cell by now. */
export interface PastExecution {
  readonly cellId: string;
  readonly source: string;
  /** `edited`: the cell holds another text; `console`: no cell asked for it. */
  readonly state: "here" | GoneName["why"];
}

export function pastExecution(start: EventOf<"cell">, cells: readonly FileCell[]): PastExecution {
  const { cell: cellId, source } = start;
  if (consoleCount(cellId) !== null) return { cellId, source, state: "console" };
  const cell = cellOf(start, cells);
  return { cellId, source, state: cell === undefined ? "gone" : holds(cell, start) ? "here" : "edited" };
}

/** Whether a cell still holds what ran. The journal's copy has its secrets replaced. */
export function holds(cell: FileCell, { source }: EventOf<"cell">): boolean {
  return isRedactionOf(withLineFeeds(source), cell.source);
}

export function cellOf(start: EventOf<"cell">, cells: readonly FileCell[]): FileCell | undefined {
  return cells.find(({ id }) => id === start.cell) ?? onlyCellOf(withLineFeeds(start.source), cells);
}

/** An editor names a cell as it likes where the file does not: then its source tells, if it is the only one. */
function onlyCellOf(source: string, cells: readonly FileCell[]): FileCell | undefined {
  const same = cells.filter((cell) => cell.type === "code" && cell.source === source);
  return same.length === 1 && memberOf(same[0]?.node ?? null, "id") === null ? same[0] : undefined;
}
