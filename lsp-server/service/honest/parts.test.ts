import { analyze } from "@lookback/language/leakage/analyze.ts";
import { fixKinds } from "@lookback/language/leakage/fixes/fix-kinds.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { expect, it, test } from "vitest";
import { loadPython } from "../files/load-python.ts";
import { composeCopy } from "./compose-copy.ts";
import { partsOf } from "./parts.ts";

const series = `df = pd.read_csv("a.csv", parse_dates=["date"]).sort_values("date")
df["lag"] = df["level"].shift(1)
X, y = df[["lag", "level"]], df["y"]`;
const split = "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)";
const scored = "SVC().fit(X_train, y_train).score(X_test, y_test)";

async function read(...cells: readonly string[]) {
  const notebook = readNotebook(cells.join("\n# %%\n"), "a.py").value;
  const python = await loadPython();
  const look = { python, analyze: (each: Notebook) => analyze(each, { python }) };
  const originals = look.analyze(notebook).findings.filter(({ severity }) => severity !== "information");
  return { notebook, originals, look };
}

test.each<[string, readonly string[], { parts: readonly string[][]; unfixed: readonly string[] }]>([
  [
    "two that are fixed apart",
    [series, "X = StandardScaler().fit_transform(X)", split, scored],
    { parts: [["scaler-before-split"], ["random-split-on-time"]], unfixed: [] },
  ],
  [
    "two that one fix removes, as one",
    [series, "X = SimpleImputer().fit_transform(X)\nX = StandardScaler().fit_transform(X)", split, scored],
    { parts: [["imputer-before-split", "scaler-before-split"], ["random-split-on-time"]], unfixed: [] },
  ],
  [
    "one that no fix removes, apart from those that can be",
    [series, `X["mean"] = df.groupby("level")["y"].transform("mean")`, split, scored],
    { parts: [["random-split-on-time"]], unfixed: ["target-encoding-before-split"] },
  ],
])("%s", async (_, cells, { parts, unfixed }) => {
  const { notebook, originals, look } = await read(...cells);
  const found = partsOf(notebook, originals, originals, look);
  expect(found.parts.map(({ findings }) => findings.map(({ rule }) => rule))).toEqual(parts);
  expect(found.unfixed.map(({ rule }) => rule)).toEqual(unfixed);
  expect(found.gone).toEqual([]);
});

it("fixes on a copy what is wanted and nothing else", async () => {
  const { notebook, originals, look } = await read(
    series,
    "X = StandardScaler().fit_transform(X)",
    split,
    scored,
  );
  const [scaler, time] = originals;
  const only = composeCopy(notebook, new Set([time!]), originals, look);
  const text = only.notebook.cells.map(({ source }) => source).join("\n");
  const ordered = split.replace("random_state=0", "shuffle=False");
  expect(text).toBe([series, "X = StandardScaler().fit_transform(X)", ordered, scored].join("\n# %%\n"));
  expect(only).toMatchObject({ stuck: [], lost: null });
  const both = composeCopy(notebook, new Set([scaler!, time!]), originals, look);
  expect([...both.made.keys()]).toEqual([scaler, time]);
  expect(look.analyze(both.notebook).findings.map(({ rule }) => rule)).toEqual([]);
});

it("knows what is left where a fix leaves a mention that folds of the training rows rest on", async () => {
  const { notebook, look } = await read(
    `df = pd.read_csv("a.csv")\nX, y = df[["a", "b"]], df["y"]`,
    "scaler = StandardScaler()\nX = scaler.fit_transform(X)",
    split,
    `print(cross_val_score(SVC(), X_train, y_train).mean())\n${scored}`,
  );
  const originals = look.analyze(notebook).findings;
  const [scaler] = originals.filter(({ severity }) => severity !== "information");
  const copy = composeCopy(notebook, new Set([scaler!]), originals, look);
  expect([...copy.made.keys()]).toEqual([scaler]);
  expect(copy).toMatchObject({ stuck: [], lost: null });
  expect(copy.mentions.map(({ rule, severity }) => [rule, severity])).toEqual([
    ["scaler-before-split", "information"],
  ]);
});

it("has a bit for every rule that a fix is known for, should all be found in one notebook", () => {
  expect(new Set(fixKinds.flatMap(({ rules }) => rules)).size).toBeLessThan(31);
});
