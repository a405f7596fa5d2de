import { expect, test } from "vitest";
import { runRows } from "./run-rows.ts";
import { runSummary } from "./sample-run.ts";
import { orderText, sortableMetrics, sortRuns } from "./sort-runs.ts";

const run = (id: string, metrics: Record<string, number>, over = {}) => runSummary({ id, metrics, ...over });
const runs = [
  run("5", { auc: 0.7, log_loss: 0.5 }),
  run("4", { auc: 0.99 }, { trust: "leaky", leaks: 1 }),
  run("3", { auc: 0.8, log_loss: 0.6 }),
  run("2", { auc: 1, mae: 0.1 }, { trainingMetrics: ["auc"] }),
  run(
    "6",
    { auc: 0.98 },
    { origin: { kind: "honest", run: "4", asWritten: { name: "auc", value: 1 }, fixes: [] } },
  ),
  run("1", { auc: 0.95 }, { outcome: { kind: "error", name: "E", message: "", cellId: "c" } }),
];
const order = (metric: string | null) =>
  sortRuns(runRows(runs), metric)
    .map((row) => row.run.id)
    .join("");

test.each([
  [null, "543261"],
  ["auc", "354261"],
  ["log_loss", "534261"],
  ["f1", "543261"],
])("sorts by %s: %s", (metric, ids) => {
  expect(order(metric)).toBe(ids);
});

test("offers the metrics of most runs first", () => {
  expect(sortableMetrics(runs)).toEqual(["auc", "log_loss", "mae"]);
});

test.each([
  [null, "newest first"],
  ["roc_auc_score", "best AUC first"],
  ["log_loss", "best log loss first"],
  ["wibble", "highest wibble first"],
])("says what comes first by %s: %s", (metric, says) => {
  expect(orderText(metric)).toBe(says);
});

test("a run whose headline rests on no leak is ranked by it, and not by a score that does", () => {
  const elsewhere = { reaching: 0, unknown: 0, elsewhere: 1 };
  const leaksOf = { auc: elsewhere, f1: { ...elsewhere, reaching: 1 }, mae: { ...elsewhere, unknown: 1 } };
  const rows = runRows([
    run("2", { auc: 0.7, f1: 0.7, mae: 0.5 }),
    run("1", { auc: 0.9, f1: 0.9, mae: 0.1 }, { leaksOf }),
  ]);
  const first = (metric: string) => sortRuns(rows, metric)[0]?.run.id;
  expect([first("auc"), first("f1"), first("mae")]).toEqual(["1", "2", "2"]);
});
