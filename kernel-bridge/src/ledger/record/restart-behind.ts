import type { EventOf, JournalEvent } from "../../journal/journal-event.ts";

/**
 * Where, among what stands behind a byte of a journal, another process took over from the one that ran cells before: what ran before a
 * restart, finished or cut off, is no part of what ran behind it. Null where none did.
 */
export function restartBehind(
  entries: readonly { readonly event: JournalEvent; readonly end: number }[],
  until: number,
): number | null {
  let process: EventOf<"session"> | null = null;
  let hasRun = false;
  for (const [at, { event, end }] of entries.entries()) {
    if (event.t === "cell" && end > until) hasRun = true;
    if (event.t !== "session") continue;
    if (hasRun && process !== null && !isSameProcess(process, event)) return at;
    process = event;
  }
  return null;
}

export function isSameProcess(one: EventOf<"session">, other: EventOf<"session">): boolean {
  return one.pid === other.pid && one.host === other.host && one.started === other.started;
}
