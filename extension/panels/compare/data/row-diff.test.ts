import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import { type Column, sharedColumns } from "./column-kind.ts";
import { driftOf, driftWords } from "./drift.ts";
import { type Ask, guessKey } from "./guess-key.ts";
import { diffRowsOf } from "./row-diff.ts";

let ask: Ask;

beforeAll(async () => {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  ask = async (sql) => (await connection.runAndReadAll(sql)).getRowObjects() as Record<string, unknown>[];
});

const columnsOf = async (table: string): Promise<Column[]> =>
  (await ask(`DESCRIBE ${table}`)).map((row) => ({
    name: String(row.column_name),
    type: String(row.column_type),
  }));

/** Two tables, and what is guessed of them. */
async function compared(before: string, after: string) {
  await ask(`CREATE OR REPLACE TABLE before AS ${before}`);
  await ask(`CREATE OR REPLACE TABLE after AS ${after}`);
  const columns = sharedColumns(await columnsOf("before"), await columnsOf("after"));
  const key = await guessKey(ask, columns);
  return { key, columns, rows: await diffRowsOf(ask, key, columns) };
}

const flights = (values: string, names = "origin, hour, visib") =>
  `SELECT * FROM (VALUES ${values}) AS rows(${names})`;

describe("rows are matched", () => {
  it("by one column that tells them apart, a name before a counter", async () => {
    const before = flights("(0, 'a', 1), (1, 'b', 1), (2, 'c', 1)", "index, code, x");
    const after = flights("(0, 'b', 1), (1, 'c', 2), (2, 'd', 1)", "index, code, x");
    const { key, rows } = await compared(before, after);
    expect(key).toEqual(["code"]);
    expect(rows).toMatchObject({ added: 1, removed: 1, changed: 2 });
  });

  it("by several columns where it takes them, and never by a float or with values missing", async () => {
    const { key, rows } = await compared(
      flights("('JFK', 1, 10.0), ('JFK', 2, 9.5), ('LGA', 1, 8.25), ('LGA', 2, 7.5)"),
      flights("('JFK', 1, 10.0), ('JFK', 2, 9.0), ('LGA', 1, 8.25), ('LGA', 3, 7.5), ('EWR', 1, 1.0)"),
    );
    expect(key).toEqual(["origin", "hour"]);
    expect(rows).toMatchObject({
      added: 2,
      removed: 1,
      changed: 1,
      byColumn: [{ name: "visib", rows: 1 }],
    });
    expect("examples" in rows && rows.examples[0]).toEqual({
      kind: "changed",
      key: ["JFK", "2"],
      values: [
        { name: "visib", left: expect.stringMatching(/^9\.5/), right: expect.stringMatching(/^9\.0/) },
      ],
    });
    const missing = await compared(flights("('a', 1, 1), (NULL, 1, 2)"), flights("('a', 1, 1), ('b', 1, 2)"));
    expect(missing.key).toEqual(["visib"]);
    const floats = await compared("SELECT 1.5::DOUBLE AS x UNION ALL SELECT 2.5", "SELECT 1.5::DOUBLE AS x");
    expect(floats).toMatchObject({ key: null, rows: { added: 0, removed: 1, changed: null } });
  });

  it("whole where nothing tells them apart, each as often as it is there", async () => {
    const { rows } = await compared(
      flights("('a', 1, 1), ('a', 1, 1), ('b', 1, 1)"),
      flights("('a', 1, 1), ('b', 1, 1), ('b', 1, 1)"),
    );
    expect(rows).toMatchObject({ key: null, added: 1, removed: 1, changed: null });
  });

  it("not at all by columns that rows share", async () => {
    const { columns } = await compared(flights("('a', 1, 1), ('a', 2, 1)"), flights("('a', 1, 1)"));
    expect(await diffRowsOf(ask, ["origin"], columns)).toEqual({ sharedKey: true });
  });

  it("whatever types two readings of a file gave a column, and whatever a column is called", async () => {
    const { key, rows } = await compared(
      `SELECT 1 AS "a ""b", 5::INTEGER AS x, DATE '2013-01-01' AS day`,
      `SELECT '1' AS "a ""b", 5.0::DOUBLE AS x, TIMESTAMP '2013-01-01' AS day`,
    );
    expect(key).not.toBeNull();
    expect(rows).toMatchObject({ added: 0, removed: 0, changed: 0, examples: [] });
  });

  it("with a missing value that stayed missing unchanged", async () => {
    const { rows } = await compared(
      "SELECT 1 AS id, NULL::INTEGER AS x, 'NaN'::DOUBLE AS y",
      "SELECT 1 AS id, NULL::INTEGER AS x, 'NaN'::DOUBLE AS y",
    );
    expect(rows).toMatchObject({ changed: 0 });
  });
});

describe("columns drift", () => {
  const drifts = async (before: string, after: string) => {
    const { columns } = await compared(before, after);
    const [left, right] = await Promise.all(
      ["before", "after"].map(async (table) =>
        Number((await ask(`SELECT count(*) AS n FROM ${table}`))[0]?.n),
      ),
    );
    return driftOf(ask, columns, { left: left!, right: right! });
  };

  it("by the share of rows that would have to move", async () => {
    const [far, same] = await drifts(
      "SELECT i AS a, i AS b FROM range(1000) t(i)",
      "SELECT i AS a, CASE WHEN i < 500 THEN i ELSE 900 END AS b FROM range(1000) t(i)",
    );
    expect([far?.name, same?.name, same?.distance]).toEqual(["b", "a", 0]);
    expect(far?.distance).toBeGreaterThan(0.3);
    expect(far?.bars).toHaveLength(11);
  });

  it("in words, in times and in values that went missing", async () => {
    const found = await drifts(
      "SELECT ['x', 'y'][i % 2 + 1] AS word, TIMESTAMP '2013-01-01' + to_hours(i) AS at, i AS gone FROM range(100) t(i)",
      "SELECT 'x' AS word, TIMESTAMP '2013-01-01' + to_hours(i) AS at, CASE WHEN i < 90 THEN i END AS gone FROM range(100) t(i)",
    );
    const distances = Object.fromEntries(
      found.map(({ name, distance }) => [name, Math.round(distance * 100)]),
    );
    expect(distances).toEqual({ word: 50, at: 0, gone: 10 });
    expect(found.find(({ name }) => name === "gone")?.bars.at(-1)).toEqual({
      label: "none",
      left: 0,
      right: 0.1,
    });
  });

  it("not of what has no order: lists, and how long something took", async () => {
    const sql = (far: number) =>
      `SELECT i % 5 AS n, [i * 1.0, ${far}] AS place, to_hours(i) AS took FROM range(100) t(i)`;
    expect((await drifts(sql(1), sql(2))).map(({ name }) => name)).toEqual(["n"]);
  });

  it("not where one value fills a column, values are nearly all different, or a side is empty", async () => {
    const found = await drifts(
      "SELECT 7 AS one, 'n' || i AS name FROM range(1000) t(i)",
      "SELECT 7 AS one, 'm' || i AS name FROM range(1000) t(i)",
    );
    expect(found.map(({ name, distance }) => [name, distance])).toEqual([["one", 0]]);
    expect(await drifts("SELECT 1 AS x", "SELECT 1 AS x WHERE false")).toEqual([]);
  });

  it.each([
    [0, "spread as before"],
    [0.05, "drifted a little"],
    [0.2, "drifted"],
    [0.6, "drifted far"],
  ])("by %d is called %s", (distance, words) => {
    expect(driftWords(distance)).toBe(words);
  });
});
