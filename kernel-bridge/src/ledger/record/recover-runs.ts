import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { JournalEvent } from "../../journal/journal-event.ts";
import { readJournal } from "../../journal/read-journal.ts";
import { nbformatText } from "../../kernels/nbformat-text.ts";
import type { Run } from "../format/run.ts";
import { fileName, type Store } from "../store/open-store.ts";
import { kernelLives, type Linter, recordRun } from "./record-run.ts";

/**
 * Records what ended in kernels that are gone and was never recorded, because the editor or the server went first.
 * The notebook is then made from the sources the kernel ran: it has no outputs and no markdown, and the run says so.
 */
export async function recoverRuns(store: Store, linter: Linter | null): Promise<Run[]> {
  const runs: Run[] = [];
  const folder = join(store.dir, "journal");
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".jsonl")) continue;
    const { entries } = await readJournal(join(folder, name));
    const events = entries.map((entry) => entry.event);
    if (events.length === 0 || kernelLives(events)) continue;
    const run = await recordRun(store, {
      sessionId: sessionOf(name.slice(0, -".jsonl".length)),
      notebook: events.find((event) => event.t === "session")?.notebook ?? "unknown.ipynb",
      notebookText: notebookOf(events),
      linter,
      notes: [
        {
          code: "ledger/recovered",
          message:
            "Recorded from the journal alone: the editor was gone, so outputs and text between the cells are missing.",
        },
      ],
    });
    if (run !== null) runs.push(run);
  }
  return runs;
}

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

function sessionOf(name: string): string {
  const id = name.startsWith("_") ? Buffer.from(name.slice(1), "base64url").toString("utf8") : name;
  return fileName(id) === name ? id : name;
}
