import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlanFeature, PlanView } from "../plan/plan.ts";
import { type FeatureStore, openFeatureStore } from "./feature-store.ts";
import { lookUp } from "./lookup.ts";

/** Values of every type, the awkward ones among them; NULL comes besides. */
const types: Readonly<Record<string, { readonly sql: string; readonly values: readonly string[] }>> = {
  tiny: { sql: "UTINYINT", values: ["0", "7", "255"] },
  int: { sql: "INTEGER", values: ["-3", "0", "2147483647"] },
  long: {
    sql: "BIGINT",
    values: ["-3", "7", "9007199254740993", "-9007199254740995", "36028797018963969", "9007199254740991"],
  },
  unsigned: { sql: "UBIGINT", values: ["0", "1", "9007199254740993", "72057594037927937"] },
  real: { sql: "FLOAT", values: ["0.1", "16777217", "'NaN'", "'infinity'", "3.5"] },
  double: { sql: "DOUBLE", values: ["0.1", "0.2", "0.0", "1e9", "'NaN'", "'infinity'", "'-infinity'"] },
  plain: { sql: "DOUBLE", values: ["0.1", "0.2", "123456.789", "0.3", "-0.1"] },
  price: { sql: "DECIMAL(18,2)", values: ["0.10", "0.20", "-0.30", "9999999999999999.99", "123.45"] },
  ledger: { sql: "DECIMAL(38,10)", values: ["0.1", "90071992547409.9300000001", "-5.5"] },
  flag: { sql: "BOOLEAN", values: ["true", "false"] },
  text: { sql: "VARCHAR", values: ["''", "'10'", "'9'", "'é'", "'\uFFFD'", "'😀'", "'a'", "'B'"] },
  day: { sql: "DATE", values: ["'1969-12-31'", "'2024-02-29'", "'9999-12-31'"] },
  moment: {
    sql: "TIMESTAMP",
    values: ["'1969-12-31 23:59:59.999999'", "'2024-02-29 12:00:00'", "'9999-12-31 23:59:59.5'"],
  },
  nano: {
    sql: "TIMESTAMP_NS",
    values: ["'2024-02-29 12:00:00.000000001'", "'1969-12-31 23:59:59.999999999'"],
  },
  zoned: { sql: "TIMESTAMPTZ", values: ["'2024-02-29 12:00:00+00'", "'1969-12-31 23:59:59.000001+00'"] },
  list: { sql: "INTEGER[]", values: ["[]", "[1]"] },
  bytes: { sql: "BLOB", values: ["''", "'ab'"] },
};
const numbers = ["tiny", "int", "long", "unsigned", "real", "double", "plain", "price", "ledger"];
const onlyCounted = ["list", "bytes"];

/** Each type with each function that is defined on it. */
const features: PlanFeature[] = Object.keys(types).flatMap((column): PlanFeature[] => {
  const { sql } = types[column]!;
  const window = (name: "mean" | "sum" | "count" | "min" | "max"): PlanFeature => ({
    ...{ kind: "window", name: `${name}_${column}`, column, function: name, windowUs: 9, type: sql },
  });
  const shown: PlanFeature = { kind: "latest", name: `latest_${column}`, column, type: sql };
  return [
    window("count"),
    ...(onlyCounted.includes(column) ? [] : [shown, window("min"), window("max")]),
    ...(numbers.includes(column) ? [window("sum"), window("mean")] : []),
  ];
});

let dir: string;
let store: FeatureStore;
let connection: DuckDBConnection;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "lookback-types-"));
  store = openFeatureStore(join(dir, "online"));
  connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("SET TimeZone = 'UTC'");
});
afterAll(async () => {
  await store.close();
  connection.closeSync();
  rmSync(dir, { recursive: true });
});

