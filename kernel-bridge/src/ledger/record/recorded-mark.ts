import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readJournal } from "../../journal/read-journal.ts";
import { readIndex } from "../index/run-index.ts";
import { fileName } from "../store/file-name.ts";
import { journalFolder, journalPath, type Store, type WritableStore } from "../store/store.ts";

/**
 * How much of a session's journal is recorded, in bytes from its start. It stands in the name of an empty file beside the journal, so
 * that one listing of the folder says it of all sessions: `<session>.<bytes>.recorded`, or `.recording` while a run is committed. One
 * that equals a journal which has ended, `<session>.<bytes>.ended`, was that one's and says nothing.
 */
export interface RecordedMark {
  readonly until: number;
  /** A process went, or may have gone, between the commit and the mark: only the ledger knows whether its run is recorded. */
  readonly open: boolean;
}

/** The marks in a listing of the journal folder, by session file name. */
export function marksIn(names: readonly string[]): Map<string, RecordedMark> {
  const marks = new Map<string, RecordedMark>();
  const ended = new Set(names.filter((name) => name.endsWith(".ended")));
  for (const name of names) {
    const [, session, until, state] = markName.exec(name) ?? [];
    if (session === undefined || ended.has(`${session}.${until}.ended`)) continue;
    const known = marks.get(session) ?? { until: 0, open: false };
    marks.set(session, {
      until: Math.max(known.until, Number(until)),
      open: known.open || state === "recording",
    });
  }
  return marks;
}

/** How much of a session's journal is in the ledger. Reads the index only after a crash in the middle of recording that very session. */
export async function recordedUntil(store: Store, sessionId: string): Promise<number> {
  const names = await readdir(journalFolder(store)).catch(() => []);
  const mark = marksIn(names).get(fileName(sessionId));
  if (mark?.open !== true) return mark?.until ?? 0;
  // A journal that has ended may have had the same session's id, before this one began.
  const began = (await readJournal(journalPath(store, sessionId))).entries[0]?.event.at ?? "";
  const { entries } = await readIndex(store);
  const ends = entries
    .filter(
      ({ session, summary }) => session === sessionId && Date.parse(summary.startedAt) >= Date.parse(began),
    )
    .map((entry) => entry.journalEnd);
  return Math.max(mark.until, ...ends);
}

/**
 * Commits a run of a session's journal from one byte up to another, so that whatever happens meanwhile no range of its journal is
 * recorded twice. To be called under the session's lock. When `commit` fails, the ledger is asked the next time.
 */
export async function markWhile<T>(
  store: WritableStore,
  sessionId: string,
  from: number,
  until: number,
  commit: () => Promise<T>,
): Promise<T> {
  await setMark(store, fileName(sessionId), from, "recording");
  const done = await commit();
  await setMark(store, fileName(sessionId), until, "recorded").catch(() => undefined);
  return done;
}

/** Makes a session's one mark this one. */
export async function setMark(
  store: WritableStore,
  session: string,
  until: number,
  state: "recording" | "recorded",
): Promise<void> {
  const folder = journalFolder(store);
  const wanted = `${session}.${until}.${state}`;
  const [first, ...more] = await marksOf(store, session);
  if (first === undefined) await writeFile(join(folder, wanted), "", { flag: "a" });
  else if (first !== wanted) await rename(join(folder, first), join(folder, wanted));
  for (const name of more) if (name !== wanted) await rm(join(folder, name), { force: true });
}

/** The names of a session's marks, of which there is one but after a crash. */
export async function marksOf(store: Store, session: string): Promise<string[]> {
  const names = await readdir(journalFolder(store));
  return names.filter((name) => markName.exec(name)?.[1] === session).sort();
}

const markName = /^([A-Za-z0-9_-]+)\.(\d+)\.(recording|recorded)$/;
