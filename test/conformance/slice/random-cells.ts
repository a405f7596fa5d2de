/** What cells may do with a few objects, each in a line; in any order and any number they run, or fail in the whole notebook too. */
const steps: readonly string[] = [
  "a = []",
  "a.append(len(a))",
  "b = a",
  "b = list(a)",
  "b.append(9)",
  "a += [1]",
  "a = a + [2]",
  "d = {'a': a, 'b': b}",
  "d['a'].append(3)",
  "for v in d.values():\n    v.append(4)",
  "d.update(c=[5])",
  "c = d.get('c', [])",
  "c.extend(a)",
  "def f(v):\n    v.append(6)\n    return v",
  "def f(v):\n    global n\n    n += 1\n    return list(v)",
  "f(a)",
  "b = f(b)",
  "g = lambda v: f(v)",
  "list(map(g, [a, b]))",
  "n = 0",
  "n += len(a)",
  "if n > 3:\n    a = [n]",
  "x = np.arange(6.0)",
  "v = x[1:4]",
  "v[:] = n",
  "np.add(x, 1, x)",
  "x = x + 1",
  "y = x.reshape(2, 3)",
  "y *= 2",
  "df = pd.DataFrame({'p': x, 'q': x * 2})",
  "df['p'] = df['q'] + n",
  "e = df[df['p'] > 1]",
  "e = df.copy()",
  "e['q'] = 0",
  "df.drop(columns='q', inplace=True, errors='ignore')",
  "df = df.assign(q=n)",
  "np.random.seed(1)",
  "np.random.rand()",
  "n = int(np.random.rand() * 10)",
  "rng = np.random.default_rng(2)",
  "rng.random()",
  "x = rng.random(6)",
  "df.to_csv('t.csv', index=False)",
  "df = pd.read_csv('t.csv')",
  "open('n.txt', 'w').write(str(n))",
  "n = int(open('n.txt').read())",
  "class C:\n    held = []\n    def __init__(self, v):\n        self.v = v\n    def go(self):\n        self.v.append(7)\n        C.held.append(1)",
  "o = C(a)",
  "o.go()",
  "n = len(C.held)",
  "it = iter(a)",
  "next(it, None)",
  "b = list(it)",
  "gen = (v for v in a)",
  "n = sum(gen)",
  "m = LinearRegression()",
  "m.fit(x.reshape(-1, 1), x)",
  "n = round(float(m.coef_[0]), 6)",
  "x[0] = 3",
  "print(a, n)",
  "print(x.sum())",
  "df.describe()",
  "exec('n = n + 1')",
  "del b\nb = []",
  "a, b = b, a",
  "try:\n    a.append(1 // n)\nexcept ZeroDivisionError:\n    a.append(0)",
  "with open('n.txt', 'a') as file:\n    file.write('1')",
];

const outputs: readonly string[] = [
  "out = a, b",
  "out = n",
  "out = x.tolist()",
  "out = df.to_dict()",
  "out = d",
  "out = o.v",
  "out = np.random.rand()",
  "out = y.tolist(), e.to_dict()",
  "out = list(it)",
  "out = f(a)",
];

const start = `import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression
np.random.seed(0)`;

const objects = [
  "a, b, c, n = [], [], [], 1\nd = {'a': a}\nf = g = list\nit = iter(a)\ngen = (v for v in a)",
  "x = np.arange(6.0)\ny = x.reshape(2, 3)\nv = x[1:]\nm = LinearRegression().fit(y.T, x[:3])\nrng = np.random.default_rng(1)",
  "df = pd.DataFrame({'p': x, 'q': x})\ne = df\ndf.to_csv('t.csv', index=False)\nopen('n.txt', 'w').write('1')",
  "class C:\n    held = []\n    def __init__(self, v):\n        self.v = v\n    def go(self):\n        self.v.append(8)\no = C([])",
];

/** The cells of a notebook of its own for each seed. */
export function randomCells(seed: number): string[] {
  let state = seed * 2654435761;
  const next = (below: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 1013904223) >>> 0;
    return state % below;
  };
  const some = Array.from({ length: 8 + next(12) }, () => steps[next(steps.length)] ?? "");
  return [start, ...objects, ...some, outputs[next(outputs.length)] ?? ""];
}
