import { aMetric } from "@lookback/kernel-bridge/ledger/fixtures/a-metric.ts";
import { expect, test } from "vitest";
import { rowsText, scoreLines, scoreLineText, scoreText } from "./score-lines.ts";

const rmse = (value: number) => aMetric({ name: "root_mean_squared_error", value, cellId: "c2" });

test("a loop's scores are one line with every value, and a few are a line each", () => {
  expect(scoreLines([rmse(3), rmse(2), rmse(1)]).map(({ values }) => values)).toEqual([[3], [2], [1]]);
  const [line, ...rest] = scoreLines([rmse(4), rmse(3), rmse(2), aMetric({ ...rmse(1), values: [1.5, 1] })]);
  expect(rest).toEqual([]);
  expect(line).toMatchObject({ metric: { value: 1 }, values: [4, 3, 2, 1.5, 1] });
  expect(line && scoreLineText(line)).toBe("RMSE ×5");
});

test("scores of other rows or models are other lines", () => {
  const four = (fields: object) => [1, 2, 3, 4].map((value) => ({ ...rmse(value), ...fields }));
  expect(scoreLines([...four({ split: "train" }), ...four({ split: "held out" })])).toHaveLength(2);
});

test("folds are one score with their spread", () => {
  const metric = aMetric({
    name: "cross_val_score",
    value: 0.8,
    spread: 0.05,
    folds: 5,
    values: [0.7, 0.9],
    rows: 50,
  });
  expect(scoreLines([metric])).toEqual([{ metric, values: [0.8] }]);
  expect(scoreText(metric)).toBe("0.8000 ± 0.0500");
  expect(rowsText(metric)).toBe("5 folds of 50 rows");
});

test.each([
  [{ rows: 10, split: "train" }, "on 10 training rows"],
  [{ rows: 10, split: "held out" }, "on 10 held-out rows"],
  [{ rows: 10, split: "mixed" }, "on 10 rows, some trained on"],
  [{ rows: null, split: "cross-validation" }, "on rows, each out of its fold"],
  [{ rows: 10, split: null }, "on 10 rows"],
  [{ rows: null, split: null }, ""],
] as const)("the rows of %o", (fields, text) => {
  expect(rowsText({ folds: null, ...fields })).toBe(text);
});
