import type { EventOf, JournalEvent } from "../../journal/journal-event.ts";
import { isSameProcess } from "./restart-behind.ts";

/**
 * Cells that had run in a kernel before a cell began, those included that ran before it was observed: 0 is a fresh kernel.
 * Null when nobody counted them. A kernel that was restarted counts anew, in the same journal.
 */
export function cellsBefore(events: readonly JournalEvent[], first: EventOf<"cell">): number | null {
  const [session, ...earlier] = sinceStart(events, first);
  if (session?.t !== "session" || session.ranBefore === null) return null;
  return session.ranBefore + earlier.filter((event) => event.t === "cell").length;
}

/** What a kernel's process journaled before an event, from its first session event on: one more tells of another notebook. */
export function sinceStart(events: readonly JournalEvent[], before: JournalEvent): readonly JournalEvent[] {
  const earlier = events.slice(0, events.indexOf(before));
  let start = 0;
  let process: EventOf<"session"> | null = null;
  for (const [at, event] of earlier.entries()) {
    if (event.t !== "session") continue;
    if (process === null || !isSameProcess(process, event)) start = at;
    process = event;
  }
  return earlier.slice(start);
}
