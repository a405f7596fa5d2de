import type { Place } from "../../ir.ts";
import type { FrameFacts } from "./frame-facts.ts";
import { isTimeName } from "./time-columns.ts";

/** What says that a table's rows follow each other in time. */
export interface TimeOrder {
  readonly by: string;
  /** Where it is sorted, or given its index. */
  readonly at: Place;
  /** The keys that it is sorted by before: in time only within each. */
  readonly within: readonly string[];
  /** The latest row stands first. */
  readonly isDescending: boolean;
}

/** The order in time that a table's rows stand in; null where none is known. */
export function timeOrderOf(frame: FrameFacts | null): TimeOrder | null {
  if (!frame) return null;
  const { sortedBy, index } = frame;
  if (!sortedBy)
    return index?.isTime
      ? { by: index.column ?? theIndex, at: index.at, within: [], isDescending: false }
      : null;
  const { columns, at, isDescending } = sortedBy;
  const place = columns.findIndex((column) => column === index?.column || isTimeColumn(frame, column));
  const by = columns[place];
  const isIndex = index?.isTime === true && sortedBy.column === "index";
  if (by === undefined) return isIndex ? { by: theIndex, at, within: [], isDescending } : null;
  return { by, at, within: columns.slice(0, place), isDescending };
}

const theIndex = "the index";

/** A time that rows are in the order of, as a reader would say it. */
export function orderText(by: TimeOrder["by"]): string {
  return by === theIndex ? by : `\`${by}\``;
}

/** All that a table's rows are in the order of, the first before the next; within groups, what tells those apart is the same. */
export function wholeOrderText({ by, within }: TimeOrder, groups: readonly string[] | null): string {
  return [
    ...within.filter((column) => !groups?.includes(column)).map((column) => `\`${column}\``),
    orderText(by),
  ].join(", then ");
}

/** Whether a table's column holds moments, as far as its type, its making or its name says. */
export function isTimeColumn({ timeColumns }: Pick<FrameFacts, "timeColumns">, name: string): boolean {
  return timeColumns.some((column) => column.name === name) || isTimeName(name);
}

/** The same table in an order nobody knows. */
export function unordered(frame: FrameFacts | null): FrameFacts | null {
  return frame && { ...frame, sortedBy: null, index: null };
}
