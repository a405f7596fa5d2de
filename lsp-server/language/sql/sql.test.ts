import { loadSql } from "@lookback/service/files/load-sql.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { queries, unread } from "./corpus.ts";
import { prepare } from "./prepare.ts";
import type { Query, Select, Span } from "./query.ts";
import type { Sql } from "./sql.ts";

let sql: Sql;
beforeAll(async () => {
  const loaded = await loadSql();
  if (!loaded) throw new Error("The SQL parser is not there.");
  sql = loaded;
});

const only = (text: string): Query => {
  const [statement] = sql.read(text) ?? [];
  if (!statement) throw new Error(`Not read: ${text}`);
  return statement.query;
};
const select = (text: string): Select => {
  const [first] = only(text).selects;
  if (!first || "selects" in first) throw new Error(`No select: ${text}`);
  return first;
};
const at = (text: string, { from, to }: Span) => text.slice(from, to);

test.each(Object.entries(queries))("reads what is written in %s", (_, all) => {
  expect(all.filter((query) => sql.read(query) === null)).toEqual([]);
});

test("says what it does not read", () => {
  expect(unread.filter((query) => sql.read(query) !== null)).toEqual([]);
});

describe("places", () => {
  test("of calls, with all that belongs to them", () => {
    const text = `SELECT a,
  sum(x) FILTER (WHERE y = ')') OVER (PARTITION BY id ORDER BY ts ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS s,
  last_value(x IGNORE NULLS) OVER w, -- (
  percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM t WINDOW w AS (ORDER BY ts)`;
    const calls = select(text).items.flatMap((item) => (item.op === "column" ? item.term.calls : []));
    expect(calls.map((call) => at(text, call.at))).toEqual([
      "sum(x) FILTER (WHERE y = ')') OVER (PARTITION BY id ORDER BY ts ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)",
      "last_value(x IGNORE NULLS) OVER w",
      "percentile_cont(0.5) WITHIN GROUP (ORDER BY x)",
    ]);
    expect(calls[1]?.window?.order.map(({ term }) => term.column?.name)).toEqual(["ts"]);
  });

  test("behind letters of other planes", () => {
    const text = "SELECT '🙂' AS s, avg(x) AS m FROM t";
    const [, item] = select(text).items;
    expect(item?.op === "column" && at(text, item.term.at)).toBe("avg(x)");
  });
});

describe("what the parser does not know is taken out, every other character stays", () => {
  test.each([
    ["SELECT a FROM {t} WHERE b < '{cut}'", "SELECT a FROM h__ WHERE b < 'h____'"],
    ["SELECT {{ col }} FROM {{ ref('t') }}", "SELECT h________ FROM h_____________"],
    ["SELECT a {% if x %}, b {% endif %} FROM t", "SELECT a           , b             FROM t"],
    ["SELECT a FROM t WHERE b = %(b)s AND c = %s", "SELECT a FROM t WHERE b = h____ AND c = h_"],
    ["SELECT a FROM t WHERE b LIKE '%s'", "SELECT a FROM t WHERE b LIKE '%s'"],
    ["SELECT {'a': 1} AS s", "SELECT {'a': 1} AS s"],
    ["SELECT * FROM a ASOF LEFT JOIN b USING (c)", "SELECT * FROM a      LEFT JOIN b USING (c)"],
    ["SELECT 'asof join' FROM a -- asof join", "SELECT 'asof join' FROM a -- asof join"],
    ["SELECT * FROM a USING SAMPLE 10%", "SELECT * FROM a                 "],
  ])("%s", (source, text) => {
    expect(prepare(source).text).toBe(text);
    expect(prepare(source).text).toHaveLength(source.length);
  });
});

describe("joins and tests", () => {
  test("an as-of join is one, and its neighbor is none", () => {
    const { joins } = select(
      "SELECT * FROM a JOIN b ON a.id = b.id ASOF JOIN c ON a.id = c.id AND a.ts >= c.ts",
    );
    expect(joins.map(({ relation, isAsOf }) => [relation.alias, isAsOf])).toEqual([
      ["b", false],
      ["c", true],
    ]);
  });

  test("each test that must pass", () => {
    const { where } = select(
      "SELECT a FROM t WHERE (b < '2020-01-01' AND c BETWEEN 1 AND 3) AND (d OR e) AND f = -2",
    );
    expect(
      where.map(({ operator, left, right }) => [left.column?.name ?? null, operator, right?.constant]),
    ).toEqual([
      ["b", "<", "2020-01-01"],
      ["c", ">=", "1"],
      ["c", "<=", "3"],
      [null, null, undefined],
      ["f", "=", "-2"],
    ]);
  });
});

test("reads any beginning of a text without an error", () => {
  const text = Object.values(queries).flat().join(";\n");
  for (let end = 0; end < text.length; end += 37) expect(() => sql.read(text.slice(0, end))).not.toThrow();
});

test.each([
  ["parentheses", `SELECT ${"(".repeat(20_000)}1`],
  ["calls in calls", `SELECT ${"f(".repeat(3_000)}1${")".repeat(3_000)}`],
  ["places for values that do not end", `SELECT ${"{{ ".repeat(15_000)}`],
  ["Jinja that does not end", `SELECT ${"{% ".repeat(15_000)}`],
  ["comments that do not end", `SELECT ${"/* ".repeat(15_000)}`],
  ["quotes that do not end", `SELECT ${"'a".repeat(24_999)}`],
  [
    "a thousand columns",
    `SELECT ${Array.from({ length: 1000 }, (_, at) => `sum(c${at}) OVER (ORDER BY ts)`).join(", ")} FROM t`,
  ],
  ["more than anybody writes", `SELECT ${"a, ".repeat(100_000)} b FROM t`],
])("costs little: %s", (_, text) => {
  const start = performance.now();
  expect(() => sql.read(text)).not.toThrow();
  expect(performance.now() - start).toBeLessThan(3_000);
  expect(sql.read("SELECT still FROM here")).not.toBeNull();
});
