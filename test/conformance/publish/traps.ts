/** A notebook of which a careless tool ships another model than the one that was seen. */
export interface Trap {
  readonly name: string;
  /** What runs after the preamble and before the probe; each is a cell. The model is called `model` and takes the columns `a` and `b`. */
  readonly cells: readonly string[];
  /** Files beside the notebook, besides `data.csv`. */
  readonly files?: Readonly<Record<string, string>>;
  /** The order in which the cells run, by their places among `cells`; as they stand when absent. */
  readonly order?: readonly number[];
  /** What happens between the run and the publication: a file's new text, or null where it is removed. */
  readonly after?: Readonly<Record<string, string | null>>;
  /** `same`: it ships, and answers as the run's model did. Else the gate that refuses it. */
  readonly expect: "same" | "same-answers" | "same-inputs" | "signature";
}

/** 60 rows of two columns and what follows from them; the same for every trap. */
export const dataCsv = [
  "a,b,y",
  ...Array.from({ length: 60 }, (_, i) => {
    const [a, b] = [((i * 37) % 60) / 10, ((i * 53) % 60) / 10 - 3];
    return `${a},${b},${2 * a - b + ((i * 7) % 5) / 10}`;
  }),
  "",
].join("\n");

export const preamble = `import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score
df = pd.read_csv("data.csv")`;

/** What the run's model answers, written where nobody publishes it from. */
export const probe = `import builtins, json
rows = pd.DataFrame({"a": [0.5, 1.5, 2.5, 5.0], "b": [-1.0, 0.0, 1.0, 2.0]})
json.dump(model.predict(rows).tolist(), builtins.open("probe.json", "w"))`;

const fit = `model = Ridge().fit(df[["a", "b"]], df["y"])`;
const shown = "print(df.describe())";

