import { expect, it } from "vitest";
import type { Metric, ModelFit, Run } from "../format/run.ts";
import { originOfMetric } from "./origin-of-metric.ts";

const fit = (model: string | null, cellId: string) =>
  ({ model, cellId, className: `C${cellId}` }) as ModelFit;
const score = (name: string, cellId: string, model: string | null = null) =>
  ({ name, cellId, model, value: 0.5 }) as Metric;
const run = {
  id: "A",
  session: { cellsBefore: 0 },
  cells: ["1", "2", "3", "4"].map((cellId, index) => ({ cellId, index })),
  models: [fit("m1", "1"), fit("m2", "2"), fit("m3", "4")],
  metrics: [score("auc", "3", "m1"), score("auc", "3", "m2"), score("mae", "3")],
  datasets: [
    { access: "read", path: "a", cellId: "1" },
    { access: "read", path: "b", cellId: "4" },
  ],
} as unknown as Run;

it.each<[string, object, string, number]>([
  ["the one that stands for a name, here of the last model", { name: "auc" }, "m2", 0],
  ["one by its place, of the model it is a score of", { at: 0 }, "m1", 0],
  ["the last of all, whose model is not known", {}, "m2", 1],
])("finds the origin of %s", (_, wish, model, unknown) => {
  const origin = originOfMetric(run, wish);
  expect([origin.model?.model, origin.unknown.length]).toEqual([model, unknown]);
  expect(origin.cells.map(({ cellId }) => cellId)).toEqual(["1", "2", "3"]);
  expect(origin.datasets.map(({ path }) => path)).toEqual(["a"]);
});

it("says what there is where there is no such metric", () => {
  expect(() => originOfMetric(run, { name: "rmse" })).toThrow("Run A has no metric rmse.");
  expect(() => originOfMetric(run, { at: 7 })).toThrow("Run A has no such metric.");
});
