import { collect, planCollect } from "@lookback/kernel-bridge/ledger/delete/collect.ts";
import { authorAt } from "@lookback/kernel-bridge/ledger/marks/author.ts";
import { handler } from "../handler.ts";

export const storesCollect = handler("lookback/stores/collect", async (session, { folder, dryRun }) => {
  const { store, writable, toEditor } = await session.ledgers.rooted(folder);
  const garbage = dryRun
    ? await planCollect(store)
    : await collect(await writable(), await authorAt(store.root));
  return {
    ...garbage,
    runs: garbage.runs.map((run) => ({ ...run, notebook: toEditor(run.notebook) })),
    data: garbage.data.map((each) => ({ ...each, path: toEditor(each.path) })),
  };
});
