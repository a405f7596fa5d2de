import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { collect, planCollect } from "@lookback/kernel-bridge/ledger/delete/collect.ts";
import { authorAt } from "@lookback/kernel-bridge/ledger/marks/author.ts";
import { handler } from "../handler.ts";

export const storesCollect = handler("lookback/stores/collect", async (session, { folder, dryRun }) => {
  const { ledgers } = await session.ledgers.all();
  const ledger = ledgers.find(({ store }) => store.root === folder);
  if (ledger === undefined) {
    throw new Failure(
      "workspace/no-folder",
      `${folder} is the root of no ledger that is open. Nothing was freed.`,
      {
        advice: "Open the folder that holds it.",
      },
    );
  }
  const { store, writable, toEditor } = ledger;
  const garbage = dryRun
    ? await planCollect(store)
    : await collect(await writable(), await authorAt(store.root));
  return {
    ...garbage,
    runs: garbage.runs.map((run) => ({ ...run, notebook: toEditor(run.notebook) })),
    data: garbage.data.map((each) => ({ ...each, path: toEditor(each.path) })),
  };
});
