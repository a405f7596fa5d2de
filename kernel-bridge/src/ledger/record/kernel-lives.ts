import { hostname } from "node:os";
import type { JournalEvent } from "../../journal/journal-event.ts";
import { isGone } from "../../processes/process-stamp.ts";

/** Whether the process that journals is there, as far as is known: one of another machine is taken to live. A session of the first delivery says its process id alone. */
export function kernelLives(events: readonly JournalEvent[]): boolean {
  const session = events.findLast((event) => event.t === "session");
  if (session === undefined) return false;
  const { pid, host, started } = session;
  return !isGone({ pid, host: host ?? hostname(), started });
}