const settings = [
  { seed: 1, availability: "delay", delayUs: 0, upper: "inclusive", ttlUs: null },
  { seed: 2, availability: "delay", delayUs: 4, upper: "exclusive", ttlUs: 12 },
  { seed: 3, availability: "created", delayUs: 0, upper: "inclusive", ttlUs: null },
  { seed: 4, availability: "created", delayUs: 0, upper: "exclusive", ttlUs: null },
  { seed: 5, availability: "created", delayUs: 0, upper: "inclusive", ttlUs: 11 },
  { seed: 6, availability: "created", delayUs: 3, upper: "exclusive", ttlUs: 7 },
  { seed: 7, availability: "created", delayUs: 5, upper: "inclusive", ttlUs: null },
] as const;

describe.each(settings)("$availability, delay $delayUs, $upper, ttl $ttlUs", (setting) => {
  it("gives every feature of every type as DuckDB gives it over the rows that were available", async () => {
    const path = join(dir, `${setting.seed}.parquet`);
    await writeRows(setting.seed, path);
    const view = viewOf(setting);
    const online = await store.ensure(view, path);
    const expected = await oracle(view, path);
    expect(expected.length).toBe(48 * 4);
    let withValue = 0;
    // One expectation for all: each call of expect costs more than a lookup.
    const wrong: string[] = [];
    for (const row of expected) {
      const history = online.history([String(row.k)]);
      for (const feature of features) {
        const { value, reason } = lookUp(view, feature, history, Number(row.asked));
        const wanted = row[feature.name] ?? null;
        if (value !== null) withValue += 1;
        if (same(feature, value, wanted) && (value === null) === (reason !== null)) continue;
        wrong.push(
          `${feature.name} of ${row.k} at ${row.asked}: ${value} (${reason}) online, ${wanted} in DuckDB`,
        );
      }
    }
    expect(wrong).toEqual([]);
    expect(withValue).toBeGreaterThan(1000);
  });
});

/** Rows of three entities: some without a created time, some created long after their event, some before it. */
async function writeRows(seed: number, path: string): Promise<void> {
  const columns = Object.entries(types).map(([name, { sql, values }], at) => {
    const cases = values.map((value, i) => `WHEN ${i} THEN ${value}::${sql}`).join(" ");
    // Every column of a row by its own draw; the last case has no branch and is NULL.
    return `CASE hash(i, ${at}, ${seed}) % ${values.length + 1} ${cases} END AS ${name}`;
  });
  await connection.run(`COPY (SELECT ['a', 'b', 'c'][1 + (hash(i, 'k', ${seed}) % 3)::INTEGER] AS k,
    (hash(i, 't', ${seed}) % 40)::BIGINT - 10 AS t,
    CASE hash(i, 'c', ${seed}) % 6 WHEN 0 THEN NULL WHEN 1 THEN t - 5 WHEN 2 THEN t WHEN 3 THEN t + 20 ELSE t + (hash(i, 'd', ${seed}) % 8)::BIGINT END AS c,
    i AS seq, ${columns.join(",\n    ")} FROM range(90) r(i)) TO '${path}' (FORMAT parquet)`);
}

function viewOf({ availability, delayUs, upper, ttlUs }: (typeof settings)[number]): PlanView {
  const isCreated = availability === "created";
  const columns = Object.keys(types).join(", ");
  return {
    ...{ name: "v", entity: "e", joinKeys: ["k"], source: "s", timestampField: "t" },
    ...{ availability, delayUs, upper, ttlUs, features },
    materializeSql: `SELECT k, t AS event_time${isCreated ? `, greatest(t + ${delayUs}, c) AS available_at` : ""}, ${columns}
FROM source ${isCreated ? "WHERE c IS NOT NULL " : ""}ORDER BY k, t, c NULLS FIRST, seq`,
  };
}

