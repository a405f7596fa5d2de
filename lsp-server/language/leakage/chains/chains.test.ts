import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { settingsOf } from "../settings/settings.ts";
import { oneAChain } from "./one-a-chain.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const end = `
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)`;

function entriesOf(code: string, rules = {}) {
  const notebook = readNotebook(code.replace(/^\n/, ""), "a.py").value;
  const settings = settingsOf([{ from: "a test", rules }]);
  const entries = oneAChain(analyze(notebook, { python, settings }).findings);
  return entries.map((entry) => ({ ...entry, line: entry.range.start.line + 1, count: entry.steps.length }));
}

const three = `
df = pd.read_csv("a.csv")
X = SimpleImputer().fit_transform(df[["a", "b"]])
X = StandardScaler().fit_transform(X)
X = PCA(2).fit_transform(X)${end}`;

describe("preparations one after the other", () => {
  test("are one finding where the first stands, with every step in its message and path", () => {
    expect(entriesOf(three)).toMatchObject([
      {
        line: 2,
        count: 3,
        rule: "imputer-before-split",
        severity: "warning",
        title: "The imputer, the scaler and the PCA have seen the test rows",
        message:
          "`SimpleImputer`, `StandardScaler` and `PCA` were computed one after the other from all rows of `a.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
      },
    ]);
    const [entry] = entriesOf(three);
    expect(entry?.path.map(({ role, range }) => `${role} ${range.start.line + 1}`)).toEqual([
      "source 2",
      "source 3",
      "source 4",
      "split 5",
      "fit 6",
      "evaluate 6",
    ]);
  });

  test("stand on each other through the columns that both met", () => {
    const entries = entriesOf(`
df = pd.read_csv("a.csv")
df["a"] = df["a"].fillna(df["a"].median())
df["b"] = df["b"].fillna(df["b"].mean())
df[["b", "c"]] = StandardScaler().fit_transform(df[["b", "c"]])
X = df[["a", "b", "c"]]${end}`);
    expect(entries).toMatchObject([
      { line: 2, count: 1, message: expect.stringContaining("`median` for `a`") },
      { line: 3, count: 2, title: "The mean and the scaler have seen the test rows" },
    ]);
    expect(entries[1]?.message).toMatch(
      /^`mean` \(for .*\) and `StandardScaler` \(for `b` and `c`\) were computed one after the other/,
    );
  });

  test("are apart where none learned from what another made, though their columns stand side by side in the end", () => {
    const apart = `
df = pd.read_csv("a.csv")
numbers = StandardScaler().fit_transform(df[["a"]])
places = MinMaxScaler().fit_transform(df[["b"]])
X = np.hstack([numbers, places])${end}`;
    expect(entriesOf(apart).map(({ line, count }) => [line, count])).toEqual([
      [2, 1],
      [3, 1],
    ]);
    const met = apart.replace("places])", "places])\nX = PCA(2).fit_transform(X)");
    expect(entriesOf(met)).toMatchObject([{ line: 2, count: 3 }]);
  });

  test("are counted as preparations where they are many, beside how many columns each met", () => {
    const names = [
      "SimpleImputer",
      "StandardScaler",
      "MinMaxScaler",
      "RobustScaler",
      "Normalizer",
      "MaxAbsScaler",
      "QuantileTransformer",
    ];
    const steps = names.map((name) => `df[inputs] = ${name}().fit_transform(df[inputs])`).join("\n");
    const [entry] = entriesOf(`
df = pd.read_csv("a.csv")
inputs = ["a", "b", "c"]
${steps}
X = df[["a", "b", "c", "d"]]${end}`);
    expect(entry?.message).toMatch(
      /^`SimpleImputer` \(for `a`, `b` and 1 more\), .* and \d more preparations were computed one after the other/,
    );
  });

  test("are apart where they reach other scores", () => {
    const entries = entriesOf(`
df = pd.read_csv("a.csv")
X = SimpleImputer().fit_transform(df[["a", "b"]])${end}
X = StandardScaler().fit_transform(X)${end}`);
    expect(entries.map(({ line, count }) => [line, count])).toEqual([
      [2, 1],
      [5, 1],
    ]);
  });

  test("say of which rows each was computed where these differ", () => {
    const [entry] = entriesOf(`
df = pd.read_csv("a.csv")
df["a"] = df["a"].fillna(df["a"].median())
df = pd.concat([df, pd.read_csv("b.csv")])
df["a"] = StandardScaler().fit_transform(df[["a"]])
X = df[["a"]]${end}`);
    expect(entry?.message).toBe(
      "`median` (for `a`) was computed from all rows of `a.csv`, test rows included, then `StandardScaler` (for `a`) from all rows, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    );
  });

  test("of what is put together from files to be answered are one finding too", () => {
    expect(
      entriesOf(`
train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
both = pd.concat([train, test])
both["fare"] = both["fare"].fillna(both["fare"].median())
both["fare"] = StandardScaler().fit_transform(both[["fare"]])
train, test = both[: len(train)], both[len(train) :]
model = SVC().fit(train[["fare"]], train["survived"])
answers = model.predict(test[["fare"]])`),
    ).toMatchObject([
      {
        rule: "train-test-concat-stat",
        count: 2,
        title: "The median and the scaler have seen the rows to be answered",
      },
    ]);
  });
});

describe("a step of a chain", () => {
  test("that is allowed is left out of it, and the others stay together", () => {
    const code = three.replace("\nX = Stand", "\n# lookback: allow scaler-before-split — known\nX = Stand");
    // The scaler and the PCA are findings of one rule: the comment speaks for its own statement alone.
    expect(entriesOf(code)).toMatchObject([
      { line: 2, count: 2, title: "The imputer and the PCA have seen the test rows" },
    ]);
  });

  test("whose rule is off is left out of it", () => {
    expect(entriesOf(three, { "imputer-before-split": "off" })).toMatchObject([
      { line: 3, count: 2, title: "The scaler and the PCA have seen the test rows" },
    ]);
  });

  test("that counts as an error makes the chain one", () => {
    expect(entriesOf(three, { "imputer-before-split": "error" })).toMatchObject([{ severity: "error" }]);
  });

  test("that is the last one left stands for itself", () => {
    expect(entriesOf(three, { "scaler-before-split": "off" })).toMatchObject([
      { count: 1, title: expect.not.stringContaining("have seen") },
    ]);
  });
});
