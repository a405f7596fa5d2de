import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { notebookOf } from "../../../notebook/notebook.ts";
import type { Python } from "../../../notebook/python.ts";
import type { Sql } from "../../../sql/sql.ts";
import { analyze } from "../../analyze.ts";

let python: Python;
let sql: Sql | null;
beforeAll(async () => {
  python = await loadPython();
  sql = await loadSql();
});

/** Cells with marks of what must be said at a line: `#! rule`, or `#?` where something was not read. */
function check(...cells: readonly string[]): void {
  const notebook = notebookOf(
    "n",
    cells.map((source, at) => ({ id: `c${at}`, source })),
  );
  const { findings, coverage } = analyze(notebook, { python, sql });
  const lineAt = (cell: string | null, line: number) =>
    cells[Number(cell?.slice(1))]?.split("\n")[line]?.trim();
  const said = [
    ...findings.map(({ rule, cellId, range }) => `${lineAt(cellId, range.start.line)} -> ${rule}`),
    ...coverage.gaps
      .filter(({ weight }) => weight === "unread")
      .map(({ cellId, range }) => `${lineAt(cellId, range?.start.line ?? -1)} -> ?`),
  ];
  const expected = cells.flatMap((cell) =>
    cell.split("\n").flatMap((line) => {
      const mark = /(?:#|--)(?:! ?([\w-]+)|(\?))$/.exec(line.trim());
      return mark ? [`${line.trim()} -> ${mark[1] ?? "?"}`] : [];
    }),
  );
  expect([...new Set(said)].sort()).toEqual(expected.sort());
}

const score = `
train, test = df[:800], df[800:]
print(Ridge().fit(train[["x"]], train["y"]).score(test[["x"]], test["y"]))`;
const drawn = `
train, test = train_test_split(df)
print(Ridge().fit(train[["x"]], train["y"]).score(test[["x"]], test["y"]))`;
const start = 'import duckdb\nt = pd.read_csv("t.csv")\n';

describe("where SQL stands", () => {
  test.each([
    [
      "duckdb",
      `${start}df = duckdb.sql("SELECT avg(x) OVER () AS x, y FROM t").df()  #! scaler-before-split${score}`,
    ],
    [
      "a query in a name",
      `${start}q = "SELECT avg(x) OVER () AS x, y FROM t"  #! scaler-before-split\ndf = duckdb.query(q).df()${score}`,
    ],
    [
      "several lines",
      `${start}df = duckdb.sql("""\nSELECT y,\n  x - avg(x) OVER () AS x --! scaler-before-split\nFROM t\n""").df()${score}`,
    ],
    [
      "texts beside each other",
      `${start}df = duckdb.sql("SELECT y, "\n  "x - avg(x) OVER () AS x "  #! scaler-before-split\n  "FROM t").df()${score}`,
    ],
    [
      "a text with values in it",
      `${start}n = 3\ndf = duckdb.sql(f"SELECT y, x / {n} - avg(x) OVER () AS x FROM t WHERE z > {n:.2f}").df()  #! scaler-before-split${score}`,
    ],
    [
      "a text that values are filled into",
      `${start}df = duckdb.sql("SELECT y, avg(x) OVER () AS x FROM t WHERE z < {cut}".format(cut=3)).df()  #! scaler-before-split${score}`,
    ],
    [
      "a table's name in a name",
      `${start}name = "t"\ndf = duckdb.sql(f"SELECT avg(x) OVER () AS x, y FROM {name}").df()  #! scaler-before-split${score}`,
    ],
    [
      "pandas and a database",
      `df = pd.read_sql("SELECT avg(x) OVER () AS x, y FROM t WHERE z = %(z)s", "sqlite:///d.db", params=dict(z=1))  #! scaler-before-split${score}`,
    ],
    [
      "spark",
      `df = spark.sql("SELECT avg(x) OVER () AS x, y FROM t").toPandas()  #! scaler-before-split${score}`,
    ],
    [
      "polars",
      `t = pl.read_csv("t.csv")\ndf = pl.sql("SELECT avg(x) OVER () AS x, y FROM t").collect()  #! scaler-before-split${score}`,
    ],
    [
      "pandasql",
      `from pandasql import sqldf\n${start}df = sqldf("SELECT avg(x) OVER () AS x, y FROM t", globals())  #! scaler-before-split${score}`,
    ],
    [
      "BigQuery",
      `from google.cloud import bigquery\nclient = bigquery.Client()\ndf = client.query("SELECT avg(x) OVER () AS x, y FROM \`p.d.t\`").to_dataframe()  #! scaler-before-split${score}`,
    ],
    [
      "a connection",
      `${start}con = duckdb.connect()\ncon.register("u", t)\ndf = con.execute("SELECT avg(x) OVER () AS x, y FROM u").df()  #! scaler-before-split${score}`,
    ],
    [
      "a table made before",
      `${start}duckdb.sql("CREATE TABLE u AS SELECT avg(x) OVER () AS x, y FROM t")  #! scaler-before-split\ndf = duckdb.sql("SELECT * FROM u").df()${score}`,
    ],
    [
      "a file",
      `import duckdb\ndf = duckdb.sql("SELECT avg(x) OVER () AS x, y FROM 'a.parquet'").df()  #! scaler-before-split${score}`,
    ],
    ["a line magic", `df = %sql SELECT avg(x) OVER () AS x, y FROM t  --! scaler-before-split${score}`],
  ])("%s", (_, source) => check(source));

  test.each([
    ["its own cell", "%%sql df <<\nSELECT y,\n  avg(x) OVER () AS x --! scaler-before-split\nFROM t"],
    [
      "a cell of BigQuery",
      "%%bigquery df\nSELECT y,\n  avg(x) OVER () AS x --! scaler-before-split\nFROM `p.d.t`",
    ],
    [
      "a cell of BigQuery that is told more",
      '%%bigquery df --project p --params {"z": 1}\nSELECT y,\n  avg(x) OVER () AS x --! scaler-before-split\nFROM `p.d.t` WHERE z = @z',
    ],
    ["a cell of sparkmagic", "%%sql -o df\nSELECT y,\n  avg(x) OVER () AS x --! scaler-before-split\nFROM t"],
  ])("%s", (_, cell) => check(cell, score));

  test("what does not parse is said, at its place", () => {
    check(`${start}df = duckdb.sql("SELECT a FROM (").df()  #?${score}`);
    check("%%sql df <<\nSELECT a FROM ( --?", score);
  });

  test("statements that read no rows are nothing to say", () => {
    check(
      "%load_ext sql\n%sql sqlite:///a.db\n%sql PRAGMA table_info(t)\n%sql SHOW TABLES\n%sql DROP TABLE IF EXISTS u",
    );
    check(`${start}duckdb.execute("SET threads TO 2")\nduckdb.sql("ATTACH 'a.db' AS a")`);
  });

  test("a file that cannot be opened is said, where the query names it", () => {
    const source = "import duckdb\ndf = duckdb.sql(\"SELECT x FROM read_parquet('a.parquet')\").df()";
    const { coverage } = analyze(notebookOf("n", [{ id: "a", source }]), { python, sql });
    expect(coverage.gaps.map(({ code, range }) => [code, range?.start.character])).toEqual([
      ["coverage/file-not-opened", 31],
    ]);
  });

  test("without a parser it is said", () => {
    const source = `${start}df = duckdb.sql("SELECT x, y FROM t").df()`;
    const { coverage } = analyze(notebookOf("n", [{ id: "a", source }]), { python });
    expect(coverage.gaps.map(({ code }) => code)).toContain("coverage/sql-not-read");
  });
});

describe("what a query does to rows", () => {
  test.each([
    ["picks columns", "SELECT x, y FROM t"],
    ["computes row by row", "SELECT ln(x) + z AS x, y FROM t WHERE z IS NOT NULL"],
    ["numbers rows", "SELECT row_number() OVER () AS x, y FROM t"],
    [
      "looks back",
      "SELECT avg(x) OVER (ORDER BY day ROWS BETWEEN 7 PRECEDING AND 1 PRECEDING) AS x, y FROM t",
    ],
    [
      "looks back, through a window with a name",
      "SELECT lag(x) OVER w AS x, y FROM t WINDOW w AS (PARTITION BY id ORDER BY day)",
    ],
    ["counts for a column that no model sees", "SELECT x, y, count(*) OVER () AS n FROM t"],
  ])("%s", (_, query) => check(`${start}df = duckdb.sql("${query}").df()${score}`));

  test.each([
    ["fills by a mean", "SELECT coalesce(x, avg(x) OVER ()) AS x, y FROM t", "imputer-before-split"],
    [
      "a mean of groups, beside their rows",
      "SELECT avg(x) OVER (PARTITION BY g) AS x, y FROM t",
      "scaler-before-split",
    ],
    ["a mean in a query inside", "SELECT x - (SELECT avg(x) FROM t) AS x, y FROM t", "scaler-before-split"],
    [
      "a mean in WITH",
      "WITH m AS (SELECT g, avg(x) AS x FROM t GROUP BY g) SELECT m.x, t.y FROM t JOIN m ON m.g = t.g",
      "scaler-before-split",
    ],
    [
      "the whole column's rank",
      "SELECT percent_rank() OVER (ORDER BY x) AS x, y FROM t",
      "scaler-before-split",
    ],
    ["the next row", "SELECT lead(x) OVER (ORDER BY day) AS x, y FROM t", "window-crosses-label-time"],
    [
      "the next row, in an inner query",
      "SELECT x, y FROM (SELECT lead(x) OVER (ORDER BY day) AS x, y FROM t)",
      "window-crosses-label-time",
    ],
    [
      "rows that follow, with a frame by time",
      "SELECT sum(x) OVER (ORDER BY day RANGE BETWEEN CURRENT ROW AND INTERVAL 7 DAYS FOLLOWING) AS x, y FROM t",
      "window-crosses-label-time",
    ],
  ])("%s", (_, query, rule) => check(`${start}df = duckdb.sql("${query}").df()  #! ${rule}${score}`));

  test("WHERE cuts rows as a mask does", () => {
    check(`${start}train = duckdb.sql("SELECT * FROM t WHERE day < '2024-01-01'").df()
test = duckdb.sql("SELECT * FROM t WHERE day >= '2024-01-01'").df()
scaler = StandardScaler().fit(train[["x"]])
print(Ridge().fit(scaler.transform(train[["x"]]), train["y"]).score(scaler.transform(test[["x"]]), test["y"]))`);
    check(`${start}cut = "2024-01-01"
train = duckdb.sql(f"SELECT * FROM t WHERE day < '{cut}'").df()
test = t[t["day"] >= cut]
scaler = StandardScaler().fit(train[["x"]])
print(Ridge().fit(scaler.transform(train[["x"]]), train["y"]).score(scaler.transform(test[["x"]]), test["y"]))`);
    check(`${start}train = duckdb.sql("SELECT * FROM t WHERE hash(id) % 10 < 8").df()
test = duckdb.sql("SELECT * FROM t WHERE hash(id) % 10 >= 8").df()
scaler = StandardScaler().fit(t[["x"]])  #! scaler-before-split
print(Ridge().fit(scaler.transform(train[["x"]]), train["y"]).score(scaler.transform(test[["x"]]), test["y"]))`);
  });

  test("a table of sums up to a date is joined by its key, and by no moment", () => {
    check(
      `${start}df = duckdb.sql("SELECT c.joined_at, c.x, c.y, o.n FROM t c LEFT JOIN (SELECT id, count(*) AS n FROM orders WHERE at < '2020-01-01' GROUP BY id) o ON o.id = c.id").df()${drawn}`,
    );
  });

  test("what a table went through before is not forgotten", () => {
    check(`${start}t["x"] = StandardScaler().fit_transform(t[["x"]])  #! scaler-before-split
df = duckdb.sql("SELECT x, y FROM t").df()${drawn}`);
  });
});
