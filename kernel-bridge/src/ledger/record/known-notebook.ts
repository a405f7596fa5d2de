import type { JournalEvent } from "../../journal/journal-event.ts";

/** What a run calls its notebook where nobody could tell which it is. */
export const unknownNotebook = "unknown";

/** And where there is none. */
export const consoleNotebook = "console";

/** The notebook that a session's journal names; null where its kernel started before anybody knew. */
export function notebookOfJournal(events: readonly JournalEvent[]): string | null {
  const named = events.findLast((event) => event.t === "session" && event.notebook !== unknownNotebook);
  return named?.t === "session" ? named.notebook : null;
}