export const traps: readonly Trap[] = [
  {
    name: "a method of an own class changes the table",
    cells: [
      `class Doubler:\n    def run(self, table):\n        table["a"] *= 2`,
      "doubler = Doubler()",
      "doubler.run(df)",
      fit,
    ],
    expect: "same",
  },
  {
    name: "a function two calls deep changes the table",
    cells: [`def inner(t):\n    t["a"] = t["a"] + 3`, "def outer(t):\n    inner(t)", "outer(df)", fit],
    expect: "same",
  },
  {
    name: "np.add.at",
    cells: [
      "X = df[['a', 'b']].to_numpy()",
      "np.add.at(X, (slice(0, 10), 0), 5.0)",
      "df[['a', 'b']] = X",
      fit,
    ],
    expect: "same",
  },
  {
    name: "np.putmask",
    cells: ["x = df['a'].to_numpy().copy()", "np.putmask(x, x > 3, 3.0)", "df['a'] = x", fit],
    expect: "same",
  },
  {
    name: "out=",
    cells: ["x = df['a'].to_numpy().copy()", "np.multiply(x, 3.0, out=x)", "df['a'] = x", fit],
    expect: "same",
  },
  {
    name: "copy=False",
    cells: [
      "from sklearn.preprocessing import scale",
      "X = df[['a', 'b']].to_numpy().copy()",
      "scale(X, copy=False)",
      "df[['a', 'b']] = X",
      fit,
    ],
    expect: "same",
  },
  {
    name: "a loop over the values of a dictionary",
    cells: ["tables = {'all': df}", "for table in tables.values():\n    table['a'] = table['a'] * 4", fit],
    expect: "same",
  },
  {
    name: "another name",
    cells: ["same = df", "same['b'] = same['b'] + 10", fit],
    expect: "same",
  },
  {
    name: "a view of an array",
    cells: [
      "X = df[['a', 'b']].to_numpy().copy()",
      "first = X[:, 0]",
      "first *= 2",
      "df[['a', 'b']] = X",
      fit,
    ],
    expect: "same",
  },
  {
    name: "a list that grows by another name",
    cells: [
      "columns = []",
      "also = columns",
      "also.append('a')",
      "also.append('b')",
      "model = Ridge().fit(df[columns], df['y'])",
    ],
    expect: "same",
  },
  {
    name: "a global that a function writes",
    cells: [
      "alpha = 1.0",
      "def strong():\n    global alpha\n    alpha = 100.0",
      "strong()",
      "model = Ridge(alpha=alpha).fit(df[['a', 'b']], df['y'])",
    ],
    expect: "same",
  },
  {
    name: "a function that a decorator registers",
    cells: [
      "steps = []\ndef step(f):\n    steps.append(f)\n    return f",
      "@step\ndef shifted(t):\n    return t.assign(a=t['a'] + 1)",
      "for each in steps:\n    df = each(df)",
      fit,
    ],
    expect: "same",
  },
  {
    name: "the seed of the global generator, and what was drawn since",
    cells: ["np.random.seed(3)", "noise = np.random.rand(60)", "df = df.sample(30)", fit],
    expect: "same",
  },
  {
    name: "a draw that nothing needs but what is drawn after it",
    cells: ["np.random.seed(3)", "print(np.random.rand(7))", "df['a'] = df['a'] + np.random.rand(60)", fit],
    expect: "same",
  },
  {
    name: "a file that is renamed",
    files: { "first.csv": dataCsv.replace("0,-3,", "9,9,") },
    cells: [
      "import os, shutil",
      "shutil.copy('first.csv', 'second.csv')",
      "os.rename('second.csv', 'third.csv')",
      "df = pd.read_csv('third.csv')",
      fit,
    ],
    expect: "same",
  },
  {
    name: "a file that another process writes",
    cells: [
      "import subprocess, sys",
      `subprocess.run([sys.executable, "-c", "open('made.csv', 'w').write(open('data.csv').read().replace('5.9', '50'))"], check=True)`,
      "df = pd.read_csv('made.csv')",
      fit,
    ],
    expect: "same",
  },
  {
    name: "a file that is written, and read again",
    cells: [
      "df.assign(a=df['a'] * 2).to_csv('doubled.csv', index=False)",
      "name = 'dou' + 'bled.csv'",
      "df = pd.read_csv(name)",
      fit,
    ],
    expect: "same",
  },
  {
    name: "a module of the workspace",
    files: { "prepare.py": "FACTOR = 7\ndef prepare(t):\n    t['a'] = t['a'] * FACTOR\n" },
    cells: ["import prepare", "prepare.prepare(df)", fit],
    expect: "same",
  },
  {
    name: "a setting of a module",
    files: { "prepare.py": "FACTOR = 7\ndef prepare(t):\n    t['a'] = t['a'] * FACTOR\n" },
    cells: ["import prepare", "prepare.FACTOR = 2", "prepare.prepare(df)", fit],
    expect: "same",
  },
  {
    name: "a method that is put into a library's class",
    cells: ["pd.DataFrame.twice = lambda self: self.assign(a=self['a'] * 2)", "df = df.twice()", fit],
    expect: "same",
  },
  {
    name: "the environment",
    cells: [
      "import os",
      "os.environ['ALPHA'] = '50'",
      "model = Ridge(alpha=float(os.environ['ALPHA'])).fit(df[['a', 'b']], df['y'])",
    ],
    expect: "same",
  },
  {
    name: "an iterator that a cell advances",
    cells: [
      "alphas = iter([0.1, 10.0, 100.0])",
      "print(next(alphas))",
      "model = Ridge(alpha=next(alphas)).fit(df[['a', 'b']], df['y'])",
    ],
    expect: "same",
  },
  {
    name: "a column that is deleted and made again",
    cells: ["kept = df.pop('a')", shown, "df['a'] = kept.to_numpy()[::-1]", fit],
    expect: "same",
  },
  {
    name: "a fitted model that is changed by hand, by another name",
    cells: [fit, "other = model", "other.coef_[:] = [1.0, -4.0]"],
    expect: "same",
  },
  {
    name: "two scores in a cell",
    cells: [
      fit,
      "print(r2_score(df['y'], model.predict(df[['a', 'b']])))\nprint(r2_score(df['y'], df['a'] * 2))",
    ],
    expect: "same",
  },
  {
    name: "cells that ran in another order",
    cells: ["df['a'] = df['a'] * 2", "df['a'] = df['a'] + 1", fit],
    order: [1, 0, 2],
    expect: "same",
  },
  {
    name: "a cell that ran twice",
    cells: ["df['a'] = df['a'] * 2", fit],
    order: [0, 0, 1],
    expect: "same-answers",
  },
  {
    name: "a model that is fitted by chance",
    cells: [
      "from sklearn.ensemble import RandomForestRegressor",
      "model = RandomForestRegressor(5).fit(df[['a', 'b']], df['y'])",
    ],
    expect: "same-answers",
  },
  {
    name: "rows that are drawn by chance",
    cells: ["df = df.sample(20)", fit],
    expect: "same-answers",
  },
  {
    name: "data that changed after the run",
    cells: [fit],
    after: { "data.csv": dataCsv.replaceAll(/^([\d.]+),(-?[\d.]+),/gm, "$2,$1,") },
    expect: "same",
  },
  { name: "data that is gone", cells: [fit], after: { "data.csv": null }, expect: "same" },
  {
    name: "a module that changed after the run",
    files: { "prepare.py": "FACTOR = 7\ndef prepare(t):\n    t['a'] = t['a'] * FACTOR\n" },
    cells: ["import prepare", "prepare.prepare(df)", fit],
    after: { "prepare.py": "FACTOR = 8\ndef prepare(t):\n    t['a'] = t['a'] * FACTOR\n" },
    expect: "same-answers",
  },
  {
    name: "another object under the model's name",
    cells: [
      fit,
      "kept = model",
      "model = Ridge().fit(df[['b', 'a']], df['y'] * 0)",
      "model = __import__('copy').copy(kept)",
    ],
    expect: "signature",
  },
  {
    name: "a name of the notebook's that Python has too",
    cells: ["open = df['a']", "compile = exec = df['b']", fit],
    expect: "same",
  },
];
