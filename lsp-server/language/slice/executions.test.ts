import { loadPython } from "@lookback/service/files/load-python.ts";
import { describe, expect, test } from "vitest";
import { sliceCells } from "./slice-cells.ts";

const python = await loadPython();

/** Cells above `# %%` lines, `c0`, `c1`, …; they ran in the order given. */
function sliced(text: string, order?: readonly number[], scoring: readonly string[] = []) {
  const cells = text.split("\n# %%\n").map((source, at) => ({ cellId: `c${at}`, source }));
  const ran = (order ?? cells.map((_, at) => at)).flatMap((at) => cells[at] ?? []);
  return sliceCells(ran, python, scoring.length > 0 ? [] : ["out"], new Set(scoring));
}

const kept = (...given: Parameters<typeof sliced>) =>
  sliced(...given).executions.flatMap(({ cellId, needed }, at) => (needed ? [`${at}:${cellId}`] : []));

describe("what ran is what counts", () => {
  test("a cell that ran twice is needed as often", () => {
    expect(kept("a = []\n# %%\na.append(1)\n# %%\nout = len(a)", [0, 1, 1, 2])).toEqual([
      "0:c0",
      "1:c1",
      "2:c1",
      "3:c2",
    ]);
  });

  test("and where what it gave was given again, only the last time", () => {
    expect(kept("a = 1\n# %%\nb = 2\n# %%\nout = a", [0, 1, 0, 2])).toEqual(["2:c0", "3:c2"]);
  });

  test("a cell that ran before the one above it", () => {
    expect(kept("a = 1\n# %%\na = 2\n# %%\nout = a", [1, 0, 2])).toEqual(["1:c0", "2:c2"]);
  });

  test("what changes an output after it was given is needed, and what comes after a score is not", () => {
    const text = "a = [1]\n# %%\nprint(sum(a))\n# %%\na.append(2)";
    expect(kept(text, undefined, ["c1"])).toEqual(["0:c0", "1:c1"]);
    expect(kept("out = []\n# %%\nout.append(1)")).toEqual(["0:c0", "1:c1"]);
  });
});

test("an output that no cell is seen to give may come from any that leaves something", () => {
  expect(kept("def f():\n    return 1\n# %%\nprint(1)\n# %%\nx = f()")).toEqual(["0:c0", "2:c2"]);
});

test("says what each gives to which", () => {
  const { executions } = sliced(
    "import numpy as np\nnp.random.seed(0)\n# %%\na = [np.random.rand()]\n# %%\nb = a\nb.append(2)\n# %%\nopen('n.txt', 'w').write(str(a))\n# %%\nout = open('n.txt').read()",
  );
  expect(
    executions.map(({ gives }) => gives.map(({ kind, what, to }) => `${kind} ${what} to ${to}`)),
  ).toEqual([
    ["name np to 1", "state numpy.random to 1"],
    ["name a to 3", "name a to 2"],
    ["object a to 3"],
    ["file n to 4"],
    ["name out to null"],
  ]);
});

describe("says what draws without a seed", () => {
  const forest = "from sklearn.ensemble import RandomForestClassifier\n";
  test.each([
    ["a generator of NumPy's", "import numpy as np\nout = np.random.rand()", ["c0:1 numpy.random.rand"]],
    ["of Python's", "import random\nout = random.choice([1])", ["c0:1 random.choice"]],
    ["after a seed for nothing", "import numpy as np\nnp.random.seed()\nout = 1", ["c0:1 numpy.random.seed"]],
    ["rows", "import pandas as pd\ndf = pd.read_csv('a')\n# %%\nout = df.sample(3)", ["c1:0 sample"]],
    [
      "a split",
      "from sklearn.model_selection import train_test_split\nout = train_test_split([1])",
      ["c0:1 sklearn.model_selection.train_test_split"],
    ],
    [
      "a model, where it is made",
      `${forest}m = RandomForestClassifier()\n# %%\nout = m.fit([[1]], [1])`,
      ["c0:1 sklearn.ensemble.RandomForestClassifier"],
    ],
    [
      "in a search",
      `${forest}from sklearn.model_selection import GridSearchCV\nout = GridSearchCV(RandomForestClassifier(), {}).fit([[1]], [1])`,
      ["c0:2 sklearn.ensemble.RandomForestClassifier"],
    ],
    [
      "a generator that begins anywhere",
      "import numpy as np\nout = np.random.default_rng().random()",
      ["c0:1 numpy.random.default_rng"],
    ],
  ])("%s", (_title, text, said) => {
    expect(sliced(text).unseeded.map(({ cellId, line, call }) => `${cellId}:${line} ${call}`)).toEqual(said);
  });

  test.each([
    ["where there is one", "import numpy as np\nnp.random.seed(0)\n# %%\nout = np.random.rand()"],
    ["where it is not needed", "import numpy as np\nnp.random.rand()\n# %%\nout = 1"],
    ["where it is told a state", `${forest}out = RandomForestClassifier(random_state=0).fit([[1]], [1])`],
    ["where a model is only made", `${forest}out = RandomForestClassifier()`],
    [
      "where a model draws nothing",
      "from sklearn.linear_model import LogisticRegression\nout = LogisticRegression().fit([[1]], [1])",
    ],
    [
      "where somebody else's code may have seeded",
      "import numpy as np, helper\nhelper.seed()\n# %%\nout = np.random.rand()",
    ],
    ["of a generator with its own", "import numpy as np\nout = np.random.default_rng(3).random()"],
  ])("and nothing %s", (_title, text) => {
    expect(sliced(text).unseeded).toEqual([]);
  });
});

describe("IPython's own lines", () => {
  test.each([
    ["a program", "!curl -o a.csv http://x\n# %%\nimport pandas as pd\nout = pd.read_csv('a.csv')", true],
    ["a file", "%%writefile a.csv\nx\n1\n# %%\nimport pandas as pd\nout = pd.read_csv('a.csv')", true],
    ["a variable of the environment", "%env KEY=1\n# %%\nout = 1", true],
    ["code that stands elsewhere", "%run other.py\n# %%\nout = x", true],
    ["a magic that nobody knows", "%mystery\n# %%\nout = x", true],
    ["a program, by a call", "get_ipython().system('curl -o a.csv http://x')\n# %%\nout = 1", true],
    ["a magic, by a call", "get_ipython().run_line_magic('env', 'KEY=1')\n# %%\nout = 1", true],
    [
      "what shows figures, by a call",
      "get_ipython().run_line_magic('matplotlib', 'inline')\n# %%\nout = 1",
      false,
    ],
    ["what looks at files, by a call", "get_ipython().system('ls')\n# %%\nout = 1", false],
    ["what looks at files", "!ls -l\n# %%\nout = 1", false],
    ["what times something", "%time 1 + 1\n# %%\nout = 1", false],
    ["what is told to readers", "%%html\n<b>x</b>\n# %%\nout = 1", false],
  ])("%s", (_title, text, isNeeded) => {
    expect(kept(text).includes("0:c0")).toBe(isNeeded);
  });

  test("what a program is told by its names is needed", () => {
    expect(
      kept("url = 'x'\n# %%\n!curl -o a.csv {url}\n# %%\nimport pandas as pd\nout = pd.read_csv('a.csv')"),
    ).toHaveLength(3);
  });

  test("what a cell has shown", () => {
    expect(kept("[1]\n# %%\nx = _\n# %%\nout = x")).toHaveLength(3);
  });
});
