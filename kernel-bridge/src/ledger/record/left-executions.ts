import { appendFile } from "node:fs/promises";
import type { EventOf, JournalEvent, WrittenOf } from "../../journal/journal-event.ts";
import type { JournalEntry } from "../../journal/read-journal.ts";

/** One execution and all that its kernel told of it. */
interface ToldExecution {
  readonly start: EventOf<"cell">;
  readonly events: readonly JournalEvent[];
  readonly done: EventOf<"done"> | null;
}

/** Tells whoever records the other notebook of these executions: behind all that is recorded now, with all they did. */
export async function leaveFor(path: string, executions: readonly ToldExecution[]): Promise<void> {
  const lines = executions.flatMap(({ start, events, done }) => [
    leftFor(start),
    start,
    ...events,
    ...(done === null ? [] : [done]),
  ]);
  if (lines.length > 0) await appendFile(path, lines.map((event) => `${JSON.stringify(event)}\n`).join(""));
}

/** Whether an event says that the execution behind it was told before, and left for another notebook. */
export function isLeft(event: JournalEvent | undefined): boolean {
  return event?.t === "note" && event.code === left;
}

const left = "journal/left";

function leftFor({ at, cell }: EventOf<"cell">): WrittenOf<"note"> {
  return { t: "note", at, cell, code: left, message: "Told again, for its own notebook.", scope: "cell" };
}

/** A journal without what was told of an execution again: where that began stands in the place of its copies. */
export function withoutCopies(entries: readonly JournalEntry[]): JournalEvent[] {
  let copied: string | null = null;
  return entries.flatMap(({ event }) => {
    if (isLeft(event) && event.t === "note") copied = event.cell;
    const isCopy = copied !== null && "cell" in event && event.cell === copied;
    if (isCopy && event.t === "done") copied = null;
    return isCopy ? [] : [event];
  });
}

/** The execution's own beginning, of which another may be a copy. */
export function firstTold(events: readonly JournalEvent[], start: EventOf<"cell">): EventOf<"cell"> {
  if (events.includes(start)) return start;
  const told = JSON.stringify(start);
  return events.find((event): event is EventOf<"cell"> => JSON.stringify(event) === told) ?? start;
}
