import type { EventOf, JournalEvent } from "../../journal/journal-event.ts";

/**
 * Cells that had run in a kernel before a cell began, those included that ran before it was observed: 0 is a fresh kernel.
 * Null when nobody counted them. A kernel that was restarted counts anew, in the same journal.
 */
export function cellsBefore(events: readonly JournalEvent[], first: EventOf<"cell">): number | null {
  const [session, ...earlier] = sinceStart(events, first);
  if (session?.t !== "session" || session.ranBefore === null) return null;
  return session.ranBefore + earlier.filter((event) => event.t === "cell").length;
}

/** What a kernel's process journaled before an event, from its session event on. */
export function sinceStart(events: readonly JournalEvent[], before: JournalEvent): readonly JournalEvent[] {
  const earlier = events.slice(0, events.indexOf(before));
  return earlier.slice(
    Math.max(
      0,
      earlier.findLastIndex((event) => event.t === "session"),
    ),
  );
}
