import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { notebookOf } from "../notebook/notebook.ts";
import type { Python } from "../notebook/python.ts";
import { analyze, createCache } from "./analyze.ts";
import type { Finding } from "./finding.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const load = 'import pandas as pd\ndf = pd.read_csv("data.csv")\nX, y = df[["a", "b"]], df["y"]';
const scale = "X = StandardScaler().fit_transform(X)";
const split = "X_train, X_test, y_train, y_test = train_test_split(X, y)";
const score = "model = SVC().fit(X_train, y_train)\nmodel.score(X_test, y_test)";

function book(...sources: string[]) {
  return notebookOf(
    "n.ipynb",
    sources.map((source, at) => ({ id: "abcdefgh"[at] ?? String(at), source })),
  );
}

function found(sources: string[]): string[] {
  const { findings } = analyze(book(...sources), { python });
  return findings.map((finding) => `${finding.cellId}:${finding.range.start.line + 1} ${finding.rule}`);
}

describe("the order cells ran in", () => {
  const messages = (sources: string[], order: string[]): string[] =>
    analyze(book(...sources), { python, order }).findings.map(
      (finding) => `${finding.cellId} ${/Only .*$/.exec(finding.message)?.[0] ?? "in both"}`,
    );

  test("decides, and the finding says so: scaled after the split, the rows were apart already", () => {
    const cells = [load, scale, split, score];
    expect(messages(cells, ["a", "b", "c", "d"])).toEqual(["b in both"]);
    expect(messages(cells, ["a", "c", "b", "d"])).toEqual([
      "b Only when the cells run from top to bottom, not as they last ran.",
    ]);
    expect(messages([load, split, scale, score], ["a", "c", "b", "d"])).toEqual([
      "c Only as the cells last ran, not from top to bottom.",
    ]);
  });

  test("may repeat cells and name cells that are gone", () => {
    expect(messages([load, scale, split, score], ["a", "b", "gone", "c", "d", "d"])).toEqual(["b in both"]);
  });
});

