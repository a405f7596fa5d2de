import { DuckDBInstance } from "@duckdb/node-api";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { notebookOf } from "../../../notebook/notebook.ts";
import type { Python } from "../../../notebook/python.ts";
import type { Sql } from "../../../sql/sql.ts";
import { analyze } from "../../analyze.ts";
import { applyFix } from "../../apply-fix.ts";

let python: Python;
let sql: Sql | null;
beforeAll(async () => {
  python = await loadPython();
  sql = await loadSql();
});

const tables = `
CREATE TABLE t AS SELECT DATE '2024-01-01' + CAST(i AS INTEGER) AS day, i % 3 AS id, i * i % 17 AS x, i % 2 AS y FROM range(30) r(i);
CREATE TABLE labels AS SELECT day AS asked_at, id, y FROM t;
CREATE TABLE states AS SELECT day AS valid_at, day + 3 AS valid_to, valid_to > DATE '2024-01-30' AS is_current, id, x AS level FROM t;
`;

/** What differs in the answers about the first twenty days when everything later is another. */
async function seesLater(query: string): Promise<boolean> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(tables);
  const answers = async () =>
    JSON.stringify(
      (
        await connection.runAndReadAll(
          `SELECT * EXCLUDE (moment) FROM (${query}) WHERE moment < DATE '2024-01-21' ORDER BY ALL`,
        )
      ).getRowsJson(),
    );
  const before = await answers();
  await connection.run("UPDATE t SET x = x * 7 + 1000 WHERE day >= DATE '2024-01-21'");
  await connection.run("UPDATE states SET level = level * 7 + 1000 WHERE valid_at >= DATE '2024-01-21'");
  const after = await answers();
  connection.closeSync();
  return before !== after;
}

const notebookWith = (query: string) =>
  notebookOf("n", [
    {
      id: "a",
      source: `
import duckdb
df = duckdb.sql("""${query}""").df().sort_values("moment")
train, test = df[:20], df[20:]
print(Ridge().fit(train[["x"]], train["y"]).score(test[["x"]], test["y"]))`,
    },
  ]);

/** What the rules say of a model that learns from `x` of a query, split by time. */
function said(query: string): string[] {
  const { findings, coverage } = analyze(notebookWith(query), { python, sql });
  expect(coverage.gaps.filter(({ weight }) => weight === "unread")).toEqual([]);
  return [...new Set(findings.map(({ rule }) => rule))];
}

const leaks: readonly [rule: string, query: string][] = [
  ["window-crosses-label-time", "SELECT day AS moment, lead(x) OVER (ORDER BY day) AS x, y FROM t"],
  [
    "window-crosses-label-time",
    "SELECT day AS moment, lead(x, 3) OVER (PARTITION BY id ORDER BY day) AS x, y FROM t",
  ],
  ["window-crosses-label-time", "SELECT day AS moment, lag(x, -1) OVER (ORDER BY day) AS x, y FROM t"],
  ["window-crosses-label-time", "SELECT day AS moment, lag(x) OVER (ORDER BY day DESC) AS x, y FROM t"],
  ["window-crosses-label-time", "SELECT day AS moment, sum(x) OVER (ORDER BY day DESC) AS x, y FROM t"],
  [
    "window-crosses-label-time",
    "SELECT day AS moment, avg(x) OVER (ORDER BY day ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING) AS x, y FROM t",
  ],
  [
    "window-crosses-label-time",
    "SELECT day AS moment, last_value(x) OVER (ORDER BY day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS x, y FROM t",
  ],
  [
    "window-crosses-label-time",
    "SELECT day AS moment, max(x) OVER w AS x, y FROM t WINDOW w AS (PARTITION BY id ORDER BY day RANGE BETWEEN CURRENT ROW AND INTERVAL 5 DAYS FOLLOWING)",
  ],
  ["scaler-before-split", "SELECT day AS moment, x - avg(x) OVER () AS x, y FROM t"],
  ["scaler-before-split", "SELECT day AS moment, sum(x) OVER (PARTITION BY id) AS x, y FROM t"],
  [
    "scaler-before-split",
    "SELECT day AS moment, last_value(x) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS x, y FROM t",
  ],
  ["scaler-before-split", "SELECT day AS moment, x / (SELECT max(x) FROM t) AS x, y FROM t"],
  ["scaler-before-split", "SELECT day AS moment, percent_rank() OVER (ORDER BY x) AS x, y FROM t"],
  [
    "scaler-before-split",
    "SELECT t.day AS moment, m.x, t.y FROM t JOIN (SELECT id, avg(x) AS x FROM t GROUP BY id) m USING (id)",
  ],
  [
    "join-not-as-of",
    "SELECT l.asked_at AS moment, s.level AS x, l.y FROM labels l JOIN states s ON s.id = l.id AND s.valid_at <> l.asked_at",
  ],
  [
    "as-of-wrong-direction",
    "SELECT l.asked_at AS moment, s.level AS x, l.y FROM labels l ASOF JOIN states s ON s.id = l.id AND l.asked_at < s.valid_at",
  ],
  [
    "latest-snapshot-join",
    "SELECT l.asked_at AS moment, s.level AS x, l.y FROM labels l JOIN (SELECT * FROM states QUALIFY row_number() OVER (PARTITION BY id ORDER BY valid_at DESC) = 1) s ON s.id = l.id",
  ],
  [
    "latest-snapshot-join",
    "SELECT l.asked_at AS moment, s.level AS x, l.y FROM labels l JOIN (SELECT DISTINCT ON (id) * FROM states ORDER BY id, valid_at DESC) s ON s.id = l.id",
  ],
  [
    "latest-snapshot-join",
    "WITH n AS (SELECT *, row_number() OVER (PARTITION BY id ORDER BY valid_at DESC) AS rn FROM states), s AS (SELECT * FROM n WHERE rn = 1) SELECT l.asked_at AS moment, s.level AS x, l.y FROM labels l JOIN s ON s.id = l.id",
  ],
  [
    "latest-snapshot-join",
    "SELECT l.asked_at AS moment, s.level AS x, l.y FROM labels l JOIN states s ON s.id = l.id AND s.is_current",
  ],
];

