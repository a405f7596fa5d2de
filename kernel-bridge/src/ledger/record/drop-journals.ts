import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { readJournal } from "../../journal/read-journal.ts";
import { fileName, idOfFile } from "../store/file-name.ts";
import { journalFolder, journalPath, type WritableStore } from "../store/store.ts";
import { withLock } from "../store/with-lock.ts";
import { cellsOfJournal } from "./cells-of-journal.ts";
import { dropKeptOf } from "./kept-files.ts";
import { kernelLives } from "./kernel-lives.ts";
import { sessionsIn } from "./open-journals.ts";
import { markOf, markRecorded, marksIn, type RecordedMark } from "./recorded-mark.ts";

/** Drops the journals of kernels that are gone once all they hold is recorded and nothing was added for a minute; those that ended an hour ago are deleted. */
export async function dropJournals(store: WritableStore): Promise<void> {
  const names = await readdir(journalFolder(store));
  for (const name of names) if (name.endsWith(".ended")) await settle(store, name);
  const marks = marksIn(names);
  for (const session of sessionsIn(names)) {
    const mark = marks.get(session);
    const info = await stat(journalPath(store, idOfFile(session))).catch(() => null);
    if (info === null || mark === undefined || Date.now() - info.mtimeMs < quietMs) continue;
    await drop(store, idOfFile(session), mark);
  }
}

/** Drops journals when this process last did a minute ago: in a long day of many sessions their files must not pile up. */
export async function dropNowAndThen(store: WritableStore, now = Date.now()): Promise<void> {
  const last = dropped.get(store.dir);
  if (last !== undefined && now - last < everyMs) return;
  dropped.set(store.dir, now);
  // Whoever starts drops what there is.
  if (last !== undefined) await dropJournals(store);
}

/** Drops one journal, as soon as that may be. */
export async function dropJournal(store: WritableStore, sessionId: string): Promise<void> {
  await drop(store, sessionId, await markOf(store, sessionId));
}

/**
 * Drops a journal when its kernel is gone and all it holds is recorded; one with lines that cannot be read stays. It is renamed to
 * `<session>.<bytes>.ended` for an hour: a kernel that was restarted in this very moment may write on.
 */
async function drop(store: WritableStore, sessionId: string, mark: RecordedMark): Promise<void> {
  const [name, ...more] = mark.names;
  if (mark.open || name === undefined || more.length > 0) return;
  const path = journalPath(store, sessionId);
  const markPath = join(journalFolder(store), name);
  await withLock(`${path}.lock`, async () => {
    // Whoever recorded meanwhile gave the mark another name.
    if ((await stat(markPath).catch(() => null)) === null) return;
    const { entries, broken } = await readJournal(path);
    if (entries.length === 0 || broken.length > 0 || kernelLives(entries.map((entry) => entry.event))) return;
    const rest = entries.filter(({ end }) => end > mark.until);
    if (cellsOfJournal(rest, false).cells.length > 0) return;
    const end = join(journalFolder(store), `${fileName(sessionId)}.${mark.until}`);
    await rename(markPath, `${end}.dropping`);
    await rename(path, `${end}.ended`);
    await rm(`${end}.dropping`, { force: true });
    await dropKeptOf(store, sessionId);
  });
}

const quietMs = 60_000;
const keptMs = 3_600_000;
const everyMs = 60_000;
const dropped = new Map<string, number>();

/** A journal that ended and was written on is one again, unless its session has a new one; else it is deleted after its hour. */
async function settle(store: WritableStore, name: string): Promise<void> {
  const [, session, until] = /^([A-Za-z0-9_-]+)\.(\d+)\.ended$/.exec(name) ?? [];
  if (session === undefined) return;
  const path = join(journalFolder(store), name);
  const { size, mtimeMs } = await stat(path);
  // Most were never written on.
  const entries = size > Number(until) ? (await readJournal(path)).entries : [];
  const rest = entries.filter(({ end }) => end > Number(until));
  if (cellsOfJournal(rest, false).cells.length > 0) {
    const again = journalPath(store, idOfFile(session));
    const taken = await stat(again).catch(() => null);
    if (taken !== null) return;
    await rename(path, again);
    await markRecorded(store, session, Number(until));
  } else if (Date.now() - mtimeMs > keptMs) {
    // A crash may have left the mark that was this journal's.
    await rm(join(journalFolder(store), `${session}.${until}.dropping`), { force: true });
    await rm(path, { force: true });
  }
}
