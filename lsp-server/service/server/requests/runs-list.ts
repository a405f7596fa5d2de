import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import { handler } from "../handler.ts";

export const runsList = handler("lookback/runs/list", async (session, { notebook, limit = 500 }) => {
  const { toEditor } = await session.names();
  const all = await listRuns(await session.store());
  const runs = all.map((run) => ({ ...run, notebook: toEditor(run.notebook) }));
  const wanted = notebook === undefined ? runs : runs.filter((run) => run.notebook === notebook);
  return { runs: wanted.slice(0, limit), total: wanted.length };
});
