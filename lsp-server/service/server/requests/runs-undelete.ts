import { undeleteRuns } from "@lookback/kernel-bridge/ledger/delete/delete-runs.ts";
import { deletedRuns } from "@lookback/kernel-bridge/ledger/delete/deleted-runs.ts";
import { authorAt } from "@lookback/kernel-bridge/ledger/marks/author.ts";
import { handler } from "../handler.ts";

export const runsUndelete = handler("lookback/runs/undelete", async (session, { ids }) => {
  const { ledgers, failures } = await session.ledgers.all();
  if (ledgers.length === 0 && failures.length > 0) throw failures[0];
  const back: string[] = [];
  for (const { store, writable } of ledgers) {
    const deleted = await deletedRuns(store);
    const here = ids.filter((id) => deleted.some(({ run }) => run === id));
    if (here.length > 0)
      back.push(...(await undeleteRuns(await writable(), here, await authorAt(store.root))));
  }
  if (back.length > 0) session.tellOfRun(null);
  return { runs: back };
});
