import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import type { Sql } from "../../sql/sql.ts";
import { analyze } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";

let python: Python;
let sql: Sql | null;
beforeAll(async () => {
  python = await loadPython();
  sql = await loadSql();
});

const score = `
X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
print(SVC().fit(X_train, y_train).score(X_test, y_test))`;
const start = "import duckdb\nt = pd.DataFrame({'x': [1, 2], 'y': [0, 1]})\n";
const allow = "-- lookback: allow scaler-before-split (asked for by the customer)";

function look(...cells: readonly string[]) {
  const notebook = notebookOf(
    "n",
    cells.map((source, at) => ({ id: `c${at}`, source })),
  );
  return { notebook, ...analyze(notebook, { python, sql }) };
}
/** `cell:line rule` of all that is reported. */
const said = (...cells: readonly string[]) =>
  look(...cells).findings.map(({ cellId, range, rule }) => `${cellId}:${range.start.line} ${rule}`);

const asked = (text: string) => `${start}df = duckdb.sql(${text}).df()${score}`;
const scaled = "avg(x) OVER () AS x";

describe("a comment in SQL allows what is found in its statement", () => {
  it.each([
    ["behind it", `"""SELECT ${scaled}, y FROM t ${allow}"""`],
    ["above it", `"""\n${allow}\nSELECT ${scaled}, y FROM t"""`],
    ["in it", `"""SELECT\n  ${allow}\n  ${scaled}, y\nFROM t"""`],
    ["in a line of it", `"""SELECT ${scaled}, ${allow}\n  y\nFROM t"""`],
    ["in a text of lines that are written out", `"SELECT ${scaled}, y ${allow}\\nFROM t"`],
    ["in one of several strings", `"SELECT ${scaled}, y "\n  "${allow}\\n"\n  "FROM t"`],
    ["in a text with values in it", `f"""SELECT ${scaled}, y FROM t WHERE x > {0} ${allow}"""`],
    [
      "behind the sign that ends it",
      `"""CREATE TABLE u AS SELECT ${scaled}, y FROM t; ${allow}\nSELECT * FROM u"""`,
    ],
  ])("%s", (_, text) => {
    const { findings, allowed } = look(asked(text));
    expect(allowed.map(({ rule }) => rule)).toEqual(["scaler-before-split"]);
    expect(findings).toEqual([]);
  });

  it("of a magic, in its cell or its line, and of what pandas and Spark are asked", () => {
    expect(said(`${start}`, `%%sql df <<\nSELECT ${scaled}, y\n${allow}\nFROM t`, score)).toEqual([]);
    expect(said(`${start}df = %sql SELECT ${scaled}, y FROM t ${allow}${score}`)).toEqual([]);
    expect(
      said(`con = open_it()\ndf = pd.read_sql("""SELECT ${scaled}, y FROM t ${allow}""", con)${score}`),
    ).not.toContain("c0:1 scaler-before-split");
    expect(
      said(
        `from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\ndf = spark.sql("""SELECT ${scaled}, y FROM t ${allow}""").toPandas()${score}`,
      ),
    ).toEqual([]);
  });

  it("named once and asked later", () => {
    expect(
      said(
        `${start}asked = """\nSELECT ${scaled}, y\nFROM t ${allow}"""\ndf = duckdb.sql(asked).df()${score}`,
      ),
    ).toEqual([]);
  });

  it("for a cell and a file too", () => {
    const cell = allow.replace("allow ", "allow-cell ");
    expect(said(asked(`"""SELECT ${scaled}, y FROM t; SELECT 1 ${cell}"""`))).not.toContain(
      "c0:2 scaler-before-split",
    );
  });
});

describe("a comment in SQL does not allow", () => {
  const rule = "scaler-before-split";
  it.each([
    ["from inside a text", `"""SELECT ${scaled}, y, '${allow}' AS a FROM t"""`],
    ["from inside a name", `"""SELECT ${scaled}, y, x AS "${allow}" FROM t"""`],
    ["from inside a longer comment", `"""SELECT ${scaled}, y /*\n${allow}\n*/ FROM t"""`],
  ])("%s", (_, text) => expect(said(asked(text))).toEqual([`c0:2 ${rule}`]));

  it("what another statement does", () => {
    const { findings } = look(
      `${start}df = duckdb.sql("""CREATE TABLE u AS SELECT ${scaled}, y FROM t;\n\nSELECT * FROM u ${allow}""").df()${score}`,
    );
    expect(findings.map(({ rule, range }) => `${range.start.line} ${rule}`)).toEqual([
      `2 ${rule}`,
      "4 unused-allowance",
    ]);
  });

  it("what the next statement does, from before the sign that ends its own", () => {
    const next = `CREATE TABLE v AS SELECT ${scaled}, y FROM u;\nSELECT * FROM v`;
    const { findings, allowed } = look(
      asked(`"""CREATE TABLE u AS SELECT ${scaled}, y FROM t\n${allow}\n; ${next}"""`),
    );
    expect(
      [findings, allowed].map((all) => all.map(({ rule, range }) => `${range.start.line} ${rule}`)),
    ).toEqual([[`4 ${rule}`], [`2 ${rule}`]]);
  });

  it("what Python does on the same line", () => {
    expect(
      said(
        `${start}df = StandardScaler().fit_transform(duckdb.sql("SELECT x, y FROM t ${allow}").df())${score}`,
      ),
    ).toEqual([`c0:2 ${rule}`, "c0:2 unused-allowance"]);
  });

  it("anything without a reason, or by a wrong name", () => {
    expect(said(asked(`"""SELECT ${scaled}, y FROM t -- lookback: allow ${rule}"""`)).sort()).toEqual([
      "c0:2 allow-without-reason",
      `c0:2 ${rule}`,
    ]);
    expect(said(asked(`"""SELECT ${scaled}, y FROM t -- lookback: allow scaler — so"""`)).sort()).toEqual([
      "c0:2 allow-without-reason",
      `c0:2 ${rule}`,
    ]);
  });
});

it("what allows nothing any more goes out of the SQL, and nothing else does", () => {
  const { notebook, findings } = look(asked(`"SELECT x, y ${allow}\\nFROM t"`));
  const [unused] = findings;
  expect(unused?.rule).toBe("unused-allowance");
  const fix = unused?.plan()[0];
  if (!fix) throw new Error("no fix");
  expect(applyFix(notebook, fix).cells[0]?.source).toBe(asked('"SELECT x, y\\nFROM t"'));
});

it("the lines of a text that are written out end its comments", () => {
  expect(said(asked(`"SELECT y, -- what is asked for\\n ${scaled}\\nFROM t"`))).toEqual([
    "c0:2 scaler-before-split",
  ]);
});

it("a comment among many statements is placed in no time", () => {
  const began = performance.now();
  const statements = "SELECT a FROM t; -- b\n".repeat(8000);
  expect(
    said(`%%sql\n-- lookback: allow multi-test — known\n${statements}SELECT ${"[".repeat(90_000)}`),
  ).toEqual([]);
  expect(performance.now() - began).toBeLessThan(5000);
});

it("one that is written otherwise is not heard, and what was meant is said", () => {
  const text = `"""SELECT ${scaled}, y FROM t -- Lookback: Allow scaler-before-split — asked for"""`;
  expect(look(asked(text)).findings.map(({ rule, message }) => [rule, message])).toContainEqual([
    "misspelt-allowance",
    "This comment allows nothing: an allowance begins `lookback: allow scaler-before-split`.",
  ]);
});