describe("data flow", () => {
  const clean: readonly (readonly [string, string[]])[] = [
    [
      "a branch that scales only the training rows",
      [
        load,
        split,
        "if True:\n    s = StandardScaler().fit(X_train)\n    X_train = s.transform(X_train)\n    X_test = s.transform(X_test)",
        score,
      ],
    ],
    [
      "folds cut by hand",
      [
        load,
        "for train, test in KFold(5).split(X):\n    s = StandardScaler().fit(X.iloc[train])\n    model = SVC().fit(s.transform(X.iloc[train]), y.iloc[train])\n    model.score(s.transform(X.iloc[test]), y.iloc[test])",
      ],
    ],
    [
      "a mask and its opposite",
      [
        load,
        "mask = np.random.rand(len(df)) < 0.8\ntrain, test = df[mask].copy(), df[~mask].copy()\nm = train['a'].mean()\ntrain['a'] = train['a'].fillna(m)\ntest['a'] = test['a'].fillna(m)\nmodel = SVC().fit(train[['a']], train['y'])\nmodel.score(test[['a']], test['y'])",
      ],
    ],
    [
      "a mean along each row",
      [
        load,
        "df['m'] = df[['a', 'b']].mean(axis=1)\ntrain, test = train_test_split(df)\nSVC().fit(train[['m']], train['y']).score(test[['m']], test['y'])",
      ],
    ],
    [
      "all rows but those of two conditions",
      [
        load,
        "old = (df['year'] < 2015) & (df['kind'] == 'a')\ntrain, test = df[old].copy(), df[~old].copy()",
        "train['a'] = train['a'].fillna(train['a'].mean())\nSVC().fit(train[['a']], train['y']).score(test[['a']], test['y'])",
      ],
    ],
    [
      "known and unknown values of a column, told apart twice",
      [
        load,
        "known = df[df['a'].notnull() & (df['a'] != 0)].copy()\nrest = df[df['a'].isnull() | (df['a'] == 0)].copy()",
        "known['b'] = known['b'].fillna(known['b'].mean())\nSVC().fit(known[['b']], known['a']).predict(rest[['b']])",
      ],
    ],
    [
      "two tables that one function reads",
      [
        load,
        "def read(path):\n    return pd.read_csv(path)\nold, new = read(folder / 'old'), read(folder / 'new')",
        "scaler = StandardScaler().fit(new[['a']])\nmodel = SVC().fit(old[['a']], old['y'])\nmodel.score(new[['a']], new['y'])",
      ],
    ],
    [
      "two halves put under one set of columns",
      [
        load,
        "X_train, X_test, y_train, y_test = train_test_split(X, y)\nX_train, X_test = X_train.align(X_test, join='left', axis=1)",
        score,
      ],
    ],
    [
      "parts of a shuffled frame",
      [
        load,
        "train, valid, test = np.split(df.sample(frac=1), [int(.6 * len(df)), int(.8 * len(df))])",
        "m = train['a'].max()\nSVC().fit(train[['a']] / m, train['y']).score(test[['a']] / m, test['y'])",
      ],
    ],
    [
      "a sample and what it leaves",
      [
        load,
        "train = df.sample(frac=0.8)\ntest = df.drop(train.index)\nlast = df[~df.index.isin(train.index)]",
        "m = train['a'].max()\nmodel = SVC().fit(train[['a']] / m, train['y'])\nmodel.score(test[['a']] / m, test['y'])\nmodel.score(last[['a']] / m, last['y'])",
      ],
    ],
    [
      "a polars frame cut by day, filled from its past half",
      [
        'import polars as pl\ndf = pl.read_csv("d.csv")\ntrain, test = df.filter(pl.col("day") < 9), df.filter(pl.col("day") >= 9)',
        'm = train["a"].mean()\ntrain = train.with_columns(pl.col("a").fill_null(m))\ntest = test.with_columns(pl.col("a").fill_null(m))',
        'SVC().fit(train.select("a"), train["y"]).score(test.select("a"), test["y"])',
      ],
    ],
    [
      "a statistic of a column that is not used",
      [
        load,
        "df['c'] = df['c'].fillna(df['c'].mean())\ntrain, test = train_test_split(df)\nSVC().fit(train[['a']], train['y']).score(test[['a']], test['y'])",
      ],
    ],
  ];
  test.each(clean)("is clean: %s", (_, sources) => {
    expect(found([...sources])).toEqual([]);
  });

  const leaky: readonly (readonly [string, string[], string])[] = [
    [
      "through another name of the same frame",
      [
        load,
        "other = df\nother['a'] = other['a'].fillna(df['a'].mean())\ntrain, test = train_test_split(df)\nSVC().fit(train[['a']], train['y']).score(test[['a']], test['y'])",
      ],
      "b:2 imputer-before-split",
    ],
    [
      "in place, on a column",
      [
        load,
        "df['a'].fillna(df['a'].median(), inplace=True)\ntrain, test = train_test_split(df)\nSVC().fit(train[['a']], train['y']).score(test[['a']], test['y'])",
      ],
      "b:1 imputer-before-split",
    ],
    [
      "over a list of frames",
      [
        load,
        "for frame in [df]:\n    frame['a'] = (frame['a'] - frame['a'].mean())\ntrain, test = train_test_split(df)\nSVC().fit(train[['a']], train['y']).score(test[['a']], test['y'])",
      ],
      "b:2 scaler-before-split",
    ],
    [
      "in one branch only",
      [load, "if fast:\n    X = MinMaxScaler().fit_transform(X)\nelse:\n    X = X * 2", split, score],
      "b:2 scaler-before-split",
    ],
    [
      "a group's mean, mapped back",
      [
        load,
        "means = df.groupby('g')['a'].mean()\ndf['m'] = df['g'].map(means)\ntrain, test = train_test_split(df)\nSVC().fit(train[['m']], train['y']).score(test[['m']], test['y'])",
      ],
      "b:1 scaler-before-split",
    ],
    [
      "a polars expression over all rows",
      [
        'import polars as pl\ndf = pl.read_csv("d.csv").with_columns(pl.col("a").fill_null(pl.col("a").mean()).alias("c"))',
        'train, test = df.filter(pl.col("day") < 9), df.filter(pl.col("day") >= 9)',
        'SVC().fit(train.select("c"), train["y"]).score(test.select("c"), test["y"])',
      ],
      "a:2 imputer-before-split",
    ],
    [
      "into the part of a column a mask picks",
      [
        load,
        "df['a'][df['a'].isnull()] = df['a'].median()\ntrain, test = train_test_split(df)\nSVC().fit(train[['a']], train['y']).score(test[['a']], test['y'])",
      ],
      "b:1 scaler-before-split",
    ],
    [
      "scaled before a sample and what it leaves",
      [
        load,
        "df['a'] = df['a'] / df['a'].max()\ntrain = df.sample(frac=0.8)\ntest = df[~df.index.isin(train.index)]\nSVC().fit(train[['a']], train['y']).score(test[['a']], test['y'])",
      ],
      "b:1 scaler-before-split",
    ],
    [
      "scaled before the parts of a shuffled frame",
      [
        load,
        "df['a'] = df['a'] / df['a'].max()\ntrain, test = np.split(df.sample(frac=1), [800])\nSVC().fit(train[['a']], train['y']).score(test[['a']], test['y'])",
      ],
      "b:1 scaler-before-split",
    ],
    [
      "updated from another frame",
      [
        load,
        "df.update(df[['a']].fillna(df[['a']].mean()))\ntrain, test = train_test_split(df)\nSVC().fit(train[['a']], train['y']).score(test[['a']], test['y'])",
      ],
      "b:1 imputer-before-split",
    ],
    [
      "in a frame put together column by column from another's",
      [
        load,
        "whole = pd.DataFrame(index=df.index)\nfor name, column in df.items():\n    whole = whole.join(pd.get_dummies(column))\nX = scale(whole)",
        split,
        score,
      ],
      "b:4 scaler-before-split",
    ],
    [
      "through a function defined elsewhere",
      [load, "X = tidy(StandardScaler().fit_transform(X))", split, score],
      "b:1 scaler-before-split",
    ],
    [
      "chosen by correlation",
      [
        load,
        "chosen = SelectKBest(k=3).fit(df[['a', 'b']], y)\nX = chosen.transform(df[['a', 'b']])",
        split,
        score,
      ],
      "b:1 feature-selection-before-split",
    ],
  ];
  test.each(leaky)("leaks: %s", (_, sources, expected) => {
    expect(found([...sources])).toEqual([expected]);
  });
});

