import { beforeAll, expect, it } from "vitest";
import { exportAll, type Outcome } from "./fixture-export.ts";

/** What a run's observer kept of the rows that went into each fit is what is asked, whatever else the notebook holds. */
const cases: Record<
  string,
  { readonly model: string; readonly inputs: readonly string[]; readonly first: readonly unknown[] }
> = {
  "an array beside a larger one of its width": {
    model: "fit(LinearRegression(), scaled, y, {'scaled': scaled, 'raw': np.r_[raw, raw]})",
    inputs: ["x0", "x1"],
    first: [0, 0],
  },
  "an array that has no name any more": {
    model: "fit(LinearRegression(), scaled, y, {})",
    inputs: ["x0", "x1"],
    first: [0, 0],
  },
  "a frame whose columns are numbers": {
    model: "fit(LinearRegression(), pd.DataFrame(scaled), y, {'raw': raw})",
    inputs: ["0", "1"],
    first: [0, 0],
  },
  "a frame beside one of other types": {
    model: "fit(LinearRegression(), whole, y, {'larger': pd.concat([whole, whole]).astype(float) + 0.5})",
    inputs: ["a", "b"],
    first: [10, 100],
  },
  "a sparse matrix": {
    model: "fit(LinearRegression(), csr_matrix(scaled), y, {})",
    inputs: ["x0", "x1"],
    first: [0, 0],
  },
  "a list of rows": {
    model: "fit(LinearRegression(), scaled.tolist(), y, {})",
    inputs: ["x0", "x1"],
    first: [0, 0],
  },
  "a column of texts": {
    model: "fit(make_pipeline(CountVectorizer(), LinearRegression()), said, y, {})",
    inputs: ["text"],
    first: ["row 0"],
  },
  "dicts that have no name any more": {
    model: "fit(make_pipeline(DictVectorizer(), LinearRegression()), whole.to_dict('records'), y, {})",
    inputs: ["a", "b"],
    first: [10, 100],
  },
  "several values that the target names": {
    model: "fit(LinearRegression(), scaled, pd.DataFrame({'high': y, 'low': -y}), {}, ['high', 'low'])",
    inputs: ["x0", "x1"],
    first: [0, 0],
  },
  "a class of the notebook, beside a frame that has the target, too": {
    model: "fit(Own(), whole, y, {'table': whole.assign(target=y)})",
    inputs: ["a", "b"],
    first: [10, 100],
  },
};

const setup = `
import sys, types
import numpy as np, pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
scaled = np.c_[np.arange(30) / 30, np.arange(30) % 7 / 7]
raw = scaled * 1000 + 5
whole = pd.DataFrame({"a": np.arange(30) + 10, "b": np.arange(30) % 7 + 100})
y = np.arange(30.0)
said = pd.Series([f"row {at}" for at in range(30)])
class Own:
    def fit(self, rows, target):
        return self
    def predict(self, rows):
        return rows["a"].to_numpy() * 0.5
kept = {}
class Models:
    def rows_of(self, model):
        return kept[id(model)][0]
    def targets_of(self, model):
        return kept[id(model)][1]
start = types.ModuleType("_lookback_observer.start")
start._observers = [types.SimpleNamespace(models=Models())]
sys.modules["_lookback_observer.start"] = start
def fit(model, rows, target, names, targets=None):
    kept[id(model)] = rows, targets
    return model.fit(rows, target), names
`;

let outcomes: Readonly<Record<string, Outcome>>;
beforeAll(async () => {
  const models = Object.entries(cases).map(([name, { model }]) => [name, model]);
  outcomes = await exportAll(setup, Object.fromEntries(models));
}, 120_000);

it.each(Object.entries(cases))("%s: is asked with the rows of its fit", (name, { inputs, first }) => {
  const { exported, refused } = outcomes[name]!;
  expect(refused).toBeNull();
  expect(exported!.inputs.map((input) => input.name)).toEqual(inputs);
  expect(exported!.sample.rows).toHaveLength(30);
  expect(exported!.sample.rows[0]).toEqual(first);
});

it("names several values as the target did, and keeps whole numbers whole", () => {
  expect(outcomes["several values that the target names"]!.exported!.output).toEqual({
    ...{ kind: "value", classes: null, names: ["high", "low"] },
  });
  const whole = outcomes["a frame beside one of other types"]!.exported!;
  expect(whole.inputs.map(({ type }) => type)).toEqual(["int64", "int64"]);
});
