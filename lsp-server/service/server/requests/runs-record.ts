import { readFile } from "node:fs/promises";
import { runSummary } from "@lookback/kernel-bridge/ledger/format/run-summary.ts";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { nbformatText } from "@lookback/notebook-file/nbformat-text.ts";
import type { NotebookContent } from "@lookback/protocol/runs.ts";
import { handler } from "../handler.ts";
import { linterAt } from "../linter-at.ts";

export const runsRecord = handler(
  "lookback/runs/record",
  async (session, { notebook, kernelId, content }) => {
    const { writable, toLedger } = await session.ledgers.of(notebook);
    const store = await writable();
    const notebookText = await textOf(content, session.folders.pathOf(notebook));
    const run = await recordRun(store, {
      sessionId: kernelId,
      notebook: toLedger(notebook),
      notebookText,
      linter: linterAt(store.root, session.world.log),
    });
    if (run === null) return null;
    session.tellOfRun(run.id);
    if (run.datasets.some((dataset) => dataset.access === "write")) session.refreshSchemas();
    return { ...runSummary(run, []), notebook };
  },
);

/** The file's own bytes while the editor holds the same notebook; else what saving would write. */
async function textOf(content: NotebookContent, path: string): Promise<string> {
  const saved = await readFile(path, "utf8").catch(() => null);
  const text = nbformatText(content);
  if (saved === null || saved === text) return text;
  try {
    return nbformatText(JSON.parse(saved)) === text ? saved : text;
  } catch {
    return text;
  }
}
