import { expect, test } from "vitest";
import { aMetric } from "../fixtures/a-metric.ts";
import { headlineMetric, lastModel, standingMetrics } from "./headline-metric.ts";
import type { Metric, ModelFit, Run } from "./run.ts";

const fit = (model: string, cellId: string, predicts = true) =>
  ({ model, cellId, predicts, className: model }) as ModelFit;
const cells = ["c1", "c2", "c3"].map((cellId) => ({ cellId })) as unknown as Run["cells"];

function headline(models: readonly ModelFit[], metrics: readonly Metric[]): number | undefined {
  return headlineMetric({ cells, models, metrics })?.value;
}

const of = (model: string | null, value: number, split: Metric["split"], cellId = "c2") =>
  aMetric({ name: "score", value, split, cellId, model, estimator: model });

test("rows that the model was not fitted on come before folds, unknown rows and training rows", () => {
  const splits = ["train", null, "cross-validation", "held out"] as const;
  const metrics = splits.map((split, at) => of("m1", at, split));
  expect(headline([fit("m1", "c1")], metrics)).toBe(3);
  expect(headline([fit("m1", "c1")], metrics.slice(0, 3))).toBe(2);
  expect(headline([fit("m1", "c1")], metrics.slice(0, 2))).toBe(1);
  expect(headline([fit("m1", "c1")], metrics.slice(0, 1))).toBe(0);
});

test("the last model that was scored, not one that only prepares", () => {
  const models = [fit("m1", "c1"), fit("m2", "c1"), fit("m3", "c3"), fit("m4", "c3", false)];
  expect(headline(models, [of("m2", 2, "held out"), of("m1", 1, "held out")])).toBe(2);
  expect(lastModel({ models })?.className).toBe("m3");
  expect(lastModel({ models: [fit("m4", "c3", false)] })?.className).toBe("m4");
});

test("scores of which the model is not known are the last one's where they came with or after it", () => {
  const models = [fit("m1", "c1"), fit("m2", "c3")];
  expect(headline(models, [of("m1", 1, "held out"), of(null, 2, null, "c3")])).toBe(2);
  expect(headline(models, [of("m1", 1, "held out"), of(null, 2, null, "c2")])).toBe(1);
});

test("of several as good the first name of the cell that scored last, and its last value", () => {
  const named = (name: string, value: number, cellId: string) => ({
    ...of("m1", value, "held out", cellId),
    name,
  });
  const metrics = [named("auc", 1, "c1"), named("auc", 2, "c2"), named("f1", 3, "c2")];
  expect(headline([fit("m1", "c1")], metrics)).toBe(2);
  expect(headline([fit("m1", "c1")], [...metrics, named("auc", 4, "c2")])).toBe(4);
});

test("of each name its own best founded score: one of training rows is not said where one of others is", () => {
  const named = (name: string, value: number, split: Metric["split"]) => ({
    ...of("m1", value, split),
    name,
  });
  const metrics = [
    named("accuracy", 0.6, "held out"),
    named("f1", 0.3, "held out"),
    named("accuracy", 1, "train"),
    named("f1", 1, "train"),
    named("auc", 1, "train"),
  ];
  const standing = standingMetrics({ cells, models: [fit("m1", "c1")], metrics });
  expect(standing.map(({ name, value, split }) => [name, value, split])).toEqual([
    ["accuracy", 0.6, "held out"],
    ["f1", 0.3, "held out"],
    ["auc", 1, "train"],
  ]);
});

test("without a model those that belong together, and none of none", () => {
  expect(headline([], [aMetric({ name: "lift", value: 2 }), of("m0", 1, "train")])).toBe(1);
  expect(headline([], [])).toBeUndefined();
});
