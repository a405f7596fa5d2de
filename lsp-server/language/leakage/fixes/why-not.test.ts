import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";
import { foundBy } from "./first-fix.ts";
import { fixAll, tryFixes } from "./proven-fixes.ts";
import { whyNot } from "./why-not.ts";

const python = await loadPython();

const code = `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("visits.csv")
df["before"] = df.groupby("patient_id").cumcount()
df["dose"] = df["dose"].fillna(df["dose"].mean())
X_train, X_test, y_train, y_test = train_test_split(df[["dose", "before"]], df["ill"], random_state=0)
print(LogisticRegression().fit(X_train, y_train).score(X_test, y_test))`;

test("a fix that writes a cut otherwise is none where a finding of the cut is no longer seen", () => {
  const notebook = readNotebook(code, "a.py").value;
  const before = analyze(notebook, { python });
  const [finding] = foundBy("imputer-before-split", before);
  const [fix] = finding.plan();
  if (!fix) throw new Error("no fix is planned");
  const fixed = applyFix(notebook, fix);
  const after = { notebook: fixed, ...analyze(fixed, { python }) };
  const ask = (findings: typeof after.findings) =>
    whyNot({ notebook, ...before }, { ...after, findings }, fix, finding, python);
  expect(ask(after.findings)).toBe(null);
  expect(ask(after.findings.filter(({ rule }) => rule !== "group-across-split"))).toEqual({
    reason: "the fix would hide another finding (group-across-split)",
    brings: null,
  });
});

const protocol = `import pandas as pd
from sklearn.feature_selection import SelectKBest
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
df = pd.read_csv("visits.csv")
X, y = df[["dose", "age"]], df["ill"]
# lookback: allow scaler-before-split - as the paper does
X = StandardScaler().fit_transform(X)
X = SelectKBest(k=1).fit_transform(X, y)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
print(SVC().fit(X_train, y_train).score(X_test, y_test))`;

test("a fix that does otherwise what a comment allows is none", () => {
  const notebook = readNotebook(protocol, "a.py").value;
  const before = analyze(notebook, { python });
  const [finding] = foundBy("feature-selection-before-split", before);
  const look = { python, analyze: (one: typeof notebook) => analyze(one, { python }) };
  const tried = tryFixes(notebook, before, finding, look);
  expect(tried.map(({ refusal }) => refusal?.reason)).toContain(
    "the fix would change what a comment allows (scaler-before-split)",
  );
  expect(fixAll(notebook, look)).toBe(notebook);
});

test("a fix that cuts the same rows once more brings nothing that was not said of them, and one of other rows does", () => {
  const notebook = readNotebook(code, "a.py").value;
  const before = analyze(notebook, { python });
  const [finding] = foundBy("imputer-before-split", before);
  const [fix] = finding.plan();
  if (!fix) throw new Error("no fix is planned");
  const fixed = applyFix(notebook, fix);
  const after = { notebook: fixed, ...analyze(fixed, { python }) };
  const cut = after.findings.find(({ rule }) => rule === "group-across-split");
  if (cut === undefined) throw new Error("no cut is told");
  const ask = (...more: (typeof after.findings)[number][]) =>
    whyNot(
      { notebook, ...before },
      { ...after, findings: [...after.findings, ...more] },
      fix,
      finding,
      python,
    );
  expect(ask(cut)).toBe(null);
  expect(ask({ ...cut, severity: "error" })?.brings).toBe("group-across-split");
  const [source, ...path] = cut.path;
  expect(ask({ ...cut, path: [{ ...source!, label: "grouped by ward" }, ...path] })?.brings).toBe(
    "group-across-split",
  );
});
