import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { foundBy } from "./first-fix.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const kindsOf = (sorted: string, fill: string) => {
  const code = `df = pd.read_csv("data.csv").sort_values(${sorted})
${fill}
train, test = df[:800], df[800:]
model = Ridge().fit(train[["amount"]], train["sold"])
print(model.score(test[["amount"]], test["sold"]))
`;
  const analysis = analyze(readNotebook(code, "a.py").value, { python });
  return foundBy("backfilled-feature", analysis).flatMap((finding) => finding.plan().map(({ kind }) => kind));
};

test("one column of one series is filled from earlier rows by itself", () => {
  expect(kindsOf('"date"', 'df["amount"] = df["amount"].bfill()')).toEqual(["automatic"]);
});

test.each([
  ["the answers are filled too", '"date"', "df = df.bfill()"],
  ["nobody says which columns are filled", '"date"', "df[few] = df[few].bfill()"],
  ["several are", '"date"', 'df[["amount", "sold"]] = df[["amount", "sold"]].bfill()'],
  ["rows are of several", '["city", "date"]', 'df["amount"] = df["amount"].bfill()'],
  ["rows are told apart", '["city", "date"]', 'df["amount"] = df.groupby("city")["amount"].bfill()'],
  [
    "rows are told apart elsewhere",
    '"date"',
    'print(df.groupby("city")["amount"].mean())\ndf["amount"] = df["amount"].bfill()',
  ],
])("it is for a person to judge where %s", (_, sorted, fill) => {
  expect(kindsOf(sorted, fill)).not.toContain("automatic");
});

test("what many fills of one table learn is planned once, and is one change for all of them", () => {
  const columns = ["a", "b", "c"];
  const code = `df = pd.read_csv("data.csv")
${columns.map((one) => `df["${one}"] = df["${one}"].fillna(df["${one}"].mean())`).join("\n")}
X_train, X_test, y_train, y_test = train_test_split(df[${JSON.stringify(columns)}], df["y"])
print(SVC().fit(X_train, y_train).score(X_test, y_test))
`;
  const [first, ...others] = foundBy(
    "imputer-before-split",
    analyze(readNotebook(code, "a.py").value, { python }),
  );
  const [edits] = first.plan().map((fix) => fix.edits);
  expect(edits?.length).toBeGreaterThan(columns.length);
  expect(others).toHaveLength(2);
  for (const other of others) expect(other.plan()[0]?.edits).toBe(edits);
  expect(first.plan()).toBe(first.plan());
});
