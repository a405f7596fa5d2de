import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import { beforeAll, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import type { Sql } from "../../sql/sql.ts";
import { expected, said } from "./spelling.ts";

let readers: { python: Python; sql: Sql | null };
beforeAll(async () => {
  readers = { python: await loadPython(), sql: await loadSql() };
});

const spellings: Readonly<Record<string, string>> = {
  "a function transformer": "X = FunctionTransformer(scale).fit_transform(X)  #!",
  "a function transformer of a lambda": "X = FunctionTransformer(lambda t: t - t.mean()).transform(X)  #!",
  "a file written and read again":
    "X2 = pd.DataFrame(StandardScaler().fit_transform(X))  #!\nX2.to_csv('tmp.csv')\nX = pd.read_csv('tmp.csv')",
  "saved by numpy": "np.save('x.npy', StandardScaler().fit_transform(X))  #!\nX = np.load('x.npy')",
  pickled:
    "import joblib\njoblib.dump(StandardScaler().fit_transform(X), 'x.pkl')  #!\nX = joblib.load('x.pkl')",
  "context manager":
    "class Prep:\n    def __init__(self, X): self.X = X\n    def __enter__(self):\n        return scale(self.X)  #!\n    def __exit__(self, *a): pass\nwith Prep(X) as X:\n    pass",
  contextlib:
    "from contextlib import contextmanager\n@contextmanager\ndef prep(X):\n    yield scale(X)  #!\nwith prep(X) as Z:\n    X = Z",
  operator:
    "class Op:\n    def __rmatmul__(self, X): return scale(X)\n    def __ror__(self, X): return scale(X)  #!\nX = X | Op()",
  "operator left": "class Op:\n    def __rshift__(self, X): return scale(X)  #!\nX = Op() >> X",
  getitem:
    "class Data:\n    def __init__(self, X): self.X = X\n    def __getitem__(self, k): return scale(self.X)  #!\nX = Data(X)[0]",
  "generator unpack": "def gen(X):\n    yield scale(X)  #!\nX, = gen(X)",
  "toolz pipe": "from toolz import pipe\nX = pipe(X, scale)  #?",
  "dispatch dict": "steps = {'scale': scale}\nX = steps['scale'](X)  #!",
  "dispatch list loop": "for f in [np.log, scale]:\n    X = f(X)  #!",
  "dispatch dict lambda": "ops = {'a': lambda t: t / t.max()}  #!\nfor k, f in ops.items():\n    X = f(X)",
  "method on class": "X = StandardScaler.fit_transform(StandardScaler(), X)  #!",
  "frame class": "X = X - pd.DataFrame.mean(X)  #!",
  "a method by its class, numpy's": "X = X - np.ndarray.mean(X.values, axis=0)  #!",
  "apply with string": "X = X - X.apply('mean')  #!",
  "agg function": "X = X - X.agg(np.mean)  #!",
  "a column's transform": "X['a'] = X['a'].transform(lambda c: (c - c.mean()) / c.std())  #!",
  "a column's transform of each value": "X['a'] = X['a'].transform(lambda v: v * 2)",
  "a column's aggregate": "X['a'] = X['a'] - X['a'].agg(lambda c: c.mean())  #!",
  "transform string": "X = X.transform(lambda c: (c - c.mean()) / c.std())  #!",
  "groupby transform": "X['a'] = df.groupby('b')['a'].transform('mean')  #!",
  "groupby pipe": "X['a'] = df.groupby('b')['a'].pipe(lambda g: g.transform('mean'))  #!",
  "frame.eval": "X = X.eval('a = a - a.mean()')  #?",
  "pd.eval": "X['a'] = pd.eval('df.a - df.a.mean()')  #?",
  "names that are computed": "X = X.assign(**{f'{c}_z': X[c] - X[c].mean() for c in ['a', 'b']})  #!",
  query: "X = X.query('a > a.mean()')  #?",
  "statistics module": "import statistics\nm = statistics.mean(X['a'])  #!\nX['a'] = X['a'] - m",
  "sum builtin": "X['a'] = X['a'] / sum(X['a'])  #!",
  "sorted quantile": "s = sorted(X['a'])\nX['a'] = X['a'] / s[len(s) // 2]  #!",
  "max via sort": "m = X['a'].sort_values().iloc[-1]  #!\nX['a'] = X['a'] / m",
  "np.sort": "m = np.sort(X['a'])[-1]  #!\nX['a'] = X['a'] / m",
  einsum: "m = np.einsum('ij->j', X) / len(X)  #?\nX = X - m",
  "dot ones": "m = np.ones(len(X)) @ X.values / len(X)  #!\nX = X - m",
  "matrix cov": "C = X.T @ X  #!\nw, V = np.linalg.eigh(C)\nX = X @ V",
  "cumsum last": "m = X['a'].cumsum().iloc[-1]  #!\nX['a'] = X['a'] / m",
  norm: "X = X / np.linalg.norm(X, axis=0)  #!",
  "argsort ranks": "X['a'] = X['a'].values.argsort().argsort()  #!",
  "value_counts map": "X['a'] = df['a'].map(df['a'].value_counts())  #!",
  Counter: "from collections import Counter\ncounts = Counter(df['a'])  #!\nX['a'] = df['a'].map(counts)",
  async: "import asyncio\nasync def prep(X):\n    return scale(X)  #!\nX = asyncio.run(prep(X))",
  await: "async def prep(X):\n    return scale(X)  #!\nX = await prep(X)",
  gather: "import asyncio\nasync def prep(X):\n    return scale(X)  #!\nX, = await asyncio.gather(prep(X))",
  nonlocal:
    "def outer(X):\n    def inner():\n        nonlocal X\n        X = scale(X)  #!\n    inner()\n    return X\nX = outer(X)",
  global: "def f():\n    global X\n    X = scale(X)  #!\nf()",
  "default argument": "def f(t=scale(X)):  #!\n    return t\nX = f()",
  "mutable attr": "class Box: pass\nbox = Box()\nbox.X = scale(X)  #!\nX = box.X",
  SimpleNamespace: "from types import SimpleNamespace\nns = SimpleNamespace(X=scale(X))  #!\nX = ns.X",
  "dict attr": "d = dict(X=scale(X))  #!\nX = d['X']",
  "dict update": "d = {}\nd.update(X=scale(X))  #!\nX = d['X']",
  setdefault: "d = {}\nX = d.setdefault('X', scale(X))  #!",
  "star unpack": "X, *rest = [scale(X), 1]  #!",
  walrus: "if (Z := scale(X)) is not None:  #!\n    X = Z",
  "inplace sub": "X -= X.mean()  #!",
  "np.subtract out": "np.subtract(X, X.mean(), out=X)  #!",
  "loc assign": "X.loc[:, 'a'] = X['a'] - X['a'].mean()  #!",
  "setattr frame": "setattr(X, 'a', scale(X['a']))  #!",
  "getattr mean": "X = X - getattr(X, 'mean')()  #!",
  "getattr loop": "for name in ['mean', 'std']:\n    X = X - getattr(X, name)()  #!",
  "getattr pd": "X = X - getattr(np, 'mean')(X)  #!",
  importlib:
    "import importlib\npre = importlib.import_module('sklearn.preprocessing')  #?\nX = pre.scale(X)  #!",
  "metaclass-like factory":
    "Scaler = type('Scaler', (StandardScaler,), {})\nX = Scaler().fit_transform(X)  #!",
  "subclass scaler": "class S(StandardScaler):\n    pass\ns = S()\ns.fit(X)  #!\nX = s.transform(X)",
  "subclass super":
    "class S(StandardScaler):\n    def transform(self, X):\n        return super().transform(X)  #?\ns = S().fit(X)\nX = s.transform(X)",
  "custom estimator mixin":
    "class S(BaseEstimator, TransformerMixin):\n    def fit(self, X, y=None):\n        self.m_ = X.mean()  #!\n        return self\n    def transform(self, X):\n        return X - self.m_\nX = S().fit_transform(X)",
  "custom in pipeline":
    "class S(BaseEstimator, TransformerMixin):\n    def fit(self, X, y=None):\n        self.m_ = X.mean()  #!\n        return self\n    def transform(self, X):\n        return X - self.m_\nX = make_pipeline(S()).fit_transform(X)",
  "pipeline steps call":
    "p = Pipeline([('s', StandardScaler())])\nX = p.named_steps['s'].fit_transform(X)  #!",
  "pipeline index": "p = make_pipeline(StandardScaler())\nX = p[0].fit_transform(X)  #!",
  "polars over": "X = X.with_columns(pl.col('a').mean().over('b').alias('m'))  #!",
  "polars expr name": "e = (pl.col('a') - pl.col('a').mean()).alias('z')  #!\nX = X.with_columns(e)",
  "polars list exprs": "X = X.with_columns([(pl.col(c) / pl.col(c).std()).alias(c) for c in ['a', 'b']])  #!",
  "polars all": "X = X.select(pl.all() - pl.all().mean())  #!",
  "polars map_batches": "X = X.with_columns(pl.col('a').map_batches(scale))  #!",
  "polars group agg join":
    "m = X.group_by('b').agg(pl.col('a').mean().alias('m'))  #!\nX = X.join(m, on='b')",
  "polars lazy": "X = X.lazy().with_columns(pl.col('a') - pl.col('a').mean()).collect()  #!",
  spark:
    "from pyspark.ml.feature import StandardScaler as S\nm = S(inputCol='a', outputCol='b').fit(X)  #!\nX = m.transform(X)",
  numba: "from numba import njit\n@njit\ndef f(X):\n    return X - X.mean()  #!\nX = f(X)",
  lru_cache: "import functools\n@functools.lru_cache()\ndef f(X):\n    return X - X.mean()  #!\nX = f(X)",
  singledispatch:
    "from functools import singledispatch\n@singledispatch\ndef f(X):\n    return X - X.mean()  #!\nX = f(X)",
  "wrapped unknown decorator": "@magic\ndef f(X):\n    return X\nX = f(X)  #?",
  monkeypatch: "pd.DataFrame.scale_all = lambda self: self - self.mean()\nX = X.scale_all()  #?",
  accessor:
    "@pd.api.extensions.register_dataframe_accessor('prep')\nclass P:\n    def __init__(self, df): self.df = df\n    def scale(self): return self.df - self.df.mean()\nX = X.prep.scale()  #?",
  tf: "import tensorflow as tf\nX = X - tf.reduce_mean(X, axis=0)  #!",
  "tf normalization":
    "import tensorflow as tf\nn = tf.keras.layers.Normalization()\nn.adapt(X)  #!\nX = n(X)",
  torch: "import torch\nX = torch.tensor(X.values)\nX = X - X.mean(0)  #!",
  "jax vmap": "import jax\nX = jax.vmap(lambda t: t)(X)  #?",
  fastai: "from fastai.tabular.all import *\nX = Normalize()(X)  #?",
  "feature-engine":
    "from feature_engine.imputation import MeanMedianImputer\nX = MeanMedianImputer().fit_transform(X)  #!",
  statsmodels: "import statsmodels.api as sm\nX['r'] = sm.OLS(df['a'], df['b']).fit().resid  #!",
  lowess:
    "from statsmodels.nonparametric.smoothers_lowess import lowess\nX['a'] = lowess(df['a'], df['b'])[:, 1]  #?",
  savgol: "from scipy.signal import savgol_filter\nX['a'] = savgol_filter(X['a'], 5, 2)  #?",
  kmeans: "X['c'] = KMeans(3).fit_predict(X)  #!",
  pairwise: "D = pairwise_distances(X)  #?\nX['d'] = D.mean(axis=0)  #!",
  kernel: "X = rbf_kernel(X, X)  #?",
  "sklearn dispatch":
    "from sklearn.utils import all_estimators\nS = dict(all_estimators())['StandardScaler']\nX = S().fit_transform(X)  #!",
  "user_ns update": "get_ipython().user_ns.update({'X': scale(X)})  #!",
  push: "get_ipython().push({'X': scale(X)})  #!",
  locals: "locals()['X'] = scale(X)  #!",
  "vars module": "import sys\nvars(sys.modules['__main__'])['X'] = scale(X)  #!",
  "setattr main": "import sys\nsetattr(sys.modules['__main__'], 'X', scale(X))  #!",
  exec: "exec('X = scale(X)')  #?",
  magic: "%time X = scale(X)  #!",
  run_line_magic: "get_ipython().run_line_magic('time', 'X = scale(X)')  #!",
  "a line handed to the kernel": "get_ipython().ex('X = scale(X)')  #?",
  underscore: "scale(X)\nX = __  #?",
  recursion: "def f(X, n):\n    return scale(X) if n == 0 else f(X, n - 1)  #!\nX = f(X, 3)",
  deep: "def a(X): return scale(X)\ndef b(X): return a(X)\ndef c(X): return b(X)  #?\ndef d(X): return c(X)\ndef e(X): return d(X)\ndef g(X): return e(X)\ndef h(X): return g(X)\nX = h(X)",
  try: "try:\n    X = fast_scale(X)  #?\nexcept NameError:\n    X = scale(X)  #!",
  "columns appended by a condition":
    "cols = []\nfor c in ['a', 'b']:\n    if abs(df[c].corr(df['y'])) > 0.1:  #!\n        cols.append(c)\nX = df[cols]",
  "columns listed by a condition":
    "cols = [c for c in ['a', 'b'] if df[c].corr(df['y']) > 0.1]  #!\nX = df[cols]",
  "a value chosen by a condition": "X['a'] = X['a'].apply(lambda v: 1 if v > df['a'].mean() else 0)  #!",
  "conditional function": "f = scale if True else np.log\nX = f(X)  #?",
  "or function": "f = None or scale\nX = f(X)  #?",
  "lambda default": "f = lambda X, s=StandardScaler(): s.fit_transform(X)  #!\nX = f(X)",
  "args spread": "def f(*a):\n    return a[0](a[1])  #!\nX = f(scale, X)",
  "kwargs spread": "def f(**k):\n    return k['s'](k['X'])  #!\nX = f(s=scale, X=X)",
  "functools.partialmethod":
    "from functools import partialmethod\nclass A:\n    def run(self, s, X): return s(X)\n    go = partialmethod(run, scale)  #?\nX = A().go(X)  #?",
  "wrapper __getattr__":
    "class W:\n    def __init__(self, s): self.s = s\n    def __getattr__(self, n): return getattr(self.s, n)\nX = W(StandardScaler()).fit_transform(X)  #!",
  "classmethod constructor":
    "class A:\n    def __init__(self, X): self.X = X\n    @classmethod\n    def scaled(cls, X):\n        return cls(scale(X))  #!\nX = A.scaled(X).X",
  fluent:
    "class A:\n    def __init__(self, X): self.X = X\n    def scale(self):\n        self.X = scale(self.X)  #!\n        return self\nX = A(X).scale().X",
  "property setter":
    "class A:\n    @property\n    def X(self): return self._x\n    @X.setter\n    def X(self, v): self._x = scale(v)  #!\na = A()\na.X = X\nX = a.X",
  enum: "from enum import Enum\nclass P(Enum):\n    S = scale\nX = P.S(X)  #!",
  "nested class": "class A:\n    class B:\n        def run(self, X): return scale(X)  #!\nX = A.B().run(X)",
  "nested functions list":
    "fs = []\ndef reg(f):\n    fs.append(f)\n    return f\n@reg\ndef s(X): return scale(X)  #!\nfor f in fs:\n    X = f(X)",
  "tqdm pandas": "from tqdm import tqdm\ntqdm.pandas()\nX = X.progress_apply(lambda c: c - c.mean())  #!",
  swifter: "import swifter\nX = X.swifter.apply(lambda c: c - c.mean())  #!",
  "np.vectorize closure": "m = X['a'].mean()  #!\nX['a'] = np.vectorize(lambda v: v - m)(X['a'])",
  "np.apply_along_axis": "X = np.apply_along_axis(lambda c: c - c.mean(), 0, X)  #!",
  "np.frompyfunc": "m = X['a'].max()\nX['a'] = np.frompyfunc(lambda v: v / m, 1, 1)(X['a'])  #?",
  "pd.cut": "X['a'] = pd.cut(X['a'], 5)  #!",
  "np.histogram": "h, edges = np.histogram(X['a'])  #?\nX['a'] = np.digitize(X['a'], edges)",
  "np.quantile": "X['a'] = X['a'].clip(*np.quantile(X['a'], [0.1, 0.9]))  #!",
  "clip by quantile": "X = X.clip(X.quantile(.01), X.quantile(.99), axis=1)  #!",
  "fillna dict": "X = X.fillna({'a': X['a'].mean()})  #!",
  replace: "X['a'] = X['a'].replace(np.nan, X['a'].median())  #!",
  where: "X = X.where(X.notna(), X.mean())  #!",
  mask: "X = X.mask(X.isna(), X.mean(), axis=1)  #!",
  combine_first: "X['a'] = X['a'].combine_first(df.groupby('b')['a'].transform('mean'))  #!",
  "merge of means": "X = X.merge(df.groupby('b', as_index=False)['a'].mean(), on='b')  #!",
  pivot: "p = df.pivot_table(index='b', values='y', aggfunc='mean')  #!\nX['a'] = df['b'].map(p['y'])",
  "a dict of names and arrays":
    "X = pd.DataFrame(dict(zip(['a'], [StandardScaler().fit_transform(X[['a']]).ravel()])))  #!",
  "rows of pairs": "s = StandardScaler().fit_transform(X)  #!\nX = pd.DataFrame(list(zip(s[:, 0], s[:, 1])))",
  "a dict of columns that are assigned":
    "X = X.assign(**dict(zip(['a'], [StandardScaler().fit_transform(X[['a']]).ravel()])))  #!",
  "a dict of what a group comes to":
    "m = df.groupby('b')['y'].mean()  #!\nX['a'] = df['b'].map(dict(zip(m.index, m.values)))",
  "a sum in a loop over the values":
    "total = 0\nfor v in X['a']:\n    total += v  #!\nX['a'] = X['a'] - total / len(X)",
  "the largest so far": "top = 0\nfor v in X['a']:\n    top = max(top, v)  #!\nX['a'] = X['a'] / top",
  "sums by key in a loop":
    "from collections import defaultdict\nsums = defaultdict(float)\nfor a, t in zip(df['a'], df['y']):\n    sums[a] += t  #!\nX['a'] = df['a'].map(sums)",
  "sums by key, row by row":
    "sums = {}\nfor i, r in df.iterrows():\n    sums[r['a']] = sums.get(r['a'], 0) + r['y']  #!\nX['a'] = df['a'].map(sums)",
  "np.dot cov": "C = np.dot(X.T, X)  #!\nX = np.dot(X, np.linalg.inv(C))",
  iter: "class Data:\n    def __init__(self, X): self.X = X\n    def __iter__(self):\n        yield scale(self.X)  #!\nfor X in Data(X):\n    pass",
  "an assignment of a function": "X = X.assign(a=scale)  #!",
  "a dict of statistics": "d = X.agg({'a': ['min', 'max']})  #!\nX['a'] = X['a'] / d['a']['max']",
  "attrs, after it is made":
    "import attr\n@attr.s(auto_attribs=True)\nclass D:\n    X: object\n    def __attrs_post_init__(self):\n        self.X = scale(self.X)  #!\nX = D(X).X",
  "its own augmented assignment":
    "class D:\n    def __init__(self, X): self.X = X\n    def __iadd__(self, o):\n        self.X = scale(self.X)  #!\n        return self\nd = D(X)\nd += 1\nX = d.X",
  "its own sign":
    "class D:\n    def __init__(self, X): self.X = X\n    def __neg__(self): return scale(self.X)  #!\nX = -D(X)",
  "normalized along the rows": "import torch.nn.functional as F\nX = F.normalize(X, dim=0)  #?",
  "SQL of which the text is computed":
    "import duckdb\nt = input()\nX = duckdb.sql(f'select a from {t}').df()  #?",
};

test.each(Object.entries(spellings))("%s", (_title, middle) => {
  expect(said(readers, middle).sort()).toEqual(expected(middle).sort());
});

// What goes in and what comes out are different objects, and nobody says how one becomes the other.
const lost: Readonly<Record<string, string>> = {
  "the next of a generator": "def gen(X):\n    yield scale(X)\nX = next(gen(X))",
  "thread with list":
    "import threading\nout = []\nt = threading.Thread(target=lambda: out.append(scale(X)))\nt.start()\nt.join()\nX = out[0]",
  queue: "import queue\nq = queue.Queue()\nq.put(scale(X))\nX = q.get()",
  "class decorator":
    "def deco(c):\n    c.run = lambda self, X: scale(X)\n    return c\n@deco\nclass A:\n    pass\nX = A().run(X)",
  "itertools accumulate":
    "from itertools import accumulate\nX = list(accumulate([X, None], lambda t, _: scale(t)))[-1]",
};

test.each(Object.entries(lost))(
  "rows that nobody knows are said where they are scored: %s",
  (_title, middle) => {
    expect(said(readers, middle)).toEqual(["unread: SVC().fit(X_train, y_train).score(X_test, y_test)"]);
  },
);
