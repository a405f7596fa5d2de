import { authorAt } from "@lookback/kernel-bridge/ledger/marks/author.ts";
import { markRun } from "@lookback/kernel-bridge/ledger/marks/mark-run.ts";
import { handler } from "../handler.ts";

export const runsMark = handler("lookback/runs/mark", (session, { id, marks }) =>
  session.ledgers.withRun(id, async ({ store, writable }) => {
    const marked = await markRun(await writable(), id, marks, await authorAt(store.root));
    session.tellOfRun(null);
    return marked;
  }),
);