describe("broken and hostile text", () => {
  test("a cell that does not parse keeps its last good text and what was found in it", () => {
    const cache = createCache();
    const good = analyze(book(load, scale, split, score), { python, cache });
    expect(good.findings).toHaveLength(1);
    const typing = analyze(book(load, scale, `${split}(`, score), { python, cache });
    expect(typing.broken).toEqual(["c"]);
    expect(typing.findings.map((finding) => finding.cellId)).toEqual(["b"]);
    const atTheFault = analyze(book(load, `a = [\n${scale}`, split, score), { python, cache });
    const [kept] = atTheFault.findings;
    expect([kept?.range.start.line, kept?.path[0]?.range.start.line]).toEqual([1, 1]);
    expect(good.findings[0]?.plan()).not.toEqual([]);
    expect(kept?.plan()).toEqual([]);
    expect(analyze(book(load, "scaled = (", split, score), { python, cache }).findings).toEqual([]);
    expect(said(analyze(book(load, scale, split, score), { python, cache }).findings)).toEqual(
      said(good.findings),
    );
  });

  test.each([
    "def f():\n    return f()\nf()",
    "x = [x for x in x]\nx[0][1][2] = x\nx.y.z()",
    "a, *b = c\nfor a.b in c[d]: pass\ndel a[0], b",
    "class A(A): pass\nA().fit(A).predict(A)",
    "lambda: (yield)\n@property\nasync def f(*a, **k): await a",
    "while True:\n  while True:\n    while True:\n      x = x.append(x)",
    "train_test_split()\ncross_val_score()\npd.merge()\npd.concat()\ndf.merge()\nfit()\nX.fit()\nKFold().split()",
    "\u0000 ??? %% !! ]]] ((( '''",
    "match x:\n    case [a]: y = a\ntry:\n    1\nexcept* E: pass",
  ])("does not throw on %j", (source) => {
    expect(() => analyze(book(load, source, source), { python })).not.toThrow();
  });

  const deep = 5000;
  test.each([
    ["parentheses", `x = ${"(".repeat(deep)}1${")".repeat(deep)}`],
    ["open parentheses", `x = ${"(".repeat(deep)}`],
    ["calls", `x = ${"f(".repeat(deep)}df${")".repeat(deep)}`],
    ["a chain", `x = df${".fillna(df.mean())".repeat(deep)}`],
    ["indices", `x = df${"[0]".repeat(deep)}`],
    ["lambdas", `x = ${"lambda a: ".repeat(deep)}1`],
    ["conditions", `x = ${"1 if a else ".repeat(deep)}1`],
    ["a sum", `x = ${"df + ".repeat(deep)}df`],
    ["comparisons", `x = ${"a < ".repeat(deep)}1`],
    [
      "blocks",
      `${Array.from({ length: 500 }, (_, at) => `${" ".repeat(at)}if a:\n`).join("")}${" ".repeat(500)}x = 1`,
    ],
  ])("does not throw on %s %#, far deeper than Python allows", (_, source) => {
    const { findings } = analyze(book(load, source, scale, split, score), { python });
    expect(findings.map((finding) => finding.cellId)).toEqual(["c"]);
  });

  test.each([
    ["rows cut again and again", "for i in range(9):\n", "    df = df[i:]\n", 3000],
    ["a mask of masks", "m = df.a > 1\n", "m = (m & (df.b > 2)) | ~(m & ~m)\n", 60],
    ["a list doubled", "names = ['a', 'b']\n", "names = names + names\n", 60],
    ["a list zipped with itself", "rows = [df]\n", "rows = list(zip(rows, rows, rows))\n", 60],
    ["a frame wider and wider", "", "df[f'a{i}'] = df.mean()\ndf['b'] = df['b'] + df.sum()\n", 3000],
    ["statistics of statistics", "", "df = f(df, df.mean(), df.std())\n", 3000],
    ["clauses in clauses", "l = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\nx = [0", " for a in l", 30],
  ])("ends on %s", (_, begin, again, times) => {
    const source = `${begin}${again.repeat(times)}${begin.endsWith("[0") ? "]" : ""}`;
    expect(() => analyze(book(load, source, scale, split, score), { python })).not.toThrow();
  });

  test("finds what stands beside a cell of pasted data", () => {
    const data = `numbers = [${"1, ".repeat(200_000)}]`;
    const { findings } = analyze(book(load, data, scale, split, score), { python });
    expect(findings.map((finding) => finding.cellId)).toEqual(["c"]);
  });

  test("ends on code that grows with every pass", () => {
    const source =
      "def f(x):\n    for i in x:\n        for j in x:\n            for k in x:\n                x = g(f(x), f(i), f(j))\n    return x\nf(df)";
    expect(() => analyze(book(load, source), { python })).not.toThrow();
  });
});

