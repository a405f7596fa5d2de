import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { handler } from "../handler.ts";

export const runsNotebook = handler("lookback/runs/notebook", (session, { id }) =>
  session.ledgers.withRun(id, async ({ store }) => ({
    text: new TextDecoder().decode(await readRunNotebook(store, id)),
  })),
);
