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
  "a bound method handed to pipe": "X = X.pipe(StandardScaler().fit_transform) #!",
  "a function handed to pipe with arguments":
    "def f(k, X): return X / X.std() * k #!\nX = X.pipe((f, 'X'), 2)",
  "a library's function handed to apply": "from scipy.stats import zscore\nX = X.apply(zscore) #!",
  "a method's name handed to transform": 'X = X.transform("rank") #!',
  "a library's function handed to transform": "from scipy.stats import zscore\nX = X.transform(zscore) #!",
  "a dotted library function handed to apply": "import scipy.stats\nX = X.apply(scipy.stats.zscore) #!",
  "a bound method in a name": "f = StandardScaler().fit_transform\nX = f(X) #!",
  "a bound method of a frame in a name": "m = X.mean\nX = X - m() #!",
  "a bound method of the fitted scaler": "s = StandardScaler()\ng = s.fit\ng(X) #!\nX = s.transform(X)",
  "a partial": "from functools import partial\nf = partial(StandardScaler().fit_transform)\nX = f(X) #!",
  "a partial that holds the rows": "import functools\nf = functools.partial(scale, X)\nX = f() #!",
  map: "X = list(map(StandardScaler().fit_transform, [X]))[0] #!",
  "map, and the first of it": "X = next(map(lambda t: scale(t), [X])) #!",
  "joblib's delayed":
    "from joblib import Parallel, delayed\nX = Parallel(n_jobs=2)(delayed(scale)(t) for t in [X])[0] #!",
  "delayed alone": "import dask\nX = dask.delayed(scale)(X).compute() #!",
  "an executor":
    "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool:\n    X = pool.submit(StandardScaler().fit_transform, X).result() #!",
  "an executor's map":
    "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor()\nX = list(pool.map(scale, [X]))[0] #!",
  "a pool of processes":
    "from multiprocessing import Pool\np = Pool(2)\nX = p.apply_async(scale, (X,)).get() #!",
  "an object that is called":
    "class Scale:\n    def __call__(self, X):\n        return (X - X.mean()) / 2 #!\nX = Scale()(X)",
  "a property":
    "class Data:\n    def __init__(self, X): self.raw = X\n    @property\n    def scaled(self):\n        return scale(self.raw) #!\nX = Data(X).scaled",
  "a dataclass that scales when it is made":
    "from dataclasses import dataclass\n@dataclass\nclass Data:\n    X: object\n    def __post_init__(self):\n        self.X = scale(self.X) #!\nX = Data(X).X",
  "a method of a base class":
    "class Base:\n    def prepare(self, X):\n        return scale(X) #!\nclass Own(Base):\n    pass\nX = Own().prepare(X)",
  "a method called through super":
    "class Base:\n    def prepare(self, X):\n        return scale(X) #!\nclass Own(Base):\n    def prepare(self, X):\n        return super().prepare(X)\nX = Own().prepare(X)",
  "a class attribute": "class Config:\n    scaler = StandardScaler()\nX = Config.scaler.fit_transform(X) #!",
  "an attribute of the class behind an object":
    "class Own:\n    scaler = StandardScaler()\n    def run(self, X):\n        return self.scaler.fit_transform(X) #!\nX = Own().run(X)",
  "a static method":
    "class Own:\n    @staticmethod\n    def run(X):\n        return scale(X) #!\nX = Own.run(X)",
  "a class method":
    "class Own:\n    @classmethod\n    def run(cls, X):\n        return scale(X) #!\nX = Own.run(X)",
  "a decorator":
    "def scaled(f):\n    def inner(X):\n        return f(scale(X)) #!\n    return inner\n@scaled\ndef prepare(X):\n    return X\nX = prepare(X)",
  "a decorator with an argument":
    "from functools import wraps\ndef scaled(by):\n    def around(f):\n        @wraps(f)\n        def inner(X):\n            return f(by.fit_transform(X)) #!\n        return inner\n    return around\n@scaled(StandardScaler())\ndef prepare(X):\n    return X\nX = prepare(X)",
  "a function made by a function":
    "def make(scaler):\n    return lambda X: scaler.fit_transform(X) #!\nX = make(StandardScaler())(X)",
  reduce:
    "from functools import reduce\nX = reduce(lambda t, f: f(t), [StandardScaler().fit_transform], X) #!",
  getattr: 'X = getattr(StandardScaler(), "fit_transform")(X) #!',
  "getattr with a name nobody knows": 'X = getattr(StandardScaler(), "fit_" + how)(X) #?',
  methodcaller: 'from operator import methodcaller\nX = X - methodcaller("mean")(X) #!',
  "methodcaller with the rows":
    'import operator\nX = operator.methodcaller("fit_transform", X)(StandardScaler()) #!',
  "globals()": 'globals()["X"] = StandardScaler().fit_transform(X) #!',
  "globals() with a name nobody knows": "globals()[input()] = StandardScaler().fit_transform(X) #?",
  "the last answer": "StandardScaler().fit_transform(X)\nX = _ #?",
  "an answer by its number": "X = Out[3] #?",
  "a cell run as text": 'get_ipython().run_cell("X = StandardScaler().fit_transform(X)") #!',
  "the names of the kernel": 'get_ipython().user_ns["X"] = StandardScaler().fit_transform(X) #!',
  "the names of the kernel, read": "X = get_ipython().user_ns[input()] #?",
  "a reduction of numpy": "X = X - np.add.reduce(X) / 10 #!",
  "a mean written out": "X = X - X.sum() / len(X) #!",
  "a mean written out with numpy": "X = X - np.sum(X, axis=0) / X.shape[0] #!",
  "a decomposition": "U, S, V = np.linalg.svd(X) #!\nX = U",
  "filled from later rows": "X = X.bfill() #?",
  "filled from later rows by fillna": 'X = X.fillna(method="bfill") #?',
  interpolated: "X = X.interpolate() #?",
  "polars, with_columns": 'X = X.with_columns((pl.col("a") - pl.col("a").mean()) / pl.col("a").std()) #!',
  "polars, by name": 'X = X.with_columns(z=pl.col("a") / pl.col("a").max()) #!',
  "polars, select": 'X = X.select((pl.col("a") - pl.col("a").mean()).alias("a")) #!',
  "text handed to duckdb": 'import duckdb\nX = duckdb.sql("SELECT a - avg(a) OVER () AS a FROM X").df() #!',
  "text handed to a connection":
    'import duckdb\ncon = duckdb.connect()\ncon.register("t", X)\nX = con.execute("SELECT a - avg(a) OVER () AS a FROM t").df() #!',
  "means of the target, in a comprehension":
    'means = {c: df[df["a"] == c]["y"].mean() for c in df["a"].unique()} #!\nX["a"] = df["a"].map(means)',
  "means of the target, by groups in a comprehension":
    'means = {c: part["y"].mean() for c, part in df.groupby("a")} #!\nX["a"] = df["a"].map(means)',
  "a function of nobody": "X = prepare(X) #?",
  "a function that is looked up": "X = steps[3](X) #?",
  "a function of a library nobody described": "import sklego\nX = sklego.preprocess_everything(X) #?",
  "a method nobody described": "X = X.prepare_for_learning() #?",
  "a function that changes its argument": "prepare(X) #?",
};

