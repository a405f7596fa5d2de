import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const start = `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, GroupShuffleSplit, KFold, RepeatedKFold, ShuffleSplit, StratifiedGroupKFold, StratifiedKFold, cross_val_score, train_test_split
df = pd.read_csv("visits.csv")
df["before"] = df.groupby("patient_id").cumcount()
X, y = df[["before", "dose"]], df["ill"]
`;

const fixed = (code: string) => firstFix("group-across-split", start + code, python).text.slice(start.length);

const split = (more: string, above = "") =>
  fixed(`${above}X_train, X_test, y_train, y_test = train_test_split(X, y${more})
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`);

test.each([
  ["", "test_size=0.25", ""],
  [", random_state=0", "test_size=0.25, random_state=0", ""],
  [", test_size=None", "test_size=0.25", ""],
  [", test_size=0.3, random_state=0", "test_size=0.3, random_state=0", ""],
  [", train_size=0.6", "train_size=0.6", ""],
  [", test_size=100", "test_size=100 / len(df)", ""],
  [", test_size=share", "test_size=share", "share = 0.3\n"],
  [", test_size=count", "test_size=count / len(df)", "count = 100\n"],
])("groups are put aside as rows were: train_test_split(X, y%s)", (more, expected, above) => {
  expect(split(more, above)).toContain(`GroupShuffleSplit(n_splits=1, ${expected}).split(df, groups`);
});

test.each([
  [", test_size=int(len(df) * 0.3)", ""],
  [", test_size=size", "size = sizes[0]\n"],
  [", test_size=size", "size = 0.2\nif full:\n    size = 100\n"],
  [", **how", "how = {}\n"],
])("they are not where nobody knows how many: train_test_split(X, y%s)", (more, above) => {
  expect(split(more, above)).toBe("");
});

const folds = (cv: string, above = "") =>
  fixed(`${above}print(cross_val_score(LogisticRegression(), X, y${cv}).mean())`);

test.each([
  ["", "GroupKFold(n_splits=5)", ""],
  [", cv=10", "GroupKFold(n_splits=10)", ""],
  [", cv=count", "GroupKFold(n_splits=count)", "count = 4\n"],
  [", cv=KFold(count, shuffle=True)", "GroupKFold(n_splits=count)", "count = 4\n"],
  [
    ", cv=StratifiedKFold(shuffle=True, random_state=1)",
    "StratifiedGroupKFold(n_splits=5, shuffle=True, random_state=1)",
    "",
  ],
  [", cv=ShuffleSplit()", "GroupShuffleSplit(n_splits=10, test_size=0.1)", ""],
  [", cv=ShuffleSplit(1, test_size=40)", "GroupShuffleSplit(n_splits=1, test_size=40 / len(df))", ""],
])("there are as many folds by groups as by rows: cross_val_score(model, X, y%s)", (cv, expected, above) => {
  expect(folds(cv, above)).toContain(`cv=${expected}, groups=df["patient_id"])`);
});

test.each([
  [", cv=RepeatedKFold(n_splits=3, n_repeats=2)", ""],
  [", cv=cv", "cv = how_many()\n"],
])("none are made where no splitter of groups does the same: cross_val_score(model, X, y%s)", (cv, above) => {
  expect(folds(cv, above)).toBe("");
});

test("whoever else has the splitter keeps it: a splitter of groups asks each for the groups", () => {
  expect(
    fixed(`folds = KFold(n_splits=3)
print(cross_val_score(LogisticRegression(), X, y, cv=folds).mean())
for train, test in folds.split(X, y):
    print(LogisticRegression().fit(X.iloc[train], y.iloc[train]).score(X.iloc[test], y.iloc[test]))`),
  ).toContain(`folds = KFold(n_splits=3)
print(cross_val_score(LogisticRegression(), X, y, cv=GroupKFold(n_splits=3), groups=df["patient_id"]).mean())
for train, test in folds.split(X, y):`);
});

test.each([
  "other = df.sample(frac=1)\nX, y = other[['before', 'dose']], other['ill']",
  "df.sort_values('dose', inplace=True)",
])("no groups are told that stand in another order than the rows: %s", (above) => {
  expect(folds(", cv=3", `${above}\n`)).toBe("");
});
