import { readFile } from "node:fs/promises";
import { cellHistory } from "@lookback/kernel-bridge/ledger/history/cell-history.ts";
import { handler } from "../handler.ts";

export const cellsHistory = handler("lookback/cells/history", async (session, { notebook, cell, most }) => {
  const { store, toLedger, toEditor } = await session.ledgers.of(notebook);
  const now = await readFile(session.folders.pathOf(notebook)).catch(() => null);
  const found = await cellHistory(store, toLedger(notebook), cell, {
    now,
    ...(most === undefined ? {} : { most }),
  });
  return {
    ...found,
    notebook,
    versions: found.versions.map((version) => ({
      ...version,
      runs: version.runs.map((run) => ({
        ...run,
        datasets: run.datasets.map((each) => ({ ...each, path: toEditor(each.path) })),
      })),
    })),
  };
});
