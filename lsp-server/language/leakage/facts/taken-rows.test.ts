import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";

const python = await loadPython();

const found = (code: string) =>
  analyze(readNotebook(code, "a.py").value, { python }).findings.map(
    ({ rule, severity }) => `${rule}: ${severity}`,
  );

const sorted = (between: string) => `import numpy as np
import pandas as pd
import tensorflow as tf
import torch
visits = pd.read_csv("visits.csv").sort_values("day")
visits["before"] = visits.groupby("patient_id").cumcount()
n = len(visits)
${between}
model = SVC().fit(train[["before"]], train["ill"])
print(model.score(test[["before"]], test["ill"]))
`;
const cut = "train, test = train_test_split(visits, shuffle=False)";

test.each([
  "visits = visits.take(np.random.permutation(n))",
  "visits = visits.take(np.random.permutation(n), axis=0)",
  "visits = visits.take(indices=np.random.permutation(len(visits)))",
  "visits = visits.iloc[torch.randperm(n)]",
  "visits = visits.iloc[torch.randperm(len(visits), generator=torch.Generator())]",
  "places = torch.randperm(n)\nvisits = visits.iloc[places]",
  "places = tf.random.shuffle(tf.range(n))\nvisits = visits.take(places)",
])("rows at places that chance drew stand as these do: %s", (shuffle) => {
  expect(found(sorted(`${shuffle}\n${cut}`))).toEqual(["group-across-split: warning"]);
});

test.each([
  ["columns at such places", "visits = visits.take(np.random.permutation(3), axis=1)"],
  ["columns that are sorted", "visits = visits.sort_index(axis=1)"],
  ["columns at places", 'visits = visits.take([0, 1, 2], axis="columns")'],
])("%s leave the rows where they stand", (_, taken) => {
  expect(found(sorted(`${taken}\n${cut}`))).toEqual([]);
});

const arrays = (between: string) => `import numpy as np
import pandas as pd
import tensorflow as tf
import torch
df = pd.read_csv("visits.csv")
before = df.groupby("patient_id").cumcount()
X, y = df[["a", "b"]].values, df["ill"].values
n = len(X)
${between}
model = SVC().fit(X[:800], y[:800])
print(model.score(X[800:], y[800:]))
`;

test.each([
  "X = np.take(X, order, axis=0)",
  "X = X.take(order, axis=0)",
  "X = torch.index_select(X, 0, order)",
  "X = X.index_select(0, order)",
  "X = tf.gather(X, order)",
])("so do those of arrays: %s", (taken) => {
  expect(found(arrays("")).join()).toContain("group-across-split: information");
  expect(found(arrays(`order = torch.randperm(n)\n${taken}\ny = y[order]`))).toEqual([
    "group-across-split: warning",
  ]);
});

test("rows that are taken by the places of folds are the rows of these", () => {
  const folds = (train: string, test: string) => `import pandas as pd
df = pd.read_csv("a.csv")
X, y = df[["a"]], df["y"]
for train, test in KFold(5).split(X):
    X_train, X_test = ${train}, ${test}
    model = SVC().fit(X_train, y.take(train))
    print(model.score(X_test, y.take(test)))
`;
  expect(found(folds("X.take(train)", "X.take(test)"))).toEqual([]);
  expect(found(folds("X.take(train)", "X.take(train)")).join()).toContain("evaluate-on-train");
});
