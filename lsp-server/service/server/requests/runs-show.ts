import { headlineMetric } from "@lookback/kernel-bridge/ledger/format/headline-metric.ts";
import { marksOf } from "@lookback/kernel-bridge/ledger/marks/marks-of.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { handler } from "../handler.ts";

export const runsShow = handler("lookback/runs/show", (session, { id }) =>
  session.ledgers.withRun(id, async ({ store, toEditor }) => {
    const run = await showRun(store, id);
    const { marks } = await marksOf(store, run.id);
    return {
      ...run,
      marks,
      headline: headlineMetric(run),
      notebook: toEditor(run.notebook),
      datasets: run.datasets.map((dataset) => ({ ...dataset, path: toEditor(dataset.path) })),
    };
  }),
);
