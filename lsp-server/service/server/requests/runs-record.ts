import { readFile } from "node:fs/promises";
import { runSummary } from "@lookback/kernel-bridge/ledger/format/run-summary.ts";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { exactValue, plainValue } from "@lookback/notebook-file/json-value.ts";
import { keepNumbers } from "@lookback/notebook-file/keep-numbers.ts";
import { nbformatText } from "@lookback/notebook-file/nbformat-text.ts";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import type { NotebookContent } from "@lookback/protocol/runs.ts";
import { linterAt } from "../../files/linter-at.ts";
import { handler } from "../handler.ts";

export const runsRecord = handler(
  "lookback/runs/record",
  async (session, { notebook, kernelId, content }) => {
    const { writable, toLedger } = await session.ledgers.of(notebook);
    const store = await writable();
    const held = await heldBy(content, session.folders.pathOf(notebook));
    const run = await recordRun(store, {
      sessionId: kernelId,
      notebook: toLedger(notebook),
      ...held,
      linter: linterAt(store.root, session.world.log, session.editorLayers),
    });
    if (run === null) return null;
    session.tellOfRun(run.id);
    if (run.datasets.some((dataset) => dataset.access === "write")) session.refreshSchemas();
    return { ...runSummary(run, []), notebook };
  },
);

/** The file's own bytes while the editor holds the same notebook; else what saving would write, with the numbers of the file. */
async function heldBy(content: NotebookContent, path: string) {
  const bytes = await readFile(path).catch(() => null);
  const file = bytes === null ? null : readNotebookFile(bytes).value;
  const saved = file === null ? undefined : exactValue(file.text, file.root);
  if (bytes !== null && saved !== undefined && nbformatText(plainValue(saved)) === nbformatText(content))
    return { notebookText: bytes, notes: [] };
  const { value, rounded } = keepNumbers(content, saved);
  const notes = rounded === 0 ? [] : [{ code: "notebook/rounded-numbers", message: sayRounded(rounded) }];
  return { notebookText: nbformatText(value), notes };
}

function sayRounded(count: number): string {
  const what =
    count === 1
      ? "1 whole number of more than 15 digits was"
      : `${count} whole numbers of more than 15 digits were`;
  return `${what} rounded by the editor before the notebook was recorded; \`lookback run\` keeps them.`;
}