/** The definition, as joins that name every pair of a moment and a row: no frame, no ASOF, no tile. */
async function oracle(view: PlanView, path: string): Promise<Record<string, unknown>[]> {
  const isCreated = view.availability === "created";
  const before = view.upper === "inclusive" ? "<=" : "<";
  const since = view.upper === "inclusive" ? ">" : ">=";
  const latest = features.filter((feature) => feature.kind === "latest");
  const windows = features.filter((feature) => feature.kind === "window");
  const fresh = view.ttlUs === null ? "TRUE" : `t >= asked - ${view.ttlUs}`;
  const sql = `WITH spine AS (SELECT k, asked::BIGINT - 14 AS asked FROM range(48) m(asked), (VALUES ('a'), ('b'), ('c'), ('unseen')) e(k)),
f AS (SELECT *, ${isCreated ? `greatest(t + ${view.delayUs}, c)` : `t + ${view.delayUs}`} AS a FROM '${path}' ${isCreated ? "WHERE c IS NOT NULL" : ""}),
visible AS (SELECT s.asked, f.* FROM spine s JOIN f ON f.k = s.k AND f.a ${before} s.asked),
newest AS (SELECT *, ${fresh} AS fresh FROM visible
  QUALIFY row_number() OVER (PARTITION BY k, asked ORDER BY t DESC, c DESC NULLS LAST, seq DESC) = 1),
windowed AS (SELECT k, asked, ${windows.map((each) => `${aggregateSql(each)} AS ${each.name}`).join(", ")} FROM visible
  WHERE t ${since} asked - ${view.delayUs} - 9 AND t ${before} asked - ${view.delayUs} GROUP BY k, asked)
SELECT s.k, s.asked, ${[
    ...latest.map(
      (each) => `${textOf(`CASE WHEN n.fresh THEN n.${each.column} END`, each.column)} AS ${each.name}`,
    ),
    ...windows.map((each) =>
      each.function === "count" ? `coalesce(w.${each.name}, 0) AS ${each.name}` : `w.${each.name}`,
    ),
  ].join(", ")}
FROM spine s LEFT JOIN newest n ON n.k = s.k AND n.asked = s.asked LEFT JOIN windowed w ON w.k = s.k AND w.asked = s.asked`;
  return (await connection.runAndReadAll(sql)).getRowObjects();
}

function aggregateSql({ function: name, column }: Extract<PlanFeature, { kind: "window" }>): string {
  if (name === "count") return `count(${column})`;
  if (name === "mean") return `CAST(sum(${column}) AS DOUBLE) / count(${column})`;
  return textOf(`${name}(${column})`, column);
}

/** Exact types as their text, so that nothing is rounded on the way here. */
function textOf(expression: string, column: string): string {
  const { sql } = types[column]!;
  if (sql === "DOUBLE" || sql === "FLOAT" || sql === "BOOLEAN") return expression;
  return sql === "TIMESTAMPTZ"
    ? `make_timestamp(epoch_us(${expression}))::VARCHAR`
    : `(${expression})::VARCHAR`;
}

function same(feature: PlanFeature, value: unknown, wanted: unknown): boolean {
  if (value === null || wanted === null) return value === wanted;
  const { sql } = types[feature.column]!;
  const isWindow = feature.kind === "window";
  if (isWindow && feature.function === "count") return BigInt(value as number) === wanted;
  const isSum = isWindow && (feature.function === "sum" || feature.function === "mean");
  if (isSum && (feature.function === "mean" || sql === "DOUBLE" || sql === "FLOAT"))
    return near(Number(value), Number(wanted));
  if (sql === "DOUBLE" || sql === "FLOAT")
    return typeof value === "number" && (value === wanted || (Number.isNaN(value) && Number.isNaN(wanted)));
  if (sql.startsWith("DECIMAL")) return typeof value === "number" && value === Number(wanted);
  if (sql.startsWith("TIMESTAMP"))
    return (
      String(value)
        .replace("T", " ")
        .replace(/(\.\d*?)0*Z$|Z$/, "$1") === String(wanted)
    );
  if (sql === "BOOLEAN" || sql === "VARCHAR" || sql === "DATE") return value === wanted;
  return (typeof value === "number" || typeof value === "bigint") && String(value) === wanted;
}

function near(x: number, y: number): boolean {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) && Number.isNaN(y);
  return x === y || Math.abs(x - y) <= 1e-12 * Math.max(Math.abs(x), Math.abs(y));
}
