import { readdir } from "node:fs/promises";
import { readJournal } from "../../journal/read-journal.ts";
import { idOfFile } from "../store/file-name.ts";
import { journalFolder, journalPath, type Store } from "../store/store.ts";
import { cellsOfJournal } from "./cells-of-journal.ts";
import { kernelLives } from "./kernel-lives.ts";
import { notebookOfJournal, unknownNotebook } from "./known-notebook.ts";
import { openJournals } from "./open-journals.ts";
import { markOf } from "./recorded-mark.ts";

/** What ran in a kernel that is gone and is in no run yet: whoever would have recorded it went too, or is about to. */
export interface WaitingRun {
  readonly session: string;
  /** As the kernel knew it. */
  readonly notebook: string;
  readonly startedAt: string;
  readonly cells: number;
}

/** The runs that wait to be recovered, the oldest first. Reads only, and of journals only those that hold more than is recorded. */
export async function waitingRuns(store: Store): Promise<WaitingRun[]> {
  const names = await readdir(journalFolder(store)).catch(() => []);
  const waiting: WaitingRun[] = [];
  for (const name of openJournals(store, names)) {
    const session = idOfFile(name);
    const { entries } = await readJournal(journalPath(store, session));
    const events = entries.map(({ event }) => event);
    if (kernelLives(events)) continue;
    const { until } = await markOf(store, session);
    const { cells } = cellsOfJournal(
      entries.filter(({ end }) => end > until),
      false,
    );
    const [first] = cells;
    if (first === undefined) continue;
    const notebook = notebookOfJournal(events) ?? unknownNotebook;
    waiting.push({ session, notebook, startedAt: first.start.at, cells: cells.length });
  }
  return waiting.sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
}
