import type { EventEntry } from "./index-file.ts";

/** Events as they count: by what their writers had seen and their clocks, and where those are the same, by writer and commit, alike on every machine. */
export function inFoldOrder(events: readonly EventEntry[]): EventEntry[] {
  return [...events].sort(
    (a, b) => orderOf(a) - orderOf(b) || compare(a.writer, b.writer) || compare(a.commit, b.commit),
  );
}

/** When an event counts. One that claims to be later than any clock can say, after which nothing more could be said, counts by its own clock. */
export function orderOf({ event: { order, at } }: Pick<EventEntry, "event">): number {
  return order <= farthest ? order : Date.parse(at);
}

/** The year 9999, and as many events after it as anybody will say. */
const farthest = Date.UTC(9999, 11, 31) * 2;

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
