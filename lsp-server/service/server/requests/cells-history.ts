import { readFile } from "node:fs/promises";
import { shownOutputs } from "@lookback/kernel-bridge/ledger/compare/cells/compare-outputs.ts";
import { diffLines } from "@lookback/kernel-bridge/ledger/compare/cells/diff-lines.ts";
import { type CellVersion, cellHistory } from "@lookback/kernel-bridge/ledger/history/cell-history.ts";
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
    versions: found.versions.map((version, at) => ({
      ...version,
      runs: version.runs.map(({ outputs: _, ...run }) => ({
        ...run,
        datasets: run.datasets.map((each) => ({ ...each, path: toEditor(each.path) })),
      })),
      outputs: shownOutputs(version.runs[0]?.outputs ?? []),
      changes: changesSince(found.versions[at + 1], version),
    })),
  };
});

function changesSince(before: CellVersion | undefined, { source }: CellVersion) {
  if (before === undefined || before.source === null || source === null) return null;
  return diffLines(before.source, source);
}
