import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { objectsIn } from "./objects-in.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const before = `import copy, itertools
import numpy as np, pandas as pd
from collections import OrderedDict, defaultdict, deque, namedtuple
from functools import partial, reduce
from types import SimpleNamespace
from helpers import Prep, clean
def own(t):
    t["a"] = 0
class Own:
    def __init__(self, t=None):
        self.t = t
    def change(self):
        self.t["a"] = 0
    def run(self, t):
        t["a"] = 0
df = pd.read_csv("a.csv")
X = df[["a", "b"]]
`;

/** Whether a name is what it was, from after `setup` to after some lines more. */
function isLeft(lines: string, { setup = "", name = "X", column = null as string | null } = {}): boolean {
  const { objects, count } = objectsIn(`${before}${setup}\n${lines}\nlast = 1`, python);
  const from = objectsIn(`${before}${setup}`, python).count - 1;
  return objects.areLeftAlone([name], from, count - 1, { column });
}

describe("a table is reached", () => {
  test.each([
    "l = []\nl.extend([X])\nl[0]['a'] = 0",
    "d = {}\nd.update({'x': X})\nd['x']['a'] = 0",
    "d = {**{'x': X}}\nd['x']['a'] = 0",
    "l = []\nl[:] = [X]\nl[0]['a'] = 0",
    "d = dict([('x', X)])\nd['x']['a'] = 0",
    "list([[X]])[0][0]['a'] = 0",
    "store = {'k': []}\nfor k, v in store.items():\n    v.append(X)\nstore['k'][0]['a'] = 0",
    "lists = [[], []]\nfor i, l in enumerate(lists):\n    l.append(X)\nlists[0][0]['a'] = 0",
    "parts = [X] + np.array_split(df, 3)\nfor p in parts:\n    p['a'] = 0",
    "next(iter([X]))['a'] = 0",
    "max([X, df], key=len)['a'] = 0",
    "sum([[X], [df]], [])[0]['a'] = 0",
    "dict.fromkeys(['a'], X)['a']['b'] = 0",
    "d = {}\nd.setdefault('x', []).append(X)\nd['x'][0]['a'] = 0",
    "q = deque()\nq.append(X)\nq[0]['a'] = 0",
    "d = defaultdict(list)\nd['x'].append(X)\nd['x'][0]['a'] = 0",
    "d = OrderedDict()\nd['x'] = X\nd['x']['a'] = 0",
    "S = namedtuple('S', 'x y')\ns = S(X, df)\ns.x['a'] = 0",
    "ns = SimpleNamespace()\nns.x = X\nns.x['a'] = 0",
    "for t in itertools.chain([X], [df]):\n    t['a'] = 0",
    "copy.copy([X])[0]['a'] = 0",
    "reduce(lambda a, b: a, [X, df])['a'] = 0",
    "from tqdm import tqdm\nfor t in tqdm([X]):\n    t['a'] = 0",
  ])("in whatever it is kept: %s", (lines) => {
    expect(isLeft(lines)).toBe(false);
  });

  test.each([
    "Z = np.asarray(X)\nZ -= 1",
    "Z = np.diagonal(X)\nZ[0] = 1",
    "np.real(X).sort()",
    "np.random.shuffle(np.asarray(X))",
    "np.random.shuffle(*[X.values])",
    "Z = pd.DataFrame(X)\nZ.fillna(0, inplace=True)",
    "Z = np.flip(X.values)\nZ[:] = 0",
    "import torch\nZ = torch.from_numpy(X.values)\nZ.zero_()",
    "Z = X.astype(float, copy=False)\nZ['a'] = 0",
    "np.log(X.values, X.values)",
    "np.clip(X.values, 0, 1, X.values)",
    "pd.DataFrame.insert(X, 0, 'z', 1)",
    "pd.DataFrame.drop(X, 'a', axis=1, inplace=True)",
    "list.append([], X)\nX.values.T[0] = 0",
    "from scipy.signal import detrend\ndetrend(X.values, overwrite_data=True)",
    "import pandas_ta\nX.ta.rsi(append=True)",
    "X.__getitem__('a')[:] = 0",
  ])("through what shows it, or is told to write: %s", (lines) => {
    expect(isLeft(lines)).toBe(false);
  });

  test.each([
    "class B(Own):\n    def __init__(self, t):\n        super().__init__(t)\nB(X).change()",
    "class B(Own):\n    def run(self, t):\n        super().run(t)\nB().run(X)",
    "class A:\n    @property\n    def t(self):\n        return X\nA().t['a'] = 0",
    "class A:\n    @property\n    def t(self):\n        X['a'] = 0\nA().t",
    "class A:\n    @property\n    def t(self):\n        return 1\n    @t.setter\n    def t(self, v):\n        v['a'] = 0\nA().t = X",
    "class A:\n    def __getitem__(self, k):\n        X['a'] = k\nA()[0]",
    "class A:\n    def __add__(self, t):\n        t['a'] = 0\nA() + X",
    "class A:\n    def __iter__(self):\n        yield X\nfor t in A():\n    t['a'] = 0",
    "class A:\n    def __exit__(self, *a):\n        X['a'] = 0\nwith A():\n    pass",
    "class A:\n    def __getattr__(self, n):\n        return X\nA().t['a'] = 0",
    "class A:\n    @classmethod\n    def f(cls, t):\n        t['a'] = 0\nA.f(X)",
    "class A:\n    f = staticmethod(own)\nA().f(X)",
    "class A:\n    ts = []\na = A()\na.ts.append(X)\nA.ts[0]['a'] = 0",
    "class A:\n    X = 1\n    def f(self):\n        X['a'] = 0\nA().f()",
    "class R:\n    def __init__(self, f):\n        self.f = f\n    def go(self, t):\n        self.f(t)\nR(own).go(X)",
    "from dataclasses import dataclass\n@dataclass\nclass D:\n    t: object\n    def __post_init__(self):\n        self.t['a'] = 0\nD(X)",
  ])("by methods, named or not: %s", (lines) => {
    expect(isLeft(lines)).toBe(false);
  });

  test.each([
    "[(y := t) for t in [X]]\ny['a'] = 0",
    "alias = X\ndef f(t=alias):\n    t['a'] = 0\nalias = df\nf()",
    "def keep(t, kept=[]):\n    kept.append(t)\n    return kept\nkeep(X)\nkeep(df)[0]['a'] = 0",
    "a = b = c = df\nfor i in range(9):\n    a['z'] = 0\n    a = b\n    b = c\n    c = X",
    "def f(n):\n    r = f(n - 1) if n else X\n    r['a'] = 0\n    return r\nf(3)",
    "def deco(f):\n    def w(*a):\n        X['a'] = 0\n        return f(*a)\n    return w\n@deco\ndef g():\n    pass\ng()",
    `def g0():\n    X['a'] = 0\n${Array.from({ length: 9 }, (_, at) => `def g${at + 1}():\n    g${at}()`).join("\n")}\ng9()`,
    "own.t = X\nown.t['a'] = 0",
  ])("by Python's scopes: %s", (lines) => {
    expect(isLeft(lines)).toBe(false);
  });

  test.each([
    ["p.clean()", "p = Prep()\np.load(X)"],
    ["l[0]['a'] = 0", "l = []\nclean(l, X)"],
    ["clean(later)", "def later():\n    X['a'] = 0"],
    ["clean(lambda: X.insert(0, 'z', 1))", ""],
    ["clean(partial(own, X))", ""],
    ["%run -i clean.py", ""],
    ["get_ipython().run_cell('X = 0')", ""],
  ])("by code that nobody has read, which may have kept it: %s after %s", (lines, setup) => {
    expect(isLeft(lines, { setup })).toBe(false);
  });

  test.each([
    "s = X['b']\ns['a'] = 0",
    "t = X.T\nt['b'] = 0",
    "X.columns = ['b', 'a']",
    "X.index = range(3)",
    "d = {'b': X}\nd['b']['a'] = 0",
    "box = Own()\nbox.b = X\nbox.b['a'] = 0",
    "X.loc[len(X), 'b'] = 1",
  ])("and any column of it, where it is not told which: %s", (lines) => {
    expect(isLeft(lines, { column: "a" })).toBe(false);
  });
});

test.each([
  ["list(it)", "it = zip([1], [2])"],
  ["next(it)", "it = iter([1])"],
  ["for a, b in it:\n    pass", "from sklearn.model_selection import KFold\nit = KFold(3).split(df)"],
  ["it.rand(3)", "it = np.random.RandomState(0)"],
  ["it.execute('delete from t')", "import sqlite3\nit = sqlite3.connect('a')"],
  ["K['a'] = 0", "K = pd.read_csv('k.csv')\ndef it(t):\n    return t * K"],
  ["K = 2", "K = 1\nit = lambda t: t * K"],
  ["o.t = 1", "o = Own(df)\nit = o.change"],
  ["m.fit(df, df)", "from sklearn.linear_model import Ridge\nm = Ridge()\nit = m.fit(df, df)"],
])(
  "what goes on from where it was, or rests on something else, is another one: %s after %s",
  (lines, setup) => {
    expect(isLeft(lines, { setup, name: "it" })).toBe(false);
  },
);
