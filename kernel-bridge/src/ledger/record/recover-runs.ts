import { readdir } from "node:fs/promises";
import { nbformatText } from "@lookback/notebook-file/nbformat-text.ts";
import type { JournalEvent } from "../../journal/journal-event.ts";
import { readJournal } from "../../journal/read-journal.ts";
import type { Run } from "../format/run.ts";
import { idOfFile } from "../store/file-name.ts";
import { journalFolder, journalPath, type WritableStore } from "../store/store.ts";
import { type GitState, gitState } from "./git-state.ts";
import { kernelLives } from "./kernel-lives.ts";
import { markOldJournals } from "./mark-old-journals.ts";
import { openJournals } from "./open-journals.ts";
import { type Linter, recordRun } from "./record-run.ts";

/**
 * Records what ended in kernels that are gone and was never recorded, because the editor or the server went first.
 * The notebook is then made from the sources the kernel ran: it has no outputs and no markdown, and the run says so.
 * Journals that are recorded to their end are not read.
 */
export async function recoverRuns(store: WritableStore, linter: Linter | null): Promise<Run[]> {
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
      const run = await recordRun(store, {
        sessionId,
        notebook: events.find((event) => event.t === "session")?.notebook ?? "unknown.ipynb",
        notebookText: notebookOf(events),
        linter,
        git: await git,
        notes: [recovered],
      });
      if (run !== null) runs.push(run);
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
    "Recorded from the journal alone: the editor was gone, so outputs and text between the cells are missing.",
};

function notebookOf(events: readonly JournalEvent[]): string {
  const sources = new Map(
    events.flatMap((event) => (event.t === "cell" ? [[event.cell, event.source] as const] : [])),
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
