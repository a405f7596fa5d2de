import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import { beforeAll, expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import type { Sql } from "../../sql/sql.ts";
import { analyze } from "../analyze.ts";
import { mostDefinitions, mostTurns } from "./bounds.ts";

let python: Python;
let sql: Sql | null;
beforeAll(async () => {
  python = await loadPython();
  sql = await loadSql();
});

const list = (items: number) => `[${Array.from({ length: items }, (_, at) => at).join(", ")}]`;
const chain = Array.from(
  { length: 7 },
  (_, at) => `def f${at}(x):\n    return ${at === 0 ? "x" : `f${at - 1}(x)`}`,
);

// Cells → what is said of them, by cell and first line, and how many cells were read.
const cases: readonly (readonly [string, string[], readonly string[], readonly [number, number, number]])[] =
  [
    [
      "loops are followed for as many turns as people write out",
      [`for i in ${list(40)}:\n    x = i`],
      [],
      [1, 0, 0],
    ],
    [
      "a longer loop says so",
      ["y = 1", `y = 2\nfor i in ${list(60)}:\n    x = i`],
      ["b 2 coverage/loop-cut-short: This loop was followed for the first 40 of its 60 turns."],
      [1, 1, 0],
    ],
    [
      "calls in calls are followed five deep",
      [chain.join("\n"), "y = f6([])"],
      [
        "a 6 coverage/call-not-followed: The call of `f1` here was not followed: it is more than 5 calls deep.",
      ],
      [1, 1, 0],
    ],
    [
      "a call in turns of loops is followed five hundred times a statement",
      ["def f(x):\n    return x", `for i in ${list(40)}:\n  y = [${"f(i), ".repeat(20)}]`, `y = f(1)`],
      [
        "b 2 coverage/call-not-followed: The call of `f` here was not followed: this statement had called it 500 times before.",
      ],
      [2, 1, 0],
    ],
    ["a call of itself is nothing new", ["def f(x):\n    return f(x)\ny = f([])"], [], [1, 0, 0]],
    [
      "loops that hold loops end early, and what comes after them is read",
      [
        `x = 1\nfor i in ${list(40)}:\n  for j in ${list(40)}:\n    for k in ${list(40)}:\n      x = k\ny = 1`,
        "z = 1",
      ],
      [
        "a 3 coverage/loop-cut-short: One statement came back to this loop again and again: after 400 turns it was followed for one each time.",
        "a 4 coverage/loop-cut-short: One statement came back to this loop again and again: after 400 turns it was followed for one each time.",
      ],
      [1, 1, 0],
    ],
    [
      "a grid of 400 is followed whole, and so is a loop over columns in a function that is called again and again",
      [
        `for i in ${list(10)}:\n  for j in ${list(40)}:\n    x = i\ndef clean(t):\n  for c in ${list(40)}:\n    x = c\n${"clean(1)\n".repeat(600)}`,
      ],
      [],
      [1, 0, 0],
    ],
    [
      "a loop inside of five others takes one turn",
      [
        `n = 9\n${Array.from({ length: 7 }, (_, at) => `${" ".repeat(at)}for i${at} in range(n):\n`).join("")}       x = i6`,
      ],
      [
        "a 7 coverage/loop-cut-short: This loop stands inside of 5 others: it was followed for one turn each time.",
        "a 8 coverage/loop-cut-short: This loop stands inside of 5 others: it was followed for one turn each time.",
      ],
      [0, 1, 0],
    ],
    [
      "where it stops",
      Array.from({ length: 3 }, () => "x = 1\n".repeat(24_000)),
      ["c 12001 coverage/stopped: The analysis stopped before these lines, after 60,000 statements."],
      [2, 1, 0],
    ],
  ];

test.each(cases)("%s", (_title, sources, said, [read, partly, unread]) => {
  const notebook = notebookOf(
    "n",
    sources.map((source, at) => ({ id: "abc"[at] ?? "", source })),
  );
  const { coverage } = analyze(notebook, { python });
  expect(
    coverage.gaps.map(
      ({ cellId, range, code, reason }) => `${cellId} ${(range?.start.line ?? 0) + 1} ${code}: ${reason}`,
    ),
  ).toEqual(said);
  expect(coverage.cells).toEqual({ total: sources.length, read, partly, unread });
});

test("where more is not understood than is listed, the last place says so", () => {
  const source = Array.from({ length: 1_100 }, (_, at) => `t${at} = pd.read_csv("f${at}.csv")`).join("\n");
  const { coverage } = analyze(notebookOf("n", [{ id: "a", source: `import pandas as pd\n${source}` }]), {
    python,
  });
  expect(coverage.gaps).toHaveLength(1_000);
  expect(coverage.gaps.filter(({ code }) => code === "coverage/more-gaps")).toHaveLength(1);
});

test("a fit in loops inside loops is told apart as often as anybody counts, and no further", () => {
  const loops = Array.from({ length: 10 }, (_, at) => `${" ".repeat(at)}for i${at} in ${list(40)}:`);
  const source = `${loops.join("\n")}\n${" ".repeat(10)}SVC().fit(a, b).score(c, d)`;
  const { facts } = analyze(notebookOf("n", [{ id: "a", source }]), { python });
  expect([...facts.fits.values()].map(({ turns }) => turns.size)).toEqual([mostTurns]);
  expect([...facts.evaluations.values()].map(({ turns }) => turns.size)).toEqual([mostTurns]);
});

test("columns at places that no table has are told by none", () => {
  const far =
    "X = df.iloc[:, 844171345:-937837739]\ny = df.iloc[:, 611433197]\nz = df.values[:, :-902880596]";
  const source = `import pandas as pd\ndf = pd.read_csv("a.csv")\n${far}\nSVC().fit(X, y).score(X, y)`;
  const { facts } = analyze(notebookOf("n", [{ id: "a", source }]), { python });
  expect(facts.evaluations.size).toBe(1);
});

test.each([
  ["columns cut off again and again", `X = df.values\n${"X = X[:, 900:]\n".repeat(400)}`],
  [
    "comprehensions inside each other",
    `X = ${"[c for c in list(".repeat(22)}df.columns${') if c != "a" and c]'.repeat(22)}`,
  ],
  ["comments before what is no SQL", `X = duckdb.sql("""${"/**/".repeat(32)}x""")`],
])("%s take no more time than they are worth", (_, source) => {
  const began = performance.now();
  const code = `import pandas as pd, duckdb\ndf = pd.read_csv("a.csv")\n${source}`;
  analyze(notebookOf("n", [{ id: "a", source: code }]), { python, sql });
  expect(performance.now() - began).toBeLessThan(5000);
});

test("definitions in loops inside loops are noted as often as anybody writes them, and then it is said", () => {
  const loops = Array.from({ length: 24 }, (_, at) => `${" ".repeat(at)}for i${at} in ${list(40)}:`);
  const body = `from feast import Entity, FeatureView, FileSource
driver = Entity(name="driver")
source = FileSource(name="trips", path="trips.parquet")
stats = FeatureView(name="stats", entities=[driver], source=source)
FeatureStore().get_historical_features(entity_df=df, features=["stats:fare"])`;
  const inside = body.replaceAll(/^/gm, " ".repeat(24));
  const { facts, coverage } = analyze(
    notebookOf("n", [{ id: "a", source: `${loops.join("\n")}\n${inside}` }]),
    { python },
  );
  expect(facts.definitions.size).toBe(mostDefinitions);
  expect(coverage.gaps.map(({ code }) => code)).toContain("coverage/more-definitions");
});
