import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, it } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const split = `X_train, X_test, y_train, y_test = train_test_split(X, y)
model = SVC().fit(X_train, y_train)
print(model.score(X_test, y_test))`;
const read = `import pandas as pd
df = pd.read_csv("a.csv")
y = df["y"]`;

/** What is said of a notebook beside some files: findings as `rule@cell:line`, gaps as they read. */
function look(cells: readonly string[], files: Readonly<Record<string, string>>) {
  const notebook = notebookOf(
    "file:///w/nb/n.ipynb",
    cells.map((source, at) => ({ id: `c${at}`, source })),
  );
  const { findings, coverage } = analyze(notebook, {
    python,
    imports: {
      root: "/w",
      files: Object.entries(files).map(([path, source]) => readNotebook(source, `file:///w/${path}`).value),
    },
  });
  return {
    findings: findings.map(({ rule, cellId, range }) => `${rule}@${cellId}:${range.start.line}`),
    messages: findings.map(({ message }) => message),
    path: findings.flatMap(({ path }) => path.map(({ label, cellId }) => `${label} @${cellId}`)),
    gaps: coverage.gaps.filter(({ code }) => !code.startsWith("coverage/file-")).map(({ reason }) => reason),
  };
}

const scaling = `from sklearn.preprocessing import StandardScaler

def make_features(df):
    return StandardScaler().fit_transform(df[["a", "b"]])
`;

it("finds in a cell what a function of a file beside it learns", () => {
  const { findings, messages, path, gaps } = look(
    [read, "from features import make_features\nX = make_features(df)", split],
    { "nb/features.py": scaling },
  );
  expect(findings).toEqual(["scaler-before-split@c1:1"]);
  expect(messages[0]).toMatch(/It stands in features\.py, line 4\.$/);
  expect(path[0]).toBe("StandardScaler learns from all rows (features.py, line 4) @c1");
  expect(gaps).toEqual([]);
});

it.each([
  ["by its module", "import features\nX = features.make_features(df)", { "nb/features.py": scaling }],
  ["under another name", "import features as f\nX = f.make_features(df)", { "nb/features.py": scaling }],
  ["every name", "from features import *\nX = make_features(df)", { "nb/features.py": scaling }],
  [
    "from a package",
    "from lib.features import make_features\nX = make_features(df)",
    { "lib/__init__.py": "", "lib/features.py": scaling },
  ],
  [
    "from a package by dots",
    "import lib.features\nX = lib.features.make_features(df)",
    { "lib/__init__.py": "", "lib/features.py": scaling },
  ],
  [
    "from a folder without an __init__",
    "from lib import features\nX = features.make_features(df)",
    { "lib/features.py": scaling },
  ],
  [
    "handed on by a package",
    "from lib import make_features\nX = make_features(df)",
    { "lib/__init__.py": "from .features import make_features", "lib/features.py": scaling },
  ],
  ["relatively", "from .features import make_features\nX = make_features(df)", { "nb/features.py": scaling }],
  [
    "from a folder on sys.path",
    "import sys; sys.path.append('../src')\nfrom deep import make_features\nX = make_features(df)",
    { "src/deep.py": scaling },
  ],
  [
    "through another file",
    "from outer import prepare\nX = prepare(df)",
    {
      "nb/outer.py": "from features import make_features\ndef prepare(df):\n    return make_features(df)",
      "nb/features.py": scaling,
    },
  ],
  [
    "in a circle",
    "from a import make\nX = make(df)",
    {
      "nb/a.py": "import b\ndef make(df):\n    return b.scaled(df)",
      "nb/b.py": `import a\n${scaling}\ndef scaled(df):\n    return make_features(df)`,
    },
  ],
  [
    "by a class",
    "from steps import Prepare\nX = Prepare().run(df)",
    { "nb/steps.py": `${scaling}\nclass Prepare:\n    def run(self, df):\n        return make_features(df)` },
  ],
  [
    "by an object it made",
    "from steps import scaler\nX = scaler.fit_transform(df[['a']])",
    { "nb/steps.py": "from sklearn.preprocessing import StandardScaler\nscaler = StandardScaler()" },
  ],
  [
    "with a constant it holds",
    "import settings\nX = df[settings.columns].fillna(df[settings.columns].mean())",
    { "nb/settings.py": "columns = ['a', 'b']" },
  ],
])("follows an import: %s", (_, cell, files) => {
  const { findings, gaps } = look([read, cell, split], files as Record<string, string>);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatch(/^(scaler|imputer)-before-split@c1:/);
  expect(gaps).toEqual([]);
});

it("says nothing of a function that looks at one row at a time, nor of what the notebook does not call", () => {
  const files = { "nb/features.py": `${scaling}\ndef ratio(df):\n    return df[["a"]] / 2\n` };
  expect(look([read, "from features import ratio\nX = ratio(df)", split], files)).toMatchObject({
    findings: [],
    gaps: [],
  });
});

it("finds in the importing cell what a file does as it is imported", () => {
  const { findings } = look(["import prepared\nX, y = prepared.X, prepared.y", split], {
    "nb/prepared.py": `${read}\n${scaling}\nX = make_features(df)`,
  });
  expect(findings).toEqual(["scaler-before-split@c0:0"]);
});

it("finds a whole experiment that stands in a file", () => {
  const { findings } = look([`${read}\nfrom trial import run\nrun(df)`], {
    "nb/trial.py": `${scaling}\ndef run(df):\n    X, y = make_features(df), df["y"]\n    ${split.replaceAll("\n", "\n    ")}`,
  });
  expect(findings).toEqual(["scaler-before-split@c0:4"]);
});

it("tells the calls of one function apart", () => {
  const { findings } = look(
    [
      read,
      "from features import make_features\ntrain, test = train_test_split(df)\na, b = make_features(train), train['y']\nSVC().fit(a, b)",
      "X = make_features(df)",
      split,
    ],
    { "nb/features.py": scaling },
  );
  expect(findings).toEqual(["scaler-before-split@c2:0"]);
});

it("says which file was not there, and which was not understood", () => {
  expect(look([read, "from gone import make\nX = make(df)", split], {}).gaps).toEqual([
    "`gone` was not read, and `make` comes from it.",
  ]);
  expect(
    look([read, "from broken import make\nX = make(df)", split], {
      "nb/broken.py": "def make(df):\n    return df[['a']]\nx = (\n",
    }).gaps,
  ).toContain("`broken` has lines that were not understood.");
});

it("offers no change of another file", () => {
  const notebook = notebookOf("file:///w/n.ipynb", [
    { id: "a", source: `${read}\nfrom features import make_features\nX = make_features(df)\n${split}` },
  ]);
  const { value } = readNotebook(scaling, "file:///w/features.py");
  const { findings } = analyze(notebook, { python, imports: { root: "/w", files: [value] } });
  expect(findings.map((finding) => finding.plan())).toEqual([[]]);
});
