import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import { analyze } from "../../analyze.ts";

const python = await loadPython();

const said = (halves: string): string[] => {
  const source = `import pandas as pd
df = pd.read_csv("data.csv")
X, y = df[["a", "b"]].values, df["y"].values
${halves}
scores = {}
for c in [0.1, 1, 10]:
    scores[c] = SVC(C=c).fit(X[train], y[train]).score(X[test], y[test])
print(max(scores.values()))
`;
  return analyze(readNotebook(source, "a.py").value, { python }).findings.map(({ rule }) => rule);
};

test.each([
  "train, test = next(GroupShuffleSplit(n_splits=1).split(X, y, df['shop']))",
  "splitter = GroupShuffleSplit(n_splits=1)\ntrain, test = next(splitter.split(X, y, groups=df['shop']))",
  "train, test = next(iter(ShuffleSplit(1).split(X)))",
  "train, test = next(StratifiedKFold(5).split(X, y))",
])("the first fold alone holds rows out as a split in two does: %s", (halves) => {
  expect(said(halves)).toContain("multi-test");
});

test("what every fold judges is told by the folds", () => {
  const source = `X, y = np.load("x.npy"), np.load("y.npy")
for train, test in KFold(5).split(X):
    print(SVC().fit(X[train], y[train]).score(X[test], y[test]))
`;
  const { findings } = analyze(readNotebook(source, "a.py").value, { python });
  expect(findings.map(({ rule }) => rule)).toEqual([]);
});
