import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { handler } from "../handler.ts";

export const runsShow = handler("lookback/runs/show", async (session, { id }) => {
  const { toEditor } = await session.names();
  const run = await showRun(await session.store(), id);
  return {
    ...run,
    notebook: toEditor(run.notebook),
    datasets: run.datasets.map((dataset) => ({ ...dataset, path: toEditor(dataset.path) })),
  };
});
