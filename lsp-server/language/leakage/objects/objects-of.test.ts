import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { objectsIn } from "./objects-in.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const before = `import pandas as pd, numpy as np
from functools import partial
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from helpers import clean, Prep
def own(t):
    t["a"] = np.log(t["a"])
def show(t):
    print(t.shape)
def branch(t):
    if len(t) > 3:
        t["a"] = np.log(t["a"])
def outer(t):
    def inner(u):
        own(u)
    inner(t)
def same(t):
    return t
class Own:
    def __init__(self, t=None):
        self.t = t
    def run(self, t):
        t["a"] = np.log(t["a"])
    def change(self):
        self.t["a"] = 0
    def transform(self, t):
        return t * 2
df = pd.read_csv("a.csv")
X = df[["a", "b"]]
`;

/** Whether `X` is what it was when a statement or some of them have run, written between `X = …` and a last line. */
function isLeft(lines: string, column?: string): boolean {
  const { objects, count } = objectsIn(`${before}${lines}\nlast = X`, python);
  const from = objectsIn(before, python).count - 1;
  return objects.areLeftAlone(["X"], from, count - 1, column === undefined ? {} : { column });
}

describe("a table is changed", () => {
  test.each([
    'X["a"] = 0',
    "X.a = 0",
    'X.loc[X.b > 0, "a"] = 0',
    "X += 1",
    "X = X * 2",
    'del X["a"]',
    "X.drop(columns=['a'], inplace=True)",
    "X.drop(columns=['a'], **options)",
    'X.insert(0, "z", 1)',
    'X.pop("a")',
    "np.log(X, out=X.values)",
    "np.random.shuffle(X.values)",
    "setattr(X, 'a', 0)",
    "if len(df):\n    X['a'] = 0",
    "for i in range(3):\n    X['a'] = i",
    "with open('f') as f:\n    X['a'] = f.read()",
    "try:\n    X['a'] = 0\nexcept ValueError:\n    pass",
  ])("by what is written: %s", (lines) => {
    expect(isLeft(lines)).toBe(false);
  });

  test.each([
    "alias = X\nalias['a'] = 0",
    "v = X.values\nv[:, 0] = 0",
    "column = X['a']\ncolumn[:] = 0",
    "d = {'x': X}\nd['x']['a'] = 0",
    "for t in (df, X):\n    t['a'] = 0",
    "for name, t in {'x': X}.items():\n    t['a'] = 0",
    "tables = []\ntables.append(X)\ntables[0]['a'] = 0",
    "first, second = X, df\nfirst['a'] = 0",
    "w = X if len(df) else df\nw['a'] = 0",
    "[t.insert(0, 'z', 1) for t in [X]]",
    "box = Own()\nbox.x = X\nbox.x['a'] = 0",
    "same(X)['a'] = 0",
    "(lambda t: t)(X)['a'] = 0",
    "(y := X)['a'] = 0",
    "groups = list(zip([X], [df]))\ngroups[0][0]['a'] = 0",
    "scaler = StandardScaler(copy=False)\nscaler.fit_transform(X)",
  ])("under another name: %s", (lines) => {
    expect(isLeft(lines)).toBe(false);
  });

  test.each([
    "own(X)",
    "own(t=X)",
    "branch(X)",
    "outer(X)",
    "g = partial(own, X)\ng()",
    "list(map(own, [X]))",
    "X.pipe(own)",
    "X.apply(own)",
    "Own().run(X)",
    "o = Own()\no.run(X)",
    "o = Own(X)\no.change()",
    "(lambda t: t.__setitem__('a', 0))(X)",
    "def later():\n    X['a'] = 0\nlater()",
    "def later():\n    global X\n    X = 0\nlater()",
    "import threading\nthreading.Thread(target=own, args=(X,)).start()",
    "make_pipeline(FunctionTransformer(own), StandardScaler()).fit(X)",
    "@own\ndef decorated():\n    pass\nown(X)",
  ])("by a function of the notebook: %s", (lines) => {
    expect(isLeft(lines)).toBe(false);
  });

  test.each([
    "clean(X)",
    "clean(data=X)",
    "clean([X])",
    "Prep().run(X)",
    "p = Prep()\np.transform(X)",
    "X.pipe(clean)",
    "X.apply(clean)",
    "list(map(clean, [X]))",
    "with clean(X) as q:\n    pass",
    "nobody_gave_it(X)",
    "make_pipeline(Prep(), StandardScaler()).fit(X)",
    "exec('X = 0')",
    "globals()['X']['a'] = 0",
    "from helpers import *",
  ])("where code that nobody has read may do it: %s", (lines) => {
    expect(isLeft(lines)).toBe(false);
  });
});

describe("a table is left alone", () => {
  test.each([
    "print(X.head())",
    "X.describe()",
    "display(X)",
    "import seaborn as sns\nsns.heatmap(X.corr())",
    "import matplotlib.pyplot as plt\nplt.plot(X['a'])",
    "n = len(X)",
    "show(X)",
    "o = Own()\nZ = o.transform(X)",
    "X.groupby('a').agg(lambda g: g.mean())",
    "Z = X.copy()\nZ['a'] = 0",
    "Z = X[X.a > 0]\nZ['a'] = 0",
    "Z = X[['a']]\nZ['a'] = 0",
    "Z = StandardScaler().fit_transform(X)\nZ[:, 0] = 0",
    "x_mean = X['a'].mean()\nx_mean += 1",
    "df['a'] = 0",
    "def later(X):\n    X['a'] = 0",
    "def later():\n    X['a'] = 0",
    "clean(df)",
    "from sklearn.linear_model import Ridge\nmodel = Ridge()\nmodel.fit(X, df['b'])\nmodel.predict(X)",
    "from numpy import *",
    "names = []\nnames.append('a')",
    "names = X.columns\nnames = names.insert(0, 'const')",
    "models = {'a': StandardScaler}\nfor name, model in list(models.items()):\n    made = model()\n    made.fit(X)",
  ])("by: %s", (lines) => {
    expect(isLeft(lines)).toBe(true);
  });

  test.each(['X["a"] = 0', "X.a = 0", 'X.loc[X.b > 0, "a"] = 0', 'X["a"][0] = 1'])(
    "as for another of its columns, by: %s",
    (lines) => {
      expect(isLeft(lines, "b")).toBe(true);
      expect(isLeft(lines, "a")).toBe(false);
    },
  );

  test.each(["X.iloc[:, 0] = 0", "X.values[:, 0] = 0", "X.T['a'] = 0", "X.loc[0] = 0", "clean(X['a'])"])(
    "but for one of its columns not, by: %s",
    (lines) => {
      expect(isLeft(lines, "b")).toBe(false);
    },
  );
});

describe("a model is left alone", () => {
  const models = `from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV, KFold
