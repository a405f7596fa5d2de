import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import { type Notebook, notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";
import { composed } from "./composed.ts";
import { firstFix, foundBy } from "./first-fix.ts";
import { tryFixes } from "./proven-fixes.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const compared = (above: string) => `
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["a", "b"]], df["y"], random_state=0)
${above}
one, other = SVC().fit(X_train, y_train), GaussianNB()
print(one.score(X_test, y_test))
other.fit(X_train, y_train)
print(other.score(X_test, y_test))
last = Ridge().fit(X_train, y_train)
print(last.score(X_test, y_test))`;

test("a fix that brings to light what stood in the shadow of its finding is offered with that one's own", () => {
  const scaled = "sc = StandardScaler()\nX_train = sc.fit_transform(X_train)\nX_test = sc.transform(X_test)";
  const { titles, text } = firstFix("multi-test", compared(scaled), python);
  expect(titles).toEqual([
    "Compare the models by folds of the training rows, and leave the test rows for one last score; prepare in every fold anew: StandardScaler in a pipeline",
  ]);
  expect(text).toContain("X_train_raw = X_train\nX_train = sc.fit_transform(X_train)");
  expect(text).toContain("cross_val_score(make_pipeline(sc, one), X_train_raw, y_train).mean()");
  expect(text).toContain("cross_val_score(make_pipeline(sc, other), X_train_raw, y_train).mean()");
  expect(text).toContain("print(last.score(X_test, y_test))");
});

test("it is not offered where nothing removes what it brings, and what stands in the way is told", () => {
  const scaled =
    "def centred(t):\n    return t - t.mean()\nX_train, X_test = centred(X_train), centred(X_test)";
  const notebook = readNotebook(compared(scaled).trimStart(), "a.py").value;
  const look = { python, analyze: (each: Notebook) => analyze(each, { python }) };
  const analysis = look.analyze(notebook);
  const [finding] = foundBy("multi-test", analysis);
  const tried = tryFixes(notebook, analysis, finding, look);
  expect(tried.map(({ refusal }) => refusal?.brings ?? null)).toEqual([
    "scaler-before-split",
    "scaler-before-split",
  ]);
});

const lines = (text: string) => text.split("|").join("\n");

test.each([
  ["a|b|c", "a|x|c"],
  ["a|b|c", "x|a|b|c"],
  ["a|b|c", "a|b|c|x"],
  ["a|b|c", "a|b"],
  ["a|b|c", "b|c"],
  ["a|b|c", "a"],
  ["a|b|c", ""],
  ["", "a|b"],
  ["a", "b"],
  ["a|", "a|b|"],
  ["a|a", "a|a|a"],
  ["a|b|c|d", "x|b|c|y"],
])("from %j to %j", (was, now) => {
  const before = notebookOf("n", [
    { id: "one", source: lines(was) },
    { id: "other", source: "same" },
  ]);
  const after = notebookOf("n", [
    { id: "one", source: lines(now) },
    { id: "other", source: "same" },
  ]);
  const step = (title: string) => ({ title, kind: "automatic", edits: [] }) as const;
  const both = composed(before, after, step("Cut"), step("Learn"));
  expect(both).toMatchObject({ title: "Cut; learn", kind: "suggestion" });
  expect(both.edits.map(({ cellId }) => cellId)).toEqual(["one"]);
  expect(applyFix(before, both).cells.map(({ source }) => source)).toEqual([lines(now), "same"]);
});
