const frame = "import pandas as pd, numpy as np\n# %%\ndf = pd.read_csv('a.csv')\n# %%\n";
const model = `${frame}from sklearn.linear_model import LinearRegression
X, y = df[['x']].to_numpy(dtype=float), df['y'].to_numpy(dtype=float)
# %%
`;
const total = "# %%\nout = df['x'].sum()";

/** What is needed changes an object under another name, or by code that runs elsewhere. */
export const throughObjects: Readonly<Record<string, string>> = {
  "a column assigned": `${frame}# needed\ndf['x'] = 0\n${total}`,
  "a method of an own class": `${frame}class Prep:\n    def run(self, t):\n        t['x'] = t['x'] + 1\n# %%\n# needed\nPrep().run(df)\n${total}`,
  "an object that keeps a table": `${frame}class Prep:\n    def __init__(self, t):\n        self.t = t\n    def head(self):\n        self.t['x'] = 1\n# %%\np = Prep(df)\n# %%\n# needed\np.head()\n${total}`,
  "out=": `${frame}a = df['x'].to_numpy(dtype=float)\n# %%\n# needed\nnp.exp(np.zeros(60), out=a)\n# %%\nout = a.sum()`,
  "out by its place": `${frame}a = df['x'].to_numpy(dtype=float)\n# %%\n# needed\nnp.add(a, 1, a)\n# %%\nout = a.sum()`,
  "np.add.at": `${frame}a = np.zeros(3)\n# %%\n# needed\nnp.add.at(a, [0, 0], 1)\n# %%\nout = a.sum()`,
  "np.putmask": `${frame}a = np.arange(5)\n# %%\n# needed\nnp.putmask(a, a > 2, 0)\n# %%\nout = a.sum()`,
  "np.place, copyto and fill_diagonal": `${frame}a = np.ones((3, 3))\n# %%\n# needed\nnp.place(a, a > 0, [2])\nnp.copyto(a[0], 5)\nnp.fill_diagonal(a, 7)\n# %%\nout = a.sum()`,
  "copy=False": `${frame}a = np.array([1.0, np.nan])\n# %%\n# needed\nnp.nan_to_num(a, copy=False)\n# %%\nout = a.sum()`,
  "a scaler that writes": `${model}from sklearn.preprocessing import StandardScaler\n# %%\n# needed\nStandardScaler(copy=False).fit_transform(X)\n# %%\nout = round(X.sum(), 6), X.std()`,
  "in place": `${frame}# needed\ndf.drop(columns='y', inplace=True)\n# %%\nout = list(df.columns)`,
  "a helper two deep": `${frame}def inner(t):\n    t['x'] = 3\ndef outer(t):\n    inner(t)\n# %%\n# needed\nouter(df)\n${total}`,
  "a helper in a decorator": `${frame}def writes(f):\n    def wrapped(t):\n        t['x'] = 3\n        return f(t)\n    return wrapped\n@writes\ndef show(t):\n    return t.shape\n# %%\n# needed\nshow(df)\n${total}`,
  "a lambda in a partial": `${frame}from functools import partial\ng = partial(lambda k, t: t.__setitem__('x', k), 4)\n# %%\n# needed\ng(df)\n${total}`,
  "a loop over values": `${frame}tables = {'a': df}\n# %%\n# needed\nfor t in tables.values():\n    t['x'] = 0\n${total}`,
  "a loop over items with numbers": `${frame}tables = [('a', df)]\n# %%\n# needed\nfor i, (k, t) in enumerate(tables):\n    t['x'] = i\n${total}`,
  "a global write": "n = 0\ndef bump():\n    global n\n    n += 1\n# %%\n# needed\nbump()\n# %%\nout = n",
  "an alias": "a = []\nb = a\n# %%\n# needed\nb.append(1)\n# %%\nout = len(a)",
  "an alias in a tuple": "a, b = [], 2\nc = (a, b)\n# %%\n# needed\nc[0].append(1)\n# %%\nout = len(a)",
  "a view": `${frame}a = np.arange(6)\nv = a.reshape(2, 3)[0]\n# %%\n# needed\nv[:] = 9\n# %%\nout = a.sum()`,
  "the real part of an array": `${frame}a = np.arange(6.0)\n# %%\n# needed\nnp.real(a)[:] = 9\n# %%\nout = a.sum()`,
  "np.nditer": `${frame}a = np.arange(6.0)\n# %%\n# needed\nwith np.nditer(a, op_flags=['readwrite']) as it:\n    for v in it:\n        v[...] = 2 * v\n# %%\nout = a.sum()`,
  "callbacks of map": "acc = []\n# %%\n# needed\nlist(map(acc.append, [1, 2]))\n# %%\nout = len(acc)",
  "callbacks of apply": `${frame}acc = []\ndef see(v):\n    acc.append(v)\n    return v\n# %%\n# needed\ndf['x'].apply(see)\n# %%\nout = len(acc)`,
  "a FunctionTransformer that writes": `${frame}from sklearn.preprocessing import FunctionTransformer\nfrom sklearn.pipeline import make_pipeline\ndef half(t):\n    t['x'] = t['x'] / 2\n    return t\npipe = make_pipeline(FunctionTransformer(half))\n# %%\n# needed\npipe.fit_transform(df)\n${total}`,
  "a transformer of one's own": `${frame}from sklearn.base import BaseEstimator, TransformerMixin\nclass Half(BaseEstimator, TransformerMixin):\n    def fit(self, t, y=None):\n        return self\n    def transform(self, t):\n        t['x'] = t['x'] / 2\n        return t\n# %%\n# needed\nHalf().fit_transform(df)\n${total}`,
  "a copy of one's own object":
    "import copy\nlog = []\nclass A:\n    def run(self):\n        log.append(1)\n# %%\nb = copy.deepcopy(A())\n# %%\n# needed\nb.run()\n# %%\nout = len(log)",
  "a property":
    "log = []\nclass A:\n    @property\n    def size(self):\n        log.append(1)\n        return 1\na = A()\n# %%\n# needed\na.size\n# %%\nout = len(log)",
  "a generator that writes as it goes":
    "log = []\ndef gen():\n    for i in range(3):\n        log.append(i)\n        yield i\ng = gen()\n# %%\n# needed\nlist(g)\n# %%\nout = len(log)",
  "a generator half gone through": "g = iter([1, 2, 3])\n# %%\n# needed\nnext(g)\n# %%\nout = list(g)",
  "a generator expression that looks later":
    "k = 1\ng = (k * v for v in [1, 2])\n# %%\n# needed\nk = 10\n# %%\nout = list(g)",
  "a context manager":
    "from contextlib import contextmanager\nlog = []\n@contextmanager\ndef noted():\n    log.append('in')\n    yield\n    log.append('out')\n# %%\n# needed\nwith noted():\n    pass\n# %%\nout = log",
  exec: "x = 1\n# %%\n# needed\nexec('x = 5')\n# %%\nout = x",
  "globals()": "x = 1\n# %%\n# needed\nglobals()['x'] = 6\n# %%\nout = x",
  "an alias that exec gives":
    "a = []\n# %%\n# needed\nexec('b = a')\n# %%\n# needed\nb.append(1)\n# %%\nout = len(a)",
  "a module of the workspace": `${frame}import helper\n# %%\n# needed\nhelper.clean(df)\n${total}`,
  "what a module has kept": `${frame}from helper import keep\nkeep(df)\n# %%\n# needed\nimport helper\nhelper.touch()\n${total}`,
  "a head that is no table's": `${frame}from helper import Box\nb = Box(df)\n# %%\n# needed\nb.head()\n${total}`,
  "rows that a model still has": `${model}from sklearn.neighbors import KNeighborsRegressor\nm = KNeighborsRegressor(1, algorithm='brute').fit(X, y)\n# %%\n# needed\nX[:] = X[::-1].copy()\n# %%\nout = m.predict([[3.0]]).tolist()`,
  "a step that was put into a pipeline": `${model}from sklearn.pipeline import Pipeline\nfrom sklearn.preprocessing import StandardScaler\ns, p = StandardScaler(), Pipeline([('s', None), ('m', LinearRegression())])\n# %%\np.set_params(s=s)\n# %%\n# needed\np.fit(X, y)\n# %%\nout = s.mean_.tolist()`,
  "a model fitted where it stands": `${model}m = LinearRegression()\n# %%\n# needed\nm.fit(X, y)\n# %%\nout = m.coef_.tolist()`,
  "a model in a dictionary": `${model}models = {'a': LinearRegression()}\n# %%\n# needed\nfor name, m in models.items():\n    m.fit(X, y)\n# %%\nout = models['a'].coef_.tolist()`,
  "a list in a column": `${frame}l = [1]\ns = pd.Series([l, []])\n# %%\n# needed\nl.append(2)\n# %%\nout = len(s[0])`,
  "a list put into a cell of a table": `${frame}l = [1]\ndf['o'] = None\n# %%\ndf.at[0, 'o'] = l\n# %%\n# needed\nl.append(2)\n# %%\nout = len(df.at[0, 'o'])`,
  "a default that is kept":
    "def f(v, acc=[]):\n    acc.append(v)\n    return acc\n# %%\n# needed\nf(1)\n# %%\nout = len(f(2))",
  "a cached answer":
    "from functools import lru_cache\nk = 1\n@lru_cache\ndef f(v):\n    return v * k\n# %%\n# needed\nf(1)\n# %%\nk = 5\n# %%\nout = f(1)",
  "an attribute of a function": "def f():\n    return f.n\nf.n = 1\n# %%\n# needed\nf.n = 2\n# %%\nout = f()",
  "an implementation for a type":
    "from functools import singledispatch\n@singledispatch\ndef area(v):\n    return 0\n# %%\n# needed\n@area.register\ndef _(v: int):\n    return side * side\n# %%\n# needed\nside = 4\n# %%\nout = area(1)",
  "a class that annotations name":
    "# needed\nclass Config:\n    pass\n# %%\ndef f(c: Config) -> int:\n    return 1\n# %%\nout = f(None)",
  "a class that a pattern names":
    "# needed\nclass P:\n    x = 1\n# %%\ndef f(v):\n    match v:\n        case P(x=1):\n            return 'p'\n        case _:\n            return 'n'\n# %%\nout = f(3)",
  "a name in a query": `${frame}# needed\nlimit = 3\n# %%\nout = len(df.query('x > @limit'))`,
  "a name that a mask's lambda reads": `${frame}# needed\nlimit = 3\n# %%\nout = len(df.loc[lambda t: t['x'] > limit])`,
  "a dictionary that makes what is not there":
    "from collections import defaultdict\nstart = 1\nd = defaultdict(lambda: start)\n# %%\n# needed\nstart = 7\n# %%\nout = d['a']",
  "a thread":
    "import threading\nlog = []\nt = threading.Thread(target=log.append, args=(1,))\n# %%\n# needed\nt.start()\nt.join()\n# %%\nout = len(log)",
  "what a deleted name meant": "x = [1]\ny = x\n# %%\n# needed\nx.append(2)\ndel x\n# %%\nout = y",
  "sorted where it stands": "a = [3, 1]\n# %%\n# needed\na.sort()\n# %%\nout = a",
  "a method of the class of arrays": `${frame}a = np.array([3, 1])\n# %%\n# needed\nnp.ndarray.sort(a)\n# %%\nout = a.tolist()`,
  "heaps and insertions":
    "import heapq, bisect\na = [3, 2]\n# %%\n# needed\nheapq.heapify(a)\nbisect.insort(a, 9)\n# %%\nout = a",
  "an object of a class's own list":
    "class A:\n    all = []\n# %%\n# needed\nA.all.append(1)\n# %%\nout = len(A().all)",
  "a loop that may not turn": "x = 1\n# %%\n# needed\nx = 2\n# %%\nfor v in []:\n    x = v\n# %%\nout = x",
  "a walrus in a condition": "# needed\nif (n := 3) > 1:\n    pass\n# %%\nout = n",
  "what an error leaves":
    "x = [1]\n# %%\n# needed\ntry:\n    x.append(2)\n    raise ValueError\nexcept ValueError:\n    pass\n# %%\nout = x",
  "an unpacked object of one's own":
    "log = []\nclass A:\n    def __iter__(self):\n        log.append(1)\n        return iter([1, 2])\nv = A()\n# %%\n# needed\na, b = v\n# %%\nout = len(log)",
  "what setattr gives":
    "class A:\n    pass\na = A()\na.n = 1\n# %%\n# needed\nsetattr(a, 'n', 2)\n# %%\nout = a.n",
  "an iterator of a file": "f = open('a.csv')\n# %%\n# needed\nnext(f)\n# %%\nout = next(f)",
  "pickled classes":
    "import pickle\n# %%\n# needed\nclass A:\n    n = 3\n# %%\nwith open('o.pkl', 'wb') as f:\n    pickle.dump(A(), f)\n# %%\nout = pickle.load(open('o.pkl', 'rb')).n",
  "a counter of a function around":
    "def counter():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n        return n\n    return inc\nc = counter()\n# %%\n# needed\nc()\n# %%\nout = c()",
  "a list of a function around":
    "def make():\n    acc = []\n    def add(v):\n        acc.append(v)\n        return acc\n    return add\nadd = make()\n# %%\n# needed\nadd(1)\n# %%\nout = len(add(2))",
  "what a class is given later": "class A:\n    n = 1\na = A()\n# %%\n# needed\nA.n = 2\n# %%\nout = a.n",
  "what a base class is given later":
    "class A:\n    n = 1\nclass B(A):\n    pass\nb = B()\n# %%\n# needed\nA.n = 2\n# %%\nout = b.n",
  "a method that a class is given later":
    "class A:\n    pass\na = A()\n# %%\n# needed\nA.f = lambda self: k\n# %%\n# needed\nk = 4\n# %%\nout = a.f()",
  "what is put into a module runs": `${frame}log = []\npd.DataFrame.note = lambda t: log.append(len(t))\n# %%\n# needed\ndf.note()\n# %%\nout = log`,
  "a subclass that its base counts":
    "class A:\n    all = []\n    def __init_subclass__(cls):\n        A.all.append(cls.__name__)\n# %%\n# needed\nclass B(A):\n    pass\n# %%\nout = A.all",
  "an iterator that another goes through":
    "import itertools\nit = iter([1, 2, 3, 4])\n# %%\n# needed\nlist(itertools.islice(it, 2))\n# %%\nout = list(it)",
  "an iterator that a text joins": "it = iter('abc')\n# %%\n# needed\n''.join(it)\n# %%\nout = list(it)",
  "a coroutine":
    "import asyncio\nlog = []\nasync def f():\n    log.append(1)\nc = f()\n# %%\n# needed\nasyncio.run(c)\n# %%\nout = len(log)",
  "a name among Python's own":
    "import builtins\n# %%\n# needed\nbuiltins.limit_of_all = 5\n# %%\nout = limit_of_all",
  "names that are listed": "# needed\nx_of_mine = 1\n# %%\nout = 'x_of_mine' in dir()",
  "bytes that are packed":
    "import struct\nb = bytearray(8)\n# %%\n# needed\nstruct.pack_into('i', b, 0, 5)\n# %%\nout = bytes(b)",
  "a set made smaller": "s = {1, 2}\n# %%\n# needed\ns.difference_update([1])\n# %%\nout = s",
  "a transformer that does nothing": `${model}from sklearn.preprocessing import FunctionTransformer\nZ = FunctionTransformer().fit_transform(X)\n# %%\n# needed\nZ[:] = 0\n# %%\nout = X.sum()`,
  "a sparse matrix that is the same": `${frame}from scipy import sparse\nm = sparse.csr_matrix(np.eye(3))\nn = m.tocsr()\n# %%\n# needed\nn.data[:] = 4\n# %%\nout = m.sum()`,
  "a copy that shares": `${frame}z = df[['x']].copy()\nw = z.copy(deep=False)\n# %%\n# needed\nw.to_numpy()[:] = 1\n# %%\nout = z['x'].sum()`,
  "attributes by their dictionary":
    "class A:\n    pass\na = A()\na.n = 1\n# %%\n# needed\na.__dict__['n'] = 2\n# %%\nout = a.n",
  "attributes by vars":
    "class A:\n    pass\na = A()\na.n = 1\n# %%\n# needed\nvars(a)['n'] = 2\n# %%\nout = a.n",
  "an operator's function":
    "import operator\nd = {}\n# %%\n# needed\noperator.setitem(d, 'a', 1)\n# %%\nout = d",
  "a method asked of the class of lists": "a = []\n# %%\n# needed\nlist.append(a, 1)\n# %%\nout = a",
  "a view of a dictionary": "d = {}\nv = d.values()\n# %%\n# needed\nd['a'] = 1\n# %%\nout = list(v)",
  "a cached property":
    "from functools import cached_property\nk = 1\nclass A:\n    @cached_property\n    def n(self):\n        return k\na = A()\n# %%\n# needed\na.n\n# %%\nk = 5\n# %%\nout = a.n",
  "columns gone through": `${frame}z = df[['x', 'y']].copy()\n# %%\n# needed\nfor name, column in z.items():\n    z[name] = column * 0\n# %%\nout = int(z.sum().sum())`,
  "a scorer of one's own": `${model}from sklearn.model_selection import cross_val_score\nlog = []\ndef scorer(m, X, y):\n    log.append(1)\n    return 0.0\n# %%\n# needed\ncross_val_score(LinearRegression(), X, y, cv=3, scoring=scorer)\n# %%\nout = len(log)`,
  "a vectorized function": `${frame}log = []\nf = np.vectorize(lambda v: log.append(v) or v)\n# %%\n# needed\nf([1, 2])\n# %%\nout = len(log)`,
  "jobs in threads":
    "from joblib import Parallel, delayed\nlog = []\n# %%\n# needed\nParallel(n_jobs=2, backend='threading')(delayed(log.append)(v) for v in [1, 2])\n# %%\nout = sorted(log)",
  "an enumeration's method":
    "from enum import Enum\nseen = []\nclass E(Enum):\n    A = 1\n    def note(self):\n        seen.append(self.value)\n# %%\n# needed\nE.A.note()\n# %%\nout = seen",
  "a named tuple's list":
    "from collections import namedtuple\nP = namedtuple('P', 'l')\np = P([])\n# %%\n# needed\np.l.append(1)\n# %%\nout = p.l",
  "an object by __setitem__":
    "class A:\n    def __init__(self):\n        self.d = {}\n    def __setitem__(self, k, v):\n        self.d[k] = v\na = A()\n# %%\n# needed\na['x'] = 1\n# %%\nout = a.d",
  "an object added to":
    "class A:\n    def __init__(self):\n        self.l = []\n    def __iadd__(self, v):\n        self.l.append(v)\n        return self\na = A()\nb = a\n# %%\n# needed\na += 1\n# %%\nout = b.l",
  "a part of a tree":
    "import xml.etree.ElementTree as ET\nroot = ET.fromstring('<a><b/></a>')\nb = root.find('b')\n# %%\n# needed\nb.set('k', 'v')\n# %%\nout = ET.tostring(root)",
  "sys.modules": "import sys\nx = 1\n# %%\n# needed\nsys.modules['__main__'].x = 7\n# %%\nout = x",
};