test.each(Object.entries(spellings))("%s", (_title, middle) => {
  expect(said(readers, middle)).toEqual(expected(middle));
});

const innocent: Readonly<Record<string, string>> = {
  "a function of nobody whose answer nothing rests on": "shown = prepare(X)\nprint(shown)",
  plots:
    'import matplotlib.pyplot as plt\nimport seaborn as sns\nplt.hexbin(X["a"], X["b"])\nsns.clustermap(X)\nX.plot.scatter(x="a", y="b")\nX.hist()',
  "row by row":
    'X = np.log1p(X).round(2).clip(0, 1).astype(float)\nX["c"] = np.where(X["a"] > 1, 1, 0)\nX["d"] = X["a"].apply(lambda v: v + 1)\nX = X.pipe(np.sqrt).reset_index(drop=True)',
  "a partial of something innocent": "from functools import partial\nf = partial(np.power, X)\nX = f(2)",
  "map of something innocent": "X = list(map(np.log, [X]))[0]",
  "a property of something innocent":
    "class Data:\n    def __init__(self, X): self.raw = X\n    @property\n    def logged(self):\n        return np.log(self.raw)\nX = Data(X).logged",
  "a decorator that only measures time":
    "import time\ndef timed(f):\n    def inner(*args, **kwargs):\n        start = time.time()\n        answer = f(*args, **kwargs)\n        print(time.time() - start)\n        return answer\n    return inner\n@timed\ndef prepare(X):\n    return X * 2\nX = prepare(X)",
  "names of the notebook, read and written": 'globals()["X"] = X * 2',
  "a loop that needs no name": "for _ in range(3):\n    X = X * 2\nZ = _",
  "filled from earlier rows": 'X = X.ffill()\nX = X.fillna(method="ffill")',
  "how many": "print(X.isnull().sum() / len(X))\nn = len(X)",
  "polars, row by row": 'X = X.with_columns((pl.col("a") * 2).alias("a"), b=pl.col("b").log())',
  "rows written one by one":
    "X = X.copy()\nfor i, row in df.iterrows():\n    X.loc[i, 'c'] = row['a'] * 2 + row['b']\nfor i, v in enumerate(df['a']):\n    X.loc[i, 'd'] = v",
  "a list with an answer for each row":
    "answers = []\nfor a, b in zip(df['a'], df['b']):\n    total = a\n    total += b\n    answers.append(total)\nX['c'] = answers",
  "columns in a loop":
    "for c in X.columns:\n    X[c + '_log'] = np.log(X[c])\nfor c in ['a', 'b']:\n    X[c] = X[c] / 2",
  "letters of a text, one by one":
    "texts = []\nfor text in df['a']:\n    kept = ''\n    for sign in text:\n        kept += sign\n    texts.append(kept)\nX['c'] = texts",
  "how often the loop ran": "seen = 0\nfor v in df['a']:\n    seen += 1\nprint(seen)\nX = X * 2",
  "a file written for others": "X.to_csv('out.csv')\nX = pd.read_csv('in.csv')",
  "a file of its own rows": "X.to_csv('x.csv')\nX = pd.read_csv('x.csv')",
  "an object that hands itself over":
    "class Timer:\n    def __enter__(self): return self\n    def __exit__(self, *a): print('done')\nwith Timer() as t:\n    X = X * 2\nwith open('a.txt') as f:\n    text = f.read()",
  "a projection by a matrix of numbers": "X = X @ np.array([[1, 0], [0, 2]])",
  "a step of its own that learns nothing":
    "class Log(BaseEstimator, TransformerMixin):\n    def fit(self, X, y=None): return self\n    def transform(self, X): return np.log(X)\nX = make_pipeline(Log()).fit_transform(X)",
  "a transformer of a function row by row": "X = FunctionTransformer(np.log1p).fit_transform(X)",
  "an executor that reads files":
    "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool:\n    parts = list(pool.map(pd.read_csv, ['a.csv', 'b.csv']))\nX = X.fillna(0)",
  "a class attribute that is a number": "class Config:\n    rate = 2\nX = X * Config.rate",
  "the kernel, told what to show":
    "get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('ls')\nX = X + 1",
};

test.each(Object.entries(innocent))("innocent: %s", (_title, middle) => {
  expect(said(readers, middle)).toEqual([]);
});

test("what was not followed after the split speaks of the training rows alone", () => {
  const before = `${read}X_train, X_test, y_train, y_test = train_test_split(X, y)\n`;
  expect(
    said(readers, "X_train = prepare(X_train)", [
      before,
      "\nSVC().fit(X_train, y_train).score(X_test, y_test)",
    ]),
  ).toEqual([]);
});