describe("allow comments", () => {
  test("with a reason silence one rule on their statement", () => {
    const allowed = `# lookback: allow scaler-before-split — the whole population is known\n${scale}`;
    const analysis = analyze(book(load, allowed, split, score), { python });
    expect(analysis.findings).toEqual([]);
    expect(analysis.allowed.map((finding) => finding.rule)).toEqual(["scaler-before-split"]);
  });

  test.each([
    ["# lookback: allow scaler-before-split", "no reason"],
    ["# lookback: allow scaler-before-split —  ", "no reason"],
    ["# lookback: allow no-such-rule - because", "no rule called"],
  ])("%s allows nothing", (comment, says) => {
    const { findings } = analyze(book(load, `${scale}  ${comment}`, split, score), { python });
    expect(findings.map((finding) => finding.rule)).toEqual(["scaler-before-split", "allow-without-reason"]);
    expect(findings[1]?.message).toContain(says);
  });
});

test("an edit with a cache gives what a fresh look gives", () => {
  const cache = createCache();
  const cells = [load, scale, split, score];
  for (const [at, text] of [
    [1, "X = X * 2"],
    [0, `${load}\nX = PCA(2).fit_transform(X)`],
    [2, `${split}\nprint(1)`],
    [1, scale],
  ] as const) {
    cells[at] = text;
    const warm = analyze(book(...cells), { python, cache }).findings;
    expect(said(warm)).toEqual(said(analyze(book(...cells), { python }).findings));
  }
});

test("what only one arm of a branch makes keeps what it is", () => {
  const make = "if deep:\n    pass\nelse:\n    scaler = StandardScaler()\n    X = scaler.fit_transform(X)";
  expect(found([load, make, split, score])).toEqual(["b:5 scaler-before-split"]);
});

test("rows of a training set are data like any other", () => {
  const rows =
    'from lookback import TrainingSet\nlate = TrainingSet(name="late", spine=s, label="y", features=["v:a"])\ndf = late.to_df()\nX, y = df[["a"]], df["y"]';
  expect(found([rows, scale, split, score])).toEqual(["b:1 scaler-before-split"]);
  expect(found([rows, split, score])).toEqual([]);
});

/** Findings as data: how each may be fixed is a function of its own. */
function said(findings: readonly Finding[]): unknown {
  return JSON.parse(JSON.stringify(findings));
}
