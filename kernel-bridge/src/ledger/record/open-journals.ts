import { statSync } from "node:fs";
import { join } from "node:path";
import { journalFolder, type Store } from "../store/store.ts";
import { marksIn } from "./recorded-mark.ts";

/**
 * The session file names, in a listing of the journal folder, whose journals hold more than is recorded. Asks the size of each in one
 * go: ten thousand take 30 ms so, and ten times that when the event loop is asked about each.
 */
export function openJournals(store: Store, names: readonly string[]): string[] {
  const marks = marksIn(names);
  return sessionsIn(names).filter((session) => {
    const mark = marks.get(session);
    const size =
      statSync(join(journalFolder(store), `${session}.jsonl`), { throwIfNoEntry: false })?.size ?? 0;
    return size > 0 && (mark === undefined || mark.open || size > mark.until);
  });
}

/** The session file names of the journals in a listing. */
export function sessionsIn(names: readonly string[]): string[] {
  return names
    .filter((name) => /^[A-Za-z0-9_-]+\.jsonl$/.test(name))
    .map((name) => name.slice(0, -".jsonl".length));
}
