import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import { analyze } from "../../analyze.ts";

const python = await loadPython();

const found = (source: string): readonly string[] =>
  analyze(readNotebook(source, "a.py").value, { python }).findings.map(({ rule }) => rule);

/** Each town's mean of a column, put together turn by turn. */
const means = (table: string, column: string) => `means = {}
for town in ${table}["town"].unique():
    means[town] = ${table}.loc[${table}["town"] == town, "${column}"].mean()
`;
const split = "train, test = train_test_split(df)\n";
const mapped = 'train["mean"], test["mean"] = train["town"].map(means), test["town"].map(means)\n';
const judged = `model = SVC().fit(train[["mean"]], train["sold"])
print(model.score(test[["mean"]], test["sold"]))
`;
const begun = 'import pandas as pd\ndf = pd.read_csv("homes.csv")\n';

test("means of the target that a loop puts together are a target encoding", () => {
  expect(found(`${begun}${split}${means("train", "sold")}${mapped}${judged}`)).toEqual([
    "target-encoding-no-folds",
  ]);
  expect(found(`${begun}${means("df", "sold")}${split}${mapped}${judged}`)).toEqual([
    "target-encoding-before-split",
  ]);
});

test("means of another column are none", () => {
  expect(found(`${begun}${split}${means("train", "area")}${mapped}${judged}`)).toEqual([]);
});

test("what rows of one value that is written out come to is no statistic of groups", () => {
  const usual = 'train["mean"] = test["mean"] = train.loc[train["town"] == "Ulm", "sold"].mean()\n';
  expect(found(`${begun}${split}${usual}${judged}`)).toEqual([]);
});

test("what stands before each row is no statistic of groups", () => {
  const before = `before = []
for row in df.itertuples():
    earlier = df[(df["day"] < row.day) & (df["town"] == row.town)]
    before.append(earlier["sold"].mean())
df["mean"] = before
`;
  const rules = found(`${begun}${before}${split}${judged}`);
  expect(rules).not.toContain("target-encoding-before-split");
  expect(rules).not.toContain("full-history-aggregate");
});
