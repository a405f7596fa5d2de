import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { readJournal } from "../../journal/read-journal.ts";
import { fileName, idOfFile } from "../store/file-name.ts";
import { journalFolder, journalPath, type WritableStore } from "../store/store.ts";
import { withLock } from "../store/with-lock.ts";
import { cellsOfJournal } from "./cells-of-journal.ts";
import { kernelLives } from "./kernel-lives.ts";
import { sessionsIn } from "./open-journals.ts";
import { marksIn, marksOf, recordedUntil, setMark } from "./recorded-mark.ts";

/** Drops the journals of kernels that are gone once all they hold is recorded and nothing was added for a minute; those that ended a day ago are deleted. */
export async function dropJournals(store: WritableStore): Promise<void> {
  const names = await readdir(journalFolder(store));
  for (const name of names) if (name.endsWith(".ended")) await settle(store, name);
  const marks = marksIn(names);
  for (const session of sessionsIn(names)) {
    const info = await stat(journalPath(store, idOfFile(session))).catch(() => null);
    if (info === null || !marks.has(session) || Date.now() - info.mtimeMs < quietMs) continue;
    await dropJournal(store, idOfFile(session));
  }
}

/**
 * Drops one journal when its kernel is gone and all it holds is recorded; one with lines that cannot be read stays. It is renamed to
 * `<session>.<bytes>.ended` for a day: a kernel that was restarted in this very moment may write on.
 */
export async function dropJournal(store: WritableStore, sessionId: string): Promise<void> {
  const path = journalPath(store, sessionId);
  await withLock(`${path}.lock`, async () => {
    const { entries, broken } = await readJournal(path);
    if (entries.length === 0 || broken.length > 0 || kernelLives(entries.map((entry) => entry.event))) return;
    const until = await recordedUntil(store, sessionId);
    const rest = entries.filter(({ end }) => end > until);
    if (until === 0 || cellsOfJournal(rest, false).cells.length > 0) return;
    const marks = await marksOf(store, fileName(sessionId));
    await rename(path, join(journalFolder(store), `${fileName(sessionId)}.${until}.ended`));
    for (const mark of marks) await rm(join(journalFolder(store), mark), { force: true });
  });
}

const quietMs = 60_000;
const keptMs = 24 * 3_600_000;

/** A journal that ended and was written on is one again, unless its session has a new one; else it is deleted after its day. */
async function settle(store: WritableStore, name: string): Promise<void> {
  const [, session, until] = /^([A-Za-z0-9_-]+)\.(\d+)\.ended$/.exec(name) ?? [];
  if (session === undefined) return;
  const path = join(journalFolder(store), name);
  const { entries } = await readJournal(path);
  const rest = entries.filter(({ end }) => end > Number(until));
  if (cellsOfJournal(rest, false).cells.length > 0) {
    const again = journalPath(store, idOfFile(session));
    const taken = await stat(again).catch(() => null);
    if (taken !== null) return;
    await rename(path, again);
    await setMark(store, session, Number(until), "recorded");
    return;
  }
  if (Date.now() - (await stat(path)).mtimeMs > keptMs) {
    // A crash may have left the mark that was this journal's.
    for (const mark of await marksOf(store, session))
      if (mark === `${session}.${until}.recorded`)
        await rm(join(journalFolder(store), mark), { force: true });
    await rm(path, { force: true });
  }
}
