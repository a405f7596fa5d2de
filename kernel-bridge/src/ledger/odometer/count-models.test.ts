import { expect, test } from "vitest";
import { countModels, type LookOf } from "./count-models.ts";

const fit = (key: string, scores: Readonly<Record<string, number>>, more: Partial<LookOf> = {}): LookOf => ({
  notebook: "n.ipynb",
  model: { fit: key },
  likeness: null,
  scores: Object.fromEntries(Object.entries(scores).map(([name, value]) => [name, [value]])),
  heldOut: Object.keys(scores),
  ...more,
});
const nameless = (values: readonly number[], more: Partial<LookOf> = {}): LookOf => ({
  ...fit("", {}),
  model: { estimator: null },
  scores: { mine: values },
  heldOut: [],
  ...more,
});
const alike = { likeness: "same class, parameters and rows" };

test.each<[string, LookOf[], number, boolean, Record<string, number[]>]>([
  ["one scored twice is one", [fit("a", { auc: 0.7, f1: 0.5 })], 1, false, { auc: [0.7], f1: [0.5] }],
  [
    "one scored in two runs is one",
    [fit("a", { auc: 0.7 }), fit("a", { f1: 0.5 })],
    1,
    false,
    { auc: [0.7], f1: [0.5] },
  ],
  [
    "two fits of which nothing is known are two",
    [fit("a", { auc: 0.7 }), fit("b", { auc: 0.7 })],
    2,
    false,
    { auc: [0.7, 0.7] },
  ],
  [
    "a notebook that ran again judged nothing new",
    [fit("a", { auc: 0.7 }, alike), fit("b", { auc: 0.7 }, alike)],
    1,
    false,
    { auc: [0.7] },
  ],
  [
    "a fit without a seed came out otherwise",
    [fit("a", { auc: 0.7 }, alike), fit("b", { auc: 0.8 }, alike)],
    2,
    false,
    { auc: [0.7, 0.8] },
  ],
  [
    "nothing says that these two are the same",
    [fit("a", { auc: 0.7 }, alike), fit("b", { f1: 0.8 }, alike)],
    2,
    false,
    { auc: [0.7], f1: [0.8] },
  ],
  [
    "a score on rows that are not known to be held out counts, and is no score to choose by",
    [fit("a", { auc: 0.7 }, { heldOut: [] })],
    1,
    false,
    {},
  ],
  [
    "models that are not known are as many as there are values",
    [nameless([0.1, 0.2]), nameless([0.2])],
    2,
    true,
    {},
  ],
  [
    "those of two notebooks are two",
    [nameless([0.1]), nameless([0.1], { notebook: "m.ipynb" })],
    2,
    true,
    {},
  ],
  ["a table alone is of a model too", [nameless([], { scores: {} })], 1, true, {}],
])("%s", (_, looks, models, isLeast, scores) => {
  const count = countModels(looks);
  expect({ ...count, scores: Object.fromEntries(count.scores) }).toEqual({ models, isLeast, scores });
});
