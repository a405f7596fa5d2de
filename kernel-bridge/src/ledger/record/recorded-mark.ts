import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readJournal } from "../../journal/read-journal.ts";
import { readIndex } from "../index/run-index.ts";
import { fileName } from "../store/file-name.ts";
import { journalFolder, journalPath, type Store, type WritableStore } from "../store/store.ts";

/**
 * How much of a session's journal is recorded, in bytes from its start. It stands in the name of an empty file beside the journal, so
 * that one listing of the folder says it of all sessions: `<session>.<bytes>.recorded`, or `.recording` while a run is committed, or
 * `.dropping` while the journal becomes `<session>.<bytes>.ended`, after which it says nothing: the session may get a new journal.
 */
export interface RecordedMark {
  readonly until: number;
  /** A process went, or may have gone, between the commit and the mark: only the ledger knows whether its run is recorded. */
  readonly open: boolean;
  /** The names it stands in: one, but after a crash; none where nothing is recorded. */
  readonly names: readonly string[];
}

/** The marks in a listing of the journal folder, by session file name. */
export function marksIn(names: readonly string[]): Map<string, RecordedMark> {
  const marks = new Map<string, RecordedMark>();
  const ended = new Set(names.filter((name) => name.endsWith(".ended")));
  for (const name of names) {
    const [, session, until, state] = markName.exec(name) ?? [];
    if (session === undefined) continue;
    if (state === "dropping" && ended.has(`${session}.${until}.ended`)) continue;
    const known = marks.get(session) ?? unmarked;
    marks.set(session, {
      until: Math.max(known.until, Number(until)),
      open: known.open || state === "recording",
      names: [...known.names, name],
    });
  }
  return marks;
}

/** The mark of a session. One that a crash left open is closed with what the ledger says; only then the index is read. */
export async function markOf(store: Store, sessionId: string): Promise<RecordedMark> {
  const names = await readdir(journalFolder(store)).catch(() => []);
  const mark = marksIn(names).get(fileName(sessionId)) ?? unmarked;
  if (!mark.open) return mark;
  // A journal that has ended may have had the same session's id, before this one began.
  const journal = await readJournal(journalPath(store, sessionId));
  // The earliest, not the first: a clock may have been set back meanwhile.
  const began = Math.min(...journal.entries.map(({ event }) => Date.parse(event.at)));
  const { recorded } = await readIndex(store);
  const ends = recorded
    .filter(({ session, summary }) => session === sessionId && Date.parse(summary.startedAt) >= began)
    .map((entry) => entry.journalEnd);
  return { ...mark, until: Math.max(mark.until, ...ends) };
}

/**
 * Commits a run of a session's journal from its mark up to another byte, so that whatever happens meanwhile no range of its journal is
 * recorded twice. To be called under the session's lock. When `commit` fails, the ledger is asked the next time.
 */
export async function markWhile<T>(
  store: WritableStore,
  sessionId: string,
  mark: RecordedMark,
  until: number,
  commit: () => Promise<T>,
): Promise<T> {
  const session = fileName(sessionId);
  const open = await setMark(store, mark, `${session}.${mark.until}.recording`);
  const done = await commit();
  await setMark(store, open, `${session}.${until}.recorded`).catch(() => undefined);
  return done;
}

/** Marks a session that has no mark. */
export async function markRecorded(store: WritableStore, session: string, until: number): Promise<void> {
  await setMark(store, unmarked, `${session}.${until}.recorded`);
}

const unmarked: RecordedMark = { until: 0, open: false, names: [] };
const markName = /^([A-Za-z0-9_-]+)\.(\d+)\.(recording|recorded|dropping)$/;

/** Gives a mark another name, and answers it so. */
async function setMark(store: WritableStore, mark: RecordedMark, wanted: string): Promise<RecordedMark> {
  const at = (name: string) => join(journalFolder(store), name);
  const [first, ...more] = mark.names;
  if (first === undefined) await writeFile(at(wanted), "", { flag: "a" });
  else if (first !== wanted) await rename(at(first), at(wanted));
  for (const name of more) if (name !== wanted) await rm(at(name), { force: true });
  return { ...mark, names: [wanted] };
}