folds = KFold(3)
scaler = StandardScaler()
base = Ridge()
X = GridSearchCV(base, {}, cv=folds)
`;

  test.each([
    "other = GridSearchCV(base, {}, cv=folds)\nother.fit(df, df)",
    "shown = pd.DataFrame(X.coef_)\nshown.columns = ['a']",
    "other = make_pipeline(scaler, Ridge())\nother.fit(df)",
    "shared = make_pipeline(StandardScaler(), GridSearchCV(Ridge(), {}, cv=folds))\nshared.fit(df)",
    "X.predict(df)",
    "X.score(df, df)",
  ])("by: %s", (lines) => {
    const { objects, count } = objectsIn(`${before}${models}${lines}\nlast = X`, python);
    expect(objects.areLeftAlone(["X"], objectsIn(`${before}${models}`, python).count - 1, count - 1)).toBe(
      true,
    );
  });

  test.each([
    "X.fit(df, df)",
    "make_pipeline(scaler, X).fit(df)",
    "best = X.best_estimator_\nbest.fit(df)",
    "X.set_params(cv=3)",
  ])("but not by: %s", (lines) => {
    const { objects, count } = objectsIn(`${before}${models}${lines}\nlast = X`, python);
    expect(objects.areLeftAlone(["X"], objectsIn(`${before}${models}`, python).count - 1, count - 1)).toBe(
      false,
    );
  });
});

test("a notebook that runs into itself without end may change anything, and says so soon", () => {
  const names = Array.from({ length: 40 }, (_, at) => `f${at}`);
  const calls = names.map((name) => `${name}(t, ${name})`).join("; ");
  const many = names.map((name) => `def ${name}(t, g):\n    ${calls}; g(t, g)`).join("\n");
  expect(isLeft(`${many}\nf0(df, f1)`)).toBe(false);
});

test.each([
  ["X", true],
  ["same(X)", true],
  ["X['a']", true],
  ["X['a'].tolist()", false],
  ["[X]", false],
  ["clean(X)", false],
  ["X if len(df) else []", false],
])("whether a library made it: %s", (value, isSo) => {
  const { objects, count } = objectsIn(`${before}it = ${value}\nlast = it`, python);
  expect(objects.isOfLibraries("it", count - 1)).toBe(isSo);
});
