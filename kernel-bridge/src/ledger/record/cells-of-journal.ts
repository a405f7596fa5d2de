import type { JournalEvent } from "../../journal/journal-event.ts";
import type { JournalEntry } from "../../journal/read-journal.ts";
import { isLeft } from "./left-executions.ts";

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
 * The cells are in the order of their times: what was added to a journal that its kernel could not keep whole, or was left for another
 * notebook, stands behind the rest of it.
 *
 * `kernelLives`: while the last cell has not ended, the queue is not empty and the run not over: there are no cells yet.
 * In a kernel that is gone it was cut off, and counts.
 */
export function cellsOfJournal(entries: readonly JournalEntry[], kernelLives: boolean): JournalCells {
  const cells: { start: CellExecution["start"]; done: CellExecution["done"]; events: JournalEvent[] }[] = [];
  let isAgain = false;
  let end = 0;
  for (const { event, end: at } of entries) {
    if (event.t === "cell") {
      // Told again and not recorded in between: a process went meanwhile.
      const before = isAgain
        ? cells.findIndex(({ start }) => start.cell === event.cell && start.at === event.at)
        : -1;
      if (before >= 0) cells.splice(before, 1);
      cells.push({ start: event, done: null, events: [] });
    } else if (event.t === "done") {
      // The end of a cell whose beginning was lost is not another's.
      const ended = cells.findLast(({ start, done }) => start.cell === event.cell && done === null);
      if (ended !== undefined) ended.done = event;
    } else if (!isLeft(event)) {
      // What was left for another notebook may stand amid what a cell tells.
      const name = "cell" in event ? event.cell : null;
      const open = cells.findLast(({ start, done }) => start.cell === name && done === null) ?? cells.at(-1);
      // A process that was forked from an earlier cell names that one, and works for this.
      const isOfAnother = open !== undefined && name !== null && name !== open.start.cell;
      open?.events.push(isOfAnother ? ({ ...event, cell: open.start.cell } as JournalEvent) : event);
    }
    isAgain = isLeft(event);
    end = at;
  }
  cells.sort((a, b) => Date.parse(a.start.at) - Date.parse(b.start.at));
  return kernelLives && cells.at(-1)?.done === null ? { cells: [], end: 0 } : { cells, end };
}
