import { readRanSources } from "@lookback/kernel-bridge/ledger/read/ran-sources.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { sourcesOfRun } from "@lookback/kernel-bridge/ledger/read/sources-of-run.ts";
import { handler } from "../handler.ts";

export const runsNotebook = handler("lookback/runs/notebook", (session, { id }) =>
  session.ledgers.withRun(id, async ({ store }) => {
    const [run, bytes] = await Promise.all([showRun(store, id), readRunNotebook(store, id)]);
    const sources = sourcesOfRun(run, bytes, await readRanSources(store, run));
    return { text: new TextDecoder().decode(bytes), sources };
  }),
);
