import { loadPython } from "@lookback/service/files/load-python.ts";
import { describe, expect, it } from "vitest";
import { notebookOf } from "../notebook/notebook.ts";
import { sliceNotebook } from "./slice-notebook.ts";

/** Cells above `# %%` lines; the cells whose first line is marked `# stays` must not be in the slice for `out`, all others must. */
const cases: Record<string, string> = {
  "a chart stays":
    "import pandas as pd\n# %%\nw = pd.read_csv('w.csv')\n# %%\n# stays\nw.visib.hist()\n# %%\nout = w.sum()",
  "a print stays": "x = 1\n# %%\n# stays\nprint(x)\n# %%\nout = x",
  "what follows the output stays": "out = 1\n# %%\n# stays\nlater = out + 1",
  "another model stays": "a = 1\n# %%\n# stays\nb = 2\n# %%\nout = a",
  "in place": "df = load()\n# %%\ndf.dropna(inplace=True)\n# %%\nout = df",
  "append through an alias": "a = []\n# %%\nb = a\n# %%\nb.append(1)\n# %%\nout = len(a)",
  "a seed": "import numpy as np\n# %%\nnp.random.seed(0)\n# %%\nout = np.random.rand()",
  "inside an f-string": "name = 'x'\n# %%\nout = f'{name}.csv'",
  "a global write": "n = 0\n# %%\ndef bump():\n    global n\n    n += 1\n# %%\nbump()\n# %%\nout = n",
  "a deleted column": "df = load()\n# %%\ndel df['c']\n# %%\nout = df",
  "a file written, then read":
    "import pandas as pd\n# %%\nt = pd.DataFrame()\n# %%\nt.to_csv('t.csv')\n# %%\nout = pd.read_csv('t.csv')",
  "a file through open":
    "with open('m.json', 'w') as f:\n    f.write('1')\n# %%\nimport json\n# %%\nout = json.load(open('m.json'))",
  "a walrus": "if (n := compute()) > 1:\n    pass\n# %%\nout = n",
  "a match": "match command():\n    case {'x': found}:\n        pass\n# %%\nout = found",
  "positional-only arguments": "def f(a, /, b):\n    return a\n# %%\nout = f(1, 2)",
  "an annotated assignment": "x: int = 1\n# %%\nout = x",
  magics: "%env KEY=1\n# %%\n!mkdir x\n# %%\nout = 1",
  "top-level await": "x = await g()\n# %%\nout = x",
  "a column assigned": "df = load()\n# %%\ndf['c'] = 1\n# %%\nout = df",
  "an attribute assigned": "cfg = Config()\n# %%\ncfg.depth = 3\n# %%\nout = build(cfg)",
  "passed to an unknown function": "df = load()\n# %%\nclean(df)\n# %%\nout = df",
  "fitted where it stands": "m = Model()\n# %%\nm.fit(X)\n# %%\nout = m",
  "a fitted alias": "m = Model()\n# %%\nk = m.fit(X)\n# %%\nk.set_params(a=1)\n# %%\nout = m",
  "a view of a frame": "df = load()\n# %%\npart = df['a']\n# %%\npart[0] = 1\n# %%\nout = df",
  "text nested deeper than anybody writes": `x = ${"(".repeat(4000)}1${")".repeat(4000)}\n# %%\nout = 1`,
  "a loop variable": "for row in rows():\n    last = row\n# %%\nout = last",
  "the environment": "import os\n# %%\nos.environ.update(A='1')\n# %%\nout = 1",
  "a starred import": "from lib import *\n# %%\nout = helper()",
  "a chained assignment": "a = b = []\n# %%\nb.append(1)\n# %%\nout = len(a)",
  "a method that writes outside":
    "acc = []\n# %%\nclass T:\n    def go(self):\n        acc.append(1)\n# %%\nt = T()\n# %%\nt.go()\n# %%\nout = len(acc)",
  "a lambda that writes outside":
    "acc = []\n# %%\nf = lambda: acc.append(1)\n# %%\nf()\n# %%\nout = len(acc)",
  "a function that is handed on":
    "acc = []\n# %%\ndef keep(x):\n    acc.append(x)\n# %%\ndf = load()\n# %%\ndf.x.map(keep)\n# %%\nout = len(acc)",
  "a function that a decorator registers":
    "known = []\n# %%\ndef register(f):\n    known.append(f)\n    return f\n# %%\n@register\ndef one():\n    return 1\n# %%\nout = known[0]()",
  "a decorator's own object": "app = App()\n# %%\n@app.step\ndef one():\n    return 1\n# %%\nout = app.run()",
  "random numbers taken in between":
    "import numpy as np\n# %%\nnp.random.seed(0)\n# %%\nnp.random.rand()\n# %%\nout = np.random.rand()",
  "settings of a library":
    "from sklearn import set_config\n# %%\nset_config(transform_output='pandas')\n# %%\nimport pandas as pd\n# %%\npd.set_option('mode.copy_on_write', True)\n# %%\nout = pd.read_csv('a.csv')",
  "what the text hides": "exec('x = 1')\n# %%\nglobals()['y'] = 2\n# %%\nout = x + y",
  "what a hidden text may read": "y = 1\n# %%\n# stays\nprint(1)\n# %%\nout = eval('y + 1')",
  "what NumPy writes into":
    "import numpy as np\n# %%\na, b = load()\n# %%\nnp.putmask(a, a > 1, 0)\n# %%\nnp.add.at(a, [0], 1)\n# %%\nnp.exp(b, out=a)\n# %%\nnp.nan_to_num(a, copy=False)\n# %%\nout = a",
  "not told to write":
    "import pandas as pd\n# %%\na = pd.read_csv('a.csv')\n# %%\n# stays\na.describe(out=None)\n# %%\n# stays\na.describe(inplace = False)\n# %%\nout = a",
  "told by a name": "a, now = load()\n# %%\na.describe(inplace=now)\n# %%\nout = a",
  "tables with their numbers": "a = load()\n# %%\nfor i, t in enumerate([a]):\n    t['x'] = 1\n# %%\nout = a",
  "tables side by side": "a, b = load()\n# %%\nfor t, u in zip([a], [b]):\n    u['x'] = 1\n# %%\nout = b",
  "tables by their names": "a = load()\n# %%\nfor k, t in {'a': a}.items():\n    t['x'] = 1\n# %%\nout = a",
  "one of some tables": "a, b = load()\n# %%\n[a, b][0]['x'] = 1\n# %%\nout = a",
  "a dictionary of tables": "a = load()\n# %%\nd = {'a': a}\n# %%\nd['a']['x'] = 1\n# %%\nout = a",
  "a list made of a list": "a = load()\n# %%\nd = [t for t in [a]]\n# %%\nd[0]['x'] = 1\n# %%\nout = a",
  "changed in a comprehension": "a = load()\n# %%\n[t.update(x=1) for t in [a]]\n# %%\nout = a",
  "an array that shows another":
    "import numpy as np\n# %%\na = load()\n# %%\nb = np.asarray(a)\n# %%\nb[0] = 1\n# %%\nout = a",
  "axes that are drawn into":
    "import matplotlib.pyplot as plt, pandas as pd\ndf = pd.read_csv('a.csv')\n# %%\nfig, ax = plt.subplots()\n# %%\nax.plot(df['x'])\n# %%\ndf.plot(ax=ax)\n# %%\nplt.plot([1])\n# %%\n# stays\nprint(df)\n# %%\nout = len(ax.lines)",
  "figures beside a model":
    "import matplotlib.pyplot as plt, seaborn as sns, pandas as pd\n# %%\n# stays\nsns.set()\n# %%\ndf = pd.read_csv('a.csv')\n# %%\n# stays\nsns.heatmap(df.corr())\nplt.title('x')\n# %%\n# stays\ndf['x'].plot(kind='bar')\n# %%\n# stays\nfig, ax = plt.subplots()\nax.hist(df['x'])\n# %%\n# stays\ndf.plot.scatter('x', 'y')\n# %%\nfrom sklearn.linear_model import LogisticRegression\nout = LogisticRegression().fit(df[['x']], df['y'])",
  "a network's steps":
    "import torch, torch.nn as nn\ntorch.manual_seed(0)\n# %%\nout = nn.Linear(2, 1)\n# %%\nopt = torch.optim.SGD(out.parameters(), lr=0.1)\n# %%\nx = torch.rand(4, 2)\n# %%\nloss = out(x).sum()\n# %%\nloss.backward()\n# %%\nopt.step()\n# %%\n# stays\nprint(loss.item())",
  "weights that are initialised in place":
    "import torch.nn as nn\n# %%\nout = nn.Linear(2, 1)\n# %%\nnn.init.zeros_(out.weight)",
  "a dataset of one's own that a loader goes through":
    "import torch\nfrom torch.utils.data import DataLoader, Dataset\nseen = []\n# %%\nclass D(Dataset):\n    def __len__(self):\n        return 2\n    def __getitem__(self, at):\n        seen.append(at)\n        return at\n# %%\nloader = DataLoader(D())\n# %%\nfor batch in loader:\n    pass\n# %%\nout = len(seen)",
  "broken Python costs only itself": "x = (\n# %%\ny = 1\n# %%\nout = y",
};

describe("slicing", () => {
  for (const [name, text] of Object.entries(cases)) {
    it(name, async () => {
      const sources = text.split("\n# %%\n");
      const notebook = notebookOf(
        "n",
        sources.map((source, at) => ({ id: String(at), source })),
      );
      const sliced = sliceNotebook(notebook, await loadPython(), ["out"]);
      const kept = sliced.filter((cell) => cell.needed).map((cell) => cell.cellId);
      const irrelevant = new Set(["x = (", "import os"]);
      const wanted = notebook.cells.filter(
        (cell) => !cell.source.startsWith("# stays") && !irrelevant.has(cell.source),
      );
      for (const cell of wanted) expect(kept, cell.source).toContain(cell.id);
      for (const cell of notebook.cells)
        if (cell.source.startsWith("# stays")) expect(kept).not.toContain(cell.id);
    });
  }
});
