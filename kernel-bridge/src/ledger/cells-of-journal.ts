import type { JournalEvent } from "../journal/journal-event.ts";
import type { JournalEntry } from "../journal/read-journal.ts";

/** One execution of one cell, with what it did. */
export interface CellExecution {
  readonly start: Extract<JournalEvent, { t: "cell" }>;
  /** Null when the kernel went before the cell ended. */
  readonly done: Extract<JournalEvent, { t: "done" }> | null;
  readonly events: readonly JournalEvent[];
}

/** The executions in some journal entries, in order, and where they end. */
export interface JournalCells {
  readonly cells: readonly CellExecution[];
  /** Byte offset behind the last event that belongs to them. */
  readonly end: number;
}

/** `kernelLives`: a cell without its end is still running and is left for later; else it was cut off, and counts. */
export function cellsOfJournal(entries: readonly JournalEntry[], kernelLives: boolean): JournalCells {
  const cells: { start: CellExecution["start"]; done: CellExecution["done"]; events: JournalEvent[] }[] = [];
  let end = 0;
  for (const { event, end: at } of entries) {
    const open = cells.at(-1);
    if (event.t === "cell") cells.push({ start: event, done: null, events: [] });
    else if (open === undefined) {
      end = at;
      continue;
    } else if (event.t === "done") open.done ??= event;
    else open.events.push(event);
    if (event.t !== "cell") end = cells.at(-1)?.done ? at : end;
    if (!kernelLives) end = at;
  }
  return { cells: kernelLives && cells.at(-1)?.done === null ? cells.slice(0, -1) : cells, end };
}
