import { readdir } from "node:fs/promises";
import { nbformatText } from "@lookback/notebook-file/nbformat-text.ts";
import type { JournalEvent } from "../../journal/journal-event.ts";
import { readJournal } from "../../journal/read-journal.ts";
import { consoleCount } from "../format/console-cell.ts";
import type { Run } from "../format/run.ts";
import { idOfFile } from "../store/file-name.ts";
import { journalFolder, journalPath, type WritableStore } from "../store/store.ts";
import { cellsOfJournal } from "./cells-of-journal.ts";
import { findNotebook } from "./find-notebook.ts";
import { type GitState, gitState } from "./git-state.ts";
import { kernelLives } from "./kernel-lives.ts";
import { markOldJournals } from "./mark-old-journals.ts";
import { openJournals } from "./open-journals.ts";
import { cellsOnDisk, notebooksOfJournal } from "./other-notebooks.ts";
import { type Linter, recordRun } from "./record-run.ts";
import { markOf } from "./recorded-mark.ts";

/**
 * Records what ended in kernels that are gone and was never recorded, because the editor or the server went first.
 * The notebook is then the one that a tool wrote with these very outputs, else made from the sources the kernel ran: it has no outputs and
 * no markdown, and the run says so.
 * Journals that are recorded to their end are not read. `unwatched`: only what no editor can be about to record, for it ran no cell by name.
 */
export async function recoverRuns(
  store: WritableStore,
  linter: Linter | null,
  options: { readonly unwatched?: boolean } = {},
): Promise<Run[]> {
  await markOldJournals(store);
  const runs: Run[] = [];
  const sessions = openJournals(store, await readdir(journalFolder(store)));
  let git: Promise<GitState | null> | undefined;
  const recover = async () => {
    for (let session = sessions.pop(); session !== undefined; session = sessions.pop()) {
      const sessionId = idOfFile(session);
      const { entries } = await readJournal(journalPath(store, sessionId));
      const events = entries.map((entry) => entry.event);
      if (events.length === 0 || kernelLives(events)) continue;
      git ??= gitState(store.root);
      const { until } = await markOf(store, sessionId);
      const { cells } = cellsOfJournal(
        entries.filter(({ end }) => end > until),
        false,
      );
      const isNameless = cells.every(({ start }) => consoleCount(start.cell) !== null);
      if (cells.length === 0 || (options.unwatched && !isNameless)) continue;
      const { notebook, executed, cellNames, notes } = await findNotebook(store, events, cells);
      const names = [...notebooksOfJournal(events).filter((each) => each !== notebook), notebook];
      for (const name of names) {
        const isLast = name === notebook;
        // Each its own cells; the last what no file holds besides.
        const own = isLast ? null : await cellsOnDisk(store, name);
        if (!isLast && own === null) continue;
        const run = await recordRun(store, {
          sessionId,
          notebook: name,
          notebookText: executed ?? notebookOf(events, cellNames, own),
          cellNames,
          linter,
          git: await git,
          notes: [...(executed === null ? [recovered] : []), ...notes],
        });
        if (run !== null) runs.push(run);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, recover));
  return runs;
}

/** Those that are ready together are committed together. */
const atOnce = 16;

const recovered = {
  code: "ledger/recovered",
  message:
    "Recorded from the journal alone: no editor gave its notebook, so outputs and text between the cells are missing.",
};

function notebookOf(
  events: readonly JournalEvent[],
  names: ReadonlyMap<string, string>,
  own: ReadonlySet<string> | null,
): string {
  const sources = new Map(
    events.flatMap((event) =>
      event.t === "cell" && (own?.has(event.cell) ?? true)
        ? [[names.get(event.cell) ?? event.cell, event.source] as const]
        : [],
    ),
  );
  const cells = [...sources].map(([id, source]) => ({
    cell_type: "code",
    execution_count: null,
    id,
    metadata: {},
    outputs: [],
    source,
  }));
  return nbformatText({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}
