import { isCompletion } from "../../journal/complete-journal.ts";
import type { JournalEvent } from "../../journal/journal-event.ts";
import type { JournalEntry } from "../../journal/read-journal.ts";

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

/**
 * What was added to a journal that its kernel could not keep whole stands behind the rest of it; then the cells are in the order of their times.
 *
 * `kernelLives`: while the last cell has not ended, the queue is not empty and the run not over: there are no cells yet.
 * In a kernel that is gone it was cut off, and counts.
 */
export function cellsOfJournal(entries: readonly JournalEntry[], kernelLives: boolean): JournalCells {
  const cells: { start: CellExecution["start"]; done: CellExecution["done"]; events: JournalEvent[] }[] = [];
  let end = 0;
  for (const { event, end: at } of entries) {
    const open = cells.at(-1);
    if (event.t === "cell") cells.push({ start: event, done: null, events: [] });
    else if (event.t === "done") {
      // The end of a cell whose beginning was lost is not another's.
      const ended = cells.findLast(({ start, done }) => start.cell === event.cell && done === null);
      if (ended !== undefined) ended.done = event;
    } else open?.events.push(event);
    end = at;
  }
  const isCompleted = cells.some(({ events }) => events.some(isCompletion));
  if (isCompleted) cells.sort((a, b) => Date.parse(a.start.at) - Date.parse(b.start.at));
  return kernelLives && cells.at(-1)?.done === null ? { cells: [], end: 0 } : { cells, end };
}
