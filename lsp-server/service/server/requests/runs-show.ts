import { headlineMetric } from "@lookback/kernel-bridge/ledger/format/headline-metric.ts";
import { marksOf } from "@lookback/kernel-bridge/ledger/marks/marks-of.ts";
import { readOdometers } from "@lookback/kernel-bridge/ledger/odometer/read-odometer.ts";
import { sayOdometer } from "@lookback/kernel-bridge/ledger/odometer/say-odometer.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { handler } from "../handler.ts";

export const runsShow = handler("lookback/runs/show", (session, { id }) =>
  session.ledgers.withRun(id, async ({ store, toEditor }) => {
    const run = await showRun(store, id);
    const [{ marks }, odometers] = await Promise.all([marksOf(store, run.id), readOdometers(store, run)]);
    return {
      ...run,
      marks,
      headline: headlineMetric(run),
      looks: run.metrics.map((metric, at) => sayOdometer(metric, odometers[at] ?? null)),
      notebook: toEditor(run.notebook),
      datasets: run.datasets.map((dataset) => ({ ...dataset, path: toEditor(dataset.path) })),
    };
  }),
);
