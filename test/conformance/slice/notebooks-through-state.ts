const frame = "import pandas as pd, numpy as np\n# %%\ndf = pd.read_csv('a.csv')\n# %%\n";
const fit = `${frame}from sklearn.ensemble import RandomForestClassifier
X, y = df[['x', 'y']], df['g']
# %%
`;

/** What is needed changes files, generators of chance, or how the process works. */
export const throughState: Readonly<Record<string, string>> = {
  "a seed": "import numpy as np\n# %%\n# needed\nnp.random.seed(0)\n# %%\nout = np.random.rand()",
  "numbers drawn in between":
    "import numpy as np\nnp.random.seed(0)\n# %%\n# needed\nnp.random.rand(3)\n# %%\nout = np.random.rand()",
  "rows sampled in between": `${frame}np.random.seed(0)\n# %%\n# needed\ndf.sample(3)\n# %%\nout = df.sample(3)['x'].tolist(), df.sample(2).index.tolist()`,
  "a forest fitted in between": `${fit}np.random.seed(0)\n# %%\n# needed\nRandomForestClassifier(3).fit(X, y)\n# %%\nm = RandomForestClassifier(5).fit(X, y)\nout = m.predict_proba(X).round(6).tolist()`,
  "a split in between": `${fit}from sklearn.model_selection import train_test_split\nnp.random.seed(0)\n# %%\n# needed\ntrain_test_split(X, y)\n# %%\nout = train_test_split(X)[0].index.tolist()`,
  "a search that holds a forest": `${fit}from sklearn.model_selection import GridSearchCV\nnp.random.seed(1)\ng = GridSearchCV(RandomForestClassifier(3), {'max_depth': [1, 2]}, cv=3)\n# %%\n# needed\ng.fit(X, y)\n# %%\nout = np.random.rand()`,
  "a score by folds of a forest": `${fit}from sklearn.model_selection import cross_val_score\nnp.random.seed(1)\nm = RandomForestClassifier(3)\n# %%\n# needed\ncross_val_score(m, X, y)\n# %%\nout = np.random.rand()`,
  "Python's own generator":
    "import random\nrandom.seed(0)\n# %%\n# needed\nrandom.random()\n# %%\nout = random.random()",
  "a list shuffled":
    "import random\nrandom.seed(0)\nl = list(range(9))\n# %%\n# needed\nrandom.shuffle(l)\n# %%\nout = l",
  "a generator of one's own":
    "import numpy as np\nrng = np.random.default_rng(0)\n# %%\n# needed\nrng.random(3)\n# %%\nout = rng.random()",
  "a generator of one's own, handed on": `${frame}from sklearn.model_selection import train_test_split\nrng = np.random.RandomState(0)\n# %%\n# needed\ntrain_test_split(df, random_state=rng)\n# %%\nout = rng.rand()`,
  "a generator that a model has": `${fit}rng = np.random.RandomState(0)\nm = RandomForestClassifier(3, random_state=rng)\n# %%\n# needed\nm.fit(X, y)\n# %%\nout = rng.rand()`,
  "a seed in a function":
    "import random\nimport numpy as np\ndef seed_all(s):\n    random.seed(s)\n    np.random.seed(s)\n# %%\n# needed\nseed_all(0)\n# %%\nout = np.random.rand(), random.random()",
  "a seed that may not be":
    "import numpy as np\nnp.random.seed(1)\n# %%\n# needed\nnp.random.rand()\n# %%\nif False:\n    np.random.seed(2)\n# %%\nout = np.random.rand()",
  "a seed of a module's":
    "import numpy as np\nimport helper\n# %%\n# needed\nhelper.seed()\n# %%\nout = np.random.rand()",
  "draws of a distribution":
    "import numpy as np\nfrom scipy import stats\nnp.random.seed(0)\n# %%\n# needed\nstats.norm.rvs(size=3)\n# %%\nout = np.random.rand()",
  "made data":
    "import numpy as np\nfrom sklearn.datasets import make_blobs\nnp.random.seed(0)\n# %%\n# needed\nmake_blobs(10)\n# %%\nout = np.random.rand()",
  "shuffled folds": `${fit}from sklearn.model_selection import KFold\nnp.random.seed(0)\nk = KFold(3, shuffle=True)\n# %%\n# needed\nfor a, b in k.split(X):\n    pass\n# %%\nout = np.random.rand()`,
  "the state of a generator":
    "import numpy as np\nnp.random.seed(0)\ns = np.random.get_state()\n# %%\nnp.random.rand()\n# %%\n# needed\nnp.random.set_state(s)\n# %%\nout = np.random.rand()",
  "a file written": `${frame}# needed\ndf.head(3).to_csv('b.csv')\n# %%\nout = len(pd.read_csv('b.csv'))`,
  "a file written over": `${frame}# needed\ndf.head(3).to_csv('a.csv')\n# %%\nout = len(pd.read_csv('a.csv'))`,
  "a file under a name": `${frame}path = 'b.csv'\n# %%\n# needed\ndf.head(3).to_csv(path)\n# %%\nout = len(pd.read_csv(path))`,
  "a file in a folder": `${frame}import os\n# %%\n# needed\nos.makedirs('d', exist_ok=True)\n# %%\ndf.head(3).to_csv(os.path.join('d', 'b.csv'))\n# %%\nout = len(pd.read_csv('d/b.csv'))`,
  "a file renamed": `${frame}import os\n# %%\n# needed\nos.rename('a.csv', 'c.csv')\n# %%\nout = len(pd.read_csv('c.csv'))`,
  "a file copied": `${frame}import shutil\n# %%\n# needed\nshutil.copy('a.csv', 'c.csv')\n# %%\nout = len(pd.read_csv('c.csv'))`,
  "a file by its path":
    "from pathlib import Path\n# %%\n# needed\nPath('n.txt').write_text('5')\n# %%\nout = Path('n.txt').read_text()",
  "a file of another program":
    "import subprocess\n# %%\n# needed\nsubprocess.run('echo 5 > n.txt', shell=True)\n# %%\nout = open('n.txt').read()",
  "a file by os.system":
    "import os\n# %%\n# needed\nos.system('echo 5 > n.txt')\n# %%\nout = open('n.txt').read()",
  "a file that stays open":
    "f = open('n.txt', 'w')\n# %%\n# needed\nf.write('5')\n# %%\n# needed\nf.close()\n# %%\nout = open('n.txt').read()",
  "a file through a writer":
    "import csv\nf = open('n.csv', 'w')\nw = csv.writer(f)\n# %%\n# needed\nw.writerow([1, 2])\n# %%\nf.close()\n# %%\nout = open('n.csv').read()",
  "a file appended to":
    "open('n.txt', 'w').write('1')\n# %%\n# needed\nwith open('n.txt', 'a') as f:\n    f.write('2')\n# %%\nout = open('n.txt').read()",
  "a file of a with":
    "import json\n# %%\n# needed\nwith open('n.json', 'w') as f:\n    json.dump([1], f)\n# %%\nwith open('n.json') as f:\n    out = json.load(f)",
  "an array's file without its ending":
    "import numpy as np\n# %%\n# needed\nnp.save('n', np.arange(3))\n# %%\nout = np.load('n.npy').tolist()",
  "a model's file": `${fit}import joblib\nm = RandomForestClassifier(3, random_state=0).fit(X, y)\n# %%\n# needed\njoblib.dump(m, 'm.pkl')\n# %%\nout = joblib.load('m.pkl').predict(X)[:5].tolist()`,
  "a database": `${frame}import sqlite3\ncon = sqlite3.connect('t.db')\n# %%\n# needed\ndf.to_sql('t', con)\n# %%\nout = len(pd.read_sql('select * from t', con))`,
  "a table of a database":
    "import sqlite3\ncon = sqlite3.connect(':memory:')\ncur = con.cursor()\ncur.execute('create table t (a int)')\n# %%\n# needed\ncur.execute('insert into t values (1)')\n# %%\nout = con.execute('select count(*) from t').fetchall()",
  "a table that DuckDB finds by its name": `${frame}import duckdb\n# %%\n# needed\nsmall = df.head(4)\n# %%\nout = duckdb.sql('select count(*) from small').fetchall()`,
  "files that are listed":
    "import glob\n# %%\n# needed\nopen('z.txt', 'w').close()\n# %%\nout = glob.glob('*.txt')",
  "an archive":
    "import zipfile\nwith zipfile.ZipFile('z.zip', 'w') as z:\n    z.writestr('in.txt', '1')\n# %%\n# needed\nzipfile.ZipFile('z.zip').extractall('un')\n# %%\nout = open('un/in.txt').read()",
  "a folder that is another now":
    "import os\nos.makedirs('d')\nopen('d/q.txt', 'w').write('1')\n# %%\n# needed\nos.chdir('d')\n# %%\nout = open('q.txt').read()",
  "a setting of pandas": `${frame}# needed\npd.options.display.max_rows = 4\n# %%\nout = str(df)`,
  "a setting by a function": `${frame}# needed\npd.set_option('display.precision', 1)\n# %%\nout = str(df[['x']] / 7)`,
  "how NumPy prints":
    "import numpy as np\n# %%\n# needed\nnp.set_printoptions(precision=2)\n# %%\nout = str(np.array([1 / 3]))",
  "what scikit-learn answers with": `${fit}import sklearn\nfrom sklearn.preprocessing import StandardScaler\n# %%\n# needed\nsklearn.set_config(transform_output='pandas')\n# %%\nout = type(StandardScaler().fit_transform(X)).__name__`,
  "warnings as errors":
    "import warnings\n# %%\n# needed\nwarnings.filterwarnings('error')\n# %%\ntry:\n    warnings.warn('x')\n    out = 1\nexcept UserWarning:\n    out = 2",
  "errors of NumPy":
    "import numpy as np\n# %%\n# needed\nnp.seterr(divide='raise')\n# %%\ntry:\n    np.array([1.0]) / 0\n    out = 1\nexcept FloatingPointError:\n    out = 2",
  "a variable of the environment":
    "import os\n# %%\n# needed\nos.environ['KEY_OF_MINE'] = '1'\n# %%\nout = os.environ.get('KEY_OF_MINE')",
  "the path of modules":
    "import sys, os\nos.makedirs('lib')\nopen('lib/deep.py', 'w').write('v = 3')\n# %%\n# needed\nsys.path.append('lib')\n# %%\nimport deep\nout = deep.v",
  "a method put into a class of pandas": `${frame}k = 1\n# %%\n# needed\npd.DataFrame.twice = lambda t: t['x'].sum() * k\n# %%\n# needed\nk = 2\n# %%\nout = df.twice()`,
  "a function of a module replaced":
    "import numpy as np\n# %%\n# needed\nnp.half_of = lambda v: v / 2\n# %%\nout = np.half_of(4)",
  "an accessor": `${frame}# needed\n@pd.api.extensions.register_dataframe_accessor('mine')\nclass Mine:\n    def __init__(self, t):\n        self.t = t\n    def size(self):\n        return factor * len(self.t)\n# %%\n# needed\nfactor = 2\n# %%\nout = df.mine.size()`,
  "an import that enables":
    "import numpy as np\n# %%\n# needed\nfrom sklearn.experimental import enable_iterative_imputer\n# %%\nfrom sklearn.impute import IterativeImputer\nout = IterativeImputer().fit_transform([[1.0, 2], [np.nan, 3]]).round(3).tolist()",
  "a limit of Python":
    "import sys\n# %%\n# needed\nsys.setrecursionlimit(5000)\n# %%\nout = sys.getrecursionlimit()",
  "how decimals are reckoned":
    "import decimal\n# %%\n# needed\ndecimal.getcontext().prec = 3\n# %%\nout = str(decimal.Decimal(1) / decimal.Decimal(3))",
  "what a star gives": "pow = max\n# %%\n# needed\nfrom math import *\n# %%\nout = pow(2, 3)",
  "a module put in the place of another":
    "import sys, types\nm = types.ModuleType('mine')\nm.v = 1\n# %%\n# needed\nsys.modules['mine'] = m\n# %%\nimport mine\nout = mine.v",
  "what is printed into a file":
    "import sys\nscreen = sys.stdout\nsys.stdout = open('log.txt', 'w')\n# %%\n# needed\nprint('x')\n# %%\nsys.stdout.close()\nsys.stdout = screen\nout = open('log.txt').read()",
  "a log":
    "import logging\nlogging.basicConfig(filename='log.txt', level=logging.INFO, format='%(message)s', force=True)\n# %%\n# needed\nlogging.info('x')\n# %%\nout = open('log.txt').read()",
  "a state that scikit-learn hands out":
    "import numpy as np\nfrom sklearn.utils import check_random_state\nnp.random.seed(0)\nr = check_random_state(None)\n# %%\n# needed\nr.rand()\n# %%\nout = np.random.rand()",
  "a draw in a function that is applied": `${frame}import random\nrandom.seed(0)\n# %%\n# needed\ndf['x'].apply(lambda v: random.random())\n# %%\nout = random.random()`,
  "a draw that is handed on":
    "import random\nrandom.seed(0)\n# %%\n# needed\nlist(map(random.choice, [[1, 2]] * 3))\n# %%\nout = random.random()",
  "a path that a function is told": `${frame}path = 'a.csv'\ndef save(t, path):\n    t.to_csv(path)\n# %%\n# needed\nsave(df.head(2), 'b.csv')\n# %%\nout = len(pd.read_csv('b.csv'))`,
  "paths that a loop takes turns with": `${frame}path = 'a.csv'\n# %%\n# needed\nfor path in ['b.csv', 'c.csv']:\n    df.head(2).to_csv(path)\n# %%\nout = len(pd.read_csv('c.csv'))`,
  "a file that is gone": "import os\n# %%\n# needed\nos.remove('a.csv')\n# %%\nout = os.path.exists('a.csv')",
  "columns that an Excel-like writer gets":
    "from pathlib import Path\np = Path('d')\n# %%\n# needed\np.mkdir()\n# %%\n(p / 'n.txt').write_text('1')\nout = (p / 'n.txt').read_text()",
  "a database of files":
    "import shelve\ns = shelve.open('s')\n# %%\n# needed\ns['a'] = 1\n# %%\ns.close()\n# %%\nout = dict(shelve.open('s'))",
  "a context of pandas": `${frame}ctx = pd.option_context('display.max_rows', 4)\n# %%\n# needed\nctx.__enter__()\n# %%\nout = str(df)`,
  "a seed in a loop":
    "import numpy as np\nnp.random.seed(0)\n# %%\n# needed\nfor _ in range(3):\n    np.random.rand()\n# %%\nout = np.random.rand()",
  "a shuffle of rows": `${frame}from sklearn.utils import shuffle\nnp.random.seed(0)\n# %%\n# needed\nshuffle(df)\n# %%\nout = shuffle(df)['x'].tolist()[:5]`,
};
