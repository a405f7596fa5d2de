import type { EventEntry } from "./index-file.ts";

/** Events as they count: by what their writers had seen and their clocks, and where those are the same, by writer and commit, alike on every machine. */
export function inFoldOrder(events: readonly EventEntry[]): EventEntry[] {
  return [...events].sort(
    (a, b) => a.event.order - b.event.order || compare(a.writer, b.writer) || compare(a.commit, b.commit),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
