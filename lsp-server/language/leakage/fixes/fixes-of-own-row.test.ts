import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { foundBy } from "./first-fix.ts";

const python = await loadPython();

const offered = (window: string) => {
  const code = `
import pandas as pd
from sklearn.linear_model import Ridge
df = pd.read_csv("sales.csv", parse_dates=["day"]).sort_values("day")
df["before"] = ${window}
train, test = df[:800], df[800:]
model = Ridge().fit(train[["before"]], train["sold"])
print(model.score(test[["before"]], test["sold"]))`;
  const analysis = analyze(readNotebook(code, "a.py").value, { python });
  const [finding] = foundBy("include-current-row", analysis);
  return finding.plan().map(({ title, kind }) => `${kind}: ${title}`);
};

test.each([
  'df["sold"].rolling(7, min_periods=1).mean()',
  'df["sold"].rolling(7, 1).mean()',
  'df["sold"].rolling("7D").mean()',
  'df["sold"].expanding().mean()',
  'df["sold"].ewm(3).mean()',
  'df["sold"].cumsum()',
  'df.groupby("shop")["sold"].transform(lambda s: s.expanding().mean())',
])("where a window has a value for the first row, that it has none afterwards is said: %s", (window) => {
  expect(offered(window)).toEqual([
    "suggestion: Shift first: shift(1); a row with none before it has no value then",
  ]);
});

test("where it has one for the first row of each group, it is the same", () => {
  expect(offered('df.groupby("shop")["sold"].rolling(3, min_periods=1).mean().values')).toEqual([
    'suggestion: Leave the row out: closed="left"; a row with none before it has no value then',
  ]);
});

test.each([
  'df["sold"].rolling(3).mean()',
  'df["sold"].rolling(7, min_periods=2).mean()',
  'df["sold"].diff()',
])("where the first row has none already, nothing is said: %s", (window) => {
  expect(offered(window)).toEqual(["automatic: Shift first: shift(1)"]);
});
