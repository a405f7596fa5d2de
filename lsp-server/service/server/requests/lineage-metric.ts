import { originOfMetric } from "@lookback/kernel-bridge/ledger/lineage/origin-of-metric.ts";
import { readLineage } from "@lookback/kernel-bridge/ledger/lineage/read-lineage.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { handler } from "../handler.ts";
import { inEditor } from "./lineage-graph.ts";

export const lineageMetric = handler("lookback/lineage/metric", (session, { id, ...wish }) =>
  session.ledgers.withRun(id, async (ledger) => {
    const run = await showRun(ledger.store, id);
    const origin = originOfMetric(run, wish);
    const lineage = await readLineage(ledger.store, { run: run.id }, { down: false });
    const datasets = origin.datasets.map((each) => ({ ...each, path: ledger.toEditor(each.path) }));
    return { ...origin, datasets, lineage: inEditor(ledger, lineage) };
  }),
);
