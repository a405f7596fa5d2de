import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import type { Notebook } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { firstFix, foundBy } from "./first-fix.ts";
import { provenFixes } from "./proven-fixes.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const written = (read: string, between = "") => `import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.utils import shuffle
df = ${read}
df["before"] = df["amount"].shift(1)
${between}
X_train, X_test, y_train, y_test = train_test_split(df[["before"]], df["amount"], random_state=0)
print(Ridge().fit(X_train, y_train).score(X_test, y_test))`;

const kindsOf = (code: string) => fixesOf("random-split-on-time", code);

const fixesOf = (rule: string, code: string) => {
  const notebook = readNotebook(code, "a.py").value;
  const look = (one: Notebook) => analyze(one, { python });
  const analysis = look(notebook);
  return foundBy(rule, analysis)
    .flatMap((finding) => provenFixes(notebook, analysis, finding, { python, analyze: look }))
    .map(({ kind, title }) => `${kind}: ${title}`);
};

const sorted = 'pd.read_csv("data.csv", parse_dates=["date"]).sort_values("date")';

test("rows that are sorted by time are cut where they stand", () => {
  expect(kindsOf(written(sorted))).toEqual(["automatic: Keep the rows in order: shuffle=False"]);
});

test("rows that are told apart may stand on both sides of that cut too, for a person to judge", () => {
  expect(kindsOf(written(sorted, 'print(df.groupby("customer_id")["amount"].mean())'))).toEqual([
    "suggestion: Keep the rows in order: shuffle=False",
  ]);
});

test("rows of a table that is read with moments are sorted by these first", () => {
  const { text } = firstFix(
    "random-split-on-time",
    written('pd.read_csv("data.csv", parse_dates=["date"])'),
    python,
  );
  expect(text).toContain('parse_dates=["date"])\ndf = df.sort_values("date")\ndf["before"]');
  expect(text).toContain("shuffle=False)");
});

test.each([
  ["nothing says when", 'pd.read_csv("data.csv")', ""],
  ["they are sorted by something else", 'pd.read_csv("data.csv").sort_values("amount")', ""],
  ["the latest stands first", 'pd.read_csv("data.csv").sort_values("date", ascending=False)', ""],
  ["they are sorted by whom first", 'pd.read_csv("data.csv").sort_values(["city", "date"])', ""],
  ["they are drawn since", sorted, "df = df.sample(frac=1)"],
  ["they are shuffled since", sorted, "df = shuffle(df)"],
  ["they are turned around since", sorted, "df = df[::-1]"],
  ["they are sorted again", sorted, 'df = df.sort_values("amount")'],
  ["they are put together again", sorted, "df = pd.concat([df[300:], df[:300]])"],
])("no cut where they stand is offered where %s", (_, read, between) => {
  expect(kindsOf(written(read, between)).filter((one) => one.includes("shuffle=False"))).toEqual([]);
});

const joinFix = (between: string) =>
  fixesOf(
    "join-not-as-of",
    `import pandas as pd
from sklearn.model_selection import train_test_split
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
states = pd.read_csv("states.csv", parse_dates=["valid_at"])
joined = pd.merge(labels, states, on="customer")
${between}
train, test = train_test_split(joined, random_state=0)
print(SVC().fit(train[["balance"]], train["paid"]).score(test[["balance"]], test["paid"]))`,
  );

test("what is joined as of a moment is cut in its order, which the fix says, and where nothing moves it since", () => {
  expect(joinFix("")).toEqual([
    "suggestion: Join as of the row's time, the same moment left out, and cut in time's order",
  ]);
  expect(joinFix("joined = joined.sample(frac=1)")).toEqual([]);
});