const harmless: readonly string[] = [
  "SELECT day AS moment, x, y FROM t",
  "SELECT day AS moment, lag(x) OVER (ORDER BY day) AS x, y FROM t",
  "SELECT day AS moment, lead(x, -2) OVER (PARTITION BY id ORDER BY day) AS x, y FROM t",
  "SELECT day AS moment, lead(x) OVER (ORDER BY day DESC) AS x, y FROM t",
  "SELECT day AS moment, avg(x) OVER (ORDER BY day ROWS BETWEEN 7 PRECEDING AND 1 PRECEDING) AS x, y FROM t",
  "SELECT day AS moment, sum(x) OVER (PARTITION BY id ORDER BY day) AS x, y FROM t",
  "SELECT day AS moment, last_value(x) OVER (PARTITION BY id ORDER BY day) AS x, y FROM t",
  "SELECT day AS moment, row_number() OVER (PARTITION BY id ORDER BY day) AS x, y FROM t",
  "SELECT day AS moment, avg(x) OVER w AS x, y FROM t WINDOW w AS (ORDER BY day RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING)",
  "SELECT l.asked_at AS moment, s.level AS x, l.y FROM labels l ASOF JOIN states s ON s.id = l.id AND l.asked_at > s.valid_at",
  "SELECT l.asked_at AS moment, s.level AS x, l.y FROM labels l JOIN states s ON s.id = l.id AND s.valid_at <= l.asked_at AND l.asked_at < s.valid_to",
  "SELECT l.asked_at AS moment, s.level AS x, l.y FROM labels l JOIN (SELECT * FROM states WHERE valid_at < DATE '2024-01-05' QUALIFY row_number() OVER (PARTITION BY id ORDER BY valid_at DESC) = 1) s ON s.id = l.id",
  "SELECT l.asked_at AS moment, s.level AS x, l.y FROM labels l, LATERAL (SELECT level FROM states s WHERE s.id = l.id AND s.valid_at < l.asked_at ORDER BY s.valid_at DESC LIMIT 1) s",
];

describe("what a rule says of a query is what DuckDB does", () => {
  test.each(leaks)("%s: %s", async (rule, query) => {
    expect(await seesLater(query)).toBe(true);
    expect(said(query)).toEqual([rule]);
  });

  test.each(harmless.map((query) => [query]))("nothing: %s", async (query) => {
    expect(await seesLater(query)).toBe(false);
    expect(said(query)).toEqual([]);
  });
});

describe("a fix leaves a query that sees nothing later", () => {
  test.each([
    "SELECT l.asked_at AS moment, s.valid_at, s.level AS x, l.y FROM labels l JOIN states s ON s.id = l.id",
    "SELECT l.asked_at AS moment, s.valid_at, s.level AS x, l.y FROM labels l LEFT JOIN states s ON l.id = s.id WHERE l.id < 3",
    "SELECT day AS moment, avg(x) OVER (ORDER BY day ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING) AS x, y FROM t",
    "SELECT day AS moment, sum(x) OVER (PARTITION BY id ORDER BY day RANGE BETWEEN INTERVAL 9 DAYS PRECEDING AND INTERVAL 4 DAYS FOLLOWING) AS x, y FROM t",
    "SELECT day AS moment, lead(x, 2) OVER (ORDER BY day) AS x, y FROM t",
  ])("%s", async (query) => {
    expect(await seesLater(query)).toBe(true);
    const notebook = notebookWith(query);
    const [finding] = analyze(notebook, { python, sql }).findings;
    const [fix] = finding?.plan() ?? [];
    const source = fix ? (applyFix(notebook, fix).cells[0]?.source ?? "") : "";
    const fixed = /"""([\s\S]*)"""/.exec(source)?.[1] ?? query;
    expect(said(fixed)).toEqual([]);
    expect(await seesLater(fixed)).toBe(false);
  });
});
