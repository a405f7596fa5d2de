import { waitingRuns } from "@lookback/kernel-bridge/ledger/record/waiting-runs.ts";
import { handler } from "../handler.ts";

export const runsWaiting = handler("lookback/runs/waiting", async (session) => {
  const { ledgers } = await session.ledgers.all();
  const lists = ledgers.map(async ({ store, toEditor }) =>
    (await waitingRuns(store)).map((run) => ({ ...run, notebook: toEditor(run.notebook) })),
  );
  return { runs: (await Promise.all(lists)).flat() };
});
