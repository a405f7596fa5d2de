import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import { beforeAll, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import type { Sql } from "../../sql/sql.ts";
import { expected, read, said } from "./spelling.ts";

let readers: { python: Python; sql: Sql | null };
beforeAll(async () => {
  readers = { python: await loadPython(), sql: await loadSql() };
});

const spellings: Readonly<Record<string, string>> = {
  "a signal stretched is not rows drawn by chance":
    "from scipy import signal\nX = signal.resample(X, 100)  #?",
  "a name the library does not have": "import torch\nX = torch.scale(X)  #?",
  "counts of a category": "import category_encoders as ce\nX = ce.CountEncoder().fit_transform(X)  #!",
  "a category as numbers": "import category_encoders as ce\nX = ce.BinaryEncoder().fit_transform(X)",
  "clusters of a tree": "from sklearn.cluster import Birch\nX = Birch().fit_transform(X)  #!",
  "a projection by chance":
    "from sklearn.random_projection import GaussianRandomProjection\nX = GaussianRandomProjection().fit_transform(X)",
  "an encoder by a module that offers scikit-learn's":
    "from cuml.preprocessing import StandardScaler\nX = StandardScaler().fit_transform(X)  #!",
  "bins of polars": "import polars as pl\nX = pl.from_pandas(X)\nX = X.with_columns(pl.col('a').qcut(4))  #!",
  "which rows of polars come first again": "import polars as pl\nX = pl.from_pandas(X)\nX = X.sort_by('a')",
};

test.each(Object.entries(spellings))("%s", (_title, middle) => {
  expect(said(readers, middle).sort()).toEqual(expected(middle).sort());
});

test("an estimator with other parameters is the same", () => {
  const after =
    "\nX_train, X_test, y_train, y_test = train_test_split(X, y)\nmodel = SVC().set_params(C=2)\nmodel.fit(X_train, y_train)\nmodel.score(X_test, y_test)\n";
  const middle = "X = StandardScaler().fit_transform(X)  #!";
  expect(said(readers, middle, [read, after])).toEqual(expected(middle));
});

test("a model of statsmodels learns from the rows it is made with", () => {
  const after =
    "\nX_train, X_test, y_train, y_test = train_test_split(X, y)\nmodel = sm.Poisson(y_train, X_train).fit()\nmean_poisson_deviance(y_test, model.predict(X_test))\n";
  const middle = "import statsmodels.api as sm\nX = StandardScaler().fit_transform(X)  #!";
  expect(said(readers, middle, [read, after])).toEqual(expected(middle));
});
