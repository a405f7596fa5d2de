import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { firstFix } from "./first-fix.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

/** What is fixed of rows that are asked about as the split gave them. */
const alike = (prepared: string, learned = "X_train", asked = "X_test") =>
  firstFix(
    "train-only-transform",
    `
import numpy as np
df = pd.read_csv("people.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["age", "income"]], df["ill"])
sc = StandardScaler()
${prepared}
model = SVC().fit(${learned}, y_train)
print(model.score(${asked}, y_test))`,
    python,
  ).text;

describe("rows that are asked about are prepared as the training rows", () => {
  test.each([
    [
      'X_train[["income"]] = sc.fit_transform(X_train[["income"]])',
      'X_test[["income"]] = sc.transform(X_test[["income"]])',
    ],
    ['X_train["income"] = np.log1p(X_train["income"])', 'X_test["income"] = np.log1p(X_test["income"])'],
  ])("in the same columns: %s", (line, beside) => {
    expect(alike(line)).toContain(`${line}\n${beside}\nmodel = `);
  });

  test.each([
    ["X_train = sc.fit_transform(X_train)", "X_train", "X_test"],
    ["scaled = sc.fit_transform(X_train)", "scaled", "X_test"],
    ["", "sc.fit_transform(X_train)", "X_test"],
    ['scaled = sc.fit_transform(X_train[["income"]])', "scaled", 'X_test[["income"]]'],
  ])("in all of them: %s %s %s", (line, learned, asked) => {
    expect(alike(line, learned, asked)).toContain(`print(model.score(sc.transform(${asked}), y_test))`);
  });

  test.each([
    [
      "a part of what was made is learned from",
      "scaled = sc.fit_transform(X_train)\nscaled = scaled[:, :1]",
      "scaled",
    ],
    ["other columns are asked about", 'scaled = sc.fit_transform(X_train[["income"]])', "scaled"],
    [
      "gaps were filled too",
      "X_train = SimpleImputer().fit_transform(X_train)\nX_train = sc.fit_transform(X_train)",
      "X_train",
    ],
    ["it learned from others since", "scaled = sc.fit_transform(X_train)\nsc.fit(df)", "scaled"],
    [
      "somebody who learned before is asked as well",
      'old = SVC().fit(X_train, y_train)\nX_train[["income"]] = sc.fit_transform(X_train[["income"]])\nprint(old.score(X_test, y_test))',
      "X_train",
    ],
  ])("and left where %s", (_, prepared, learned) => {
    expect(alike(prepared, learned)).toBe("");
  });
});
