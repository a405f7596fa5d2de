const frame = "import pandas as pd, numpy as np\n# %%\ndf = pd.read_csv('a.csv')\n# %%\n";
const fit = `${frame}from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
X, y = df[['x', 'y']], df['g']
# %%
`;

/** Nothing is missed where cells stay that only look, or whose work is another's. */
export const innocent: Readonly<Record<string, string>> = {
  "a print": "x = 1\n# %%\n# stays\nprint(x)\n# %%\nout = x",
  "looks at a table": `${frame}# stays\ndf.head()\n# %%\n# stays\ndf.info()\n# %%\n# stays\ndf.describe()\n# %%\n# stays\ndf['g'].value_counts()\n# %%\n# stays\nprint(df.shape, df.isna().sum())\n# %%\nout = df['x'].sum()`,
  "looks at groups": `${frame}# stays\ndf.groupby('g')['x'].mean()\n# %%\n# stays\npd.crosstab(df['g'], df['x'])\n# %%\n# stays\ndf.corr(numeric_only=True)\n# %%\nout = df['x'].sum()`,
  "another column is changed in a copy": `${frame}# stays\nz = df.copy()\nz['x'] = 0\n# %%\nout = df['x'].sum()`,
  "rows that are picked are others": `${frame}# stays\nz = df[df['x'] > 2]\nprint(len(z))\n# %%\nout = df['x'].sum()`,
  "another model": `${fit}a = LogisticRegression(max_iter=500).fit(X, y)\n# %%\n# stays\nb = RandomForestClassifier(3, random_state=0).fit(X, y)\nprint(b.score(X, y))\n# %%\nout = a.predict(X).tolist()`,
  "scores of the model": `${fit}a = LogisticRegression(max_iter=500).fit(X, y)\n# %%\n# stays\nfrom sklearn.metrics import accuracy_score, confusion_matrix\nprint(accuracy_score(y, a.predict(X)))\nconfusion_matrix(y, a.predict(X))\n# %%\nout = a.predict(X).tolist()`,
  "folds of the model": `${fit}a = LogisticRegression(max_iter=500).fit(X, y)\n# %%\n# stays\nfrom sklearn.model_selection import cross_val_score\nprint(cross_val_score(LogisticRegression(max_iter=500), X, y, cv=3))\n# %%\nout = a.predict(X).tolist()`,
  "draws before a seed":
    "import numpy as np\n# %%\n# stays\nprint(np.random.rand())\n# %%\nnp.random.seed(0)\n# %%\nout = np.random.rand()",
  "draws of a generator that nobody asks":
    "import numpy as np, random\nnp.random.seed(0)\n# %%\n# stays\nrandom.random()\n# %%\nout = np.random.rand()",
  "draws told a state": `${fit}np.random.seed(0)\n# %%\n# stays\nprint(df.sample(3, random_state=1))\n# %%\n# stays\nRandomForestClassifier(3, random_state=1).fit(X, y)\n# %%\nout = np.random.rand()`,
  "what comes after": "out = 1\n# %%\n# stays\nlater = out + 1",
  "a name that is given again": "# stays\ni = 0\n# %%\ni = 5\n# %%\nout = i",
  "a variable of a loop":
    "# stays\nfor i in range(3):\n    print(i)\n# %%\ntotal = 0\nfor i in range(4):\n    total += i\n# %%\nout = total",
  "a function that is not called": "# stays\ndef other():\n    return df\n# %%\nout = 1",
  "parameters that are called as names are": `${frame}# stays\nX = df * 2 if False else 3\n# %%\ndef double(X):\n    return X * 2\n# %%\nout = double(2)`,
  "a function that only looks": `${frame}def show(t):\n    print(t.shape)\n    return t.describe()\n# %%\n# stays\nshow(df)\n# %%\nout = df['x'].sum()`,
  "another file": `${frame}# stays\ndf.to_csv('other.csv')\n# %%\nout = len(pd.read_csv('a.csv'))`,
  "a file nobody reads": `${frame}# stays\nwith open('log.txt', 'w') as f:\n    f.write('x')\n# %%\nout = df['x'].sum()`,
  "another list": "a, b = [], []\n# %%\n# stays\nb.append(1)\n# %%\na.append(2)\n# %%\nout = a",
  "a list of names": `${frame}columns = list(df.columns)\n# %%\n# stays\nfor c in columns:\n    print(c, df[c].nunique())\n# %%\nout = columns`,
  "an object of one's own that only answers":
    "class A:\n    def __init__(self, n):\n        self.n = n\n    def twice(self):\n        return self.n * 2\na = A(2)\n# %%\n# stays\nprint(a.twice())\n# %%\nout = a.n",
  "a grouped table, filled": `${frame}s = df.groupby('g')['x'].transform('mean')\n# %%\n# stays\nprint(s.head())\n# %%\nout = s.sum()`,
  "a whole pipeline": `${fit}from sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler\n# %%\nX_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n# %%\npipe = make_pipeline(StandardScaler(), LogisticRegression())\n# %%\n# stays\nprint(pipe)\n# %%\npipe.fit(X_train, y_train)\n# %%\n# stays\nprint(pipe.score(X_test, y_test))\n# %%\nout = pipe.predict(X_test).tolist()`,
};
