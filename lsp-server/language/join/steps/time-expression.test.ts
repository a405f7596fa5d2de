import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { asMicroseconds, microsecondsByType, timeExpression } from "./time-expression.ts";

const connection = await (await DuckDBInstance.create()).connect();

async function evaluated(literal: string, sql: string): Promise<bigint> {
  const reader = await connection.runAndReadAll(`SELECT ${sql} FROM (SELECT ${literal} AS "a""t")`);
  return reader.getRows()[0]?.[0] as bigint;
}

it.each([
  // A moment of prediction is rounded down and a time of a feature up, so that nothing is visible too early.
  ["TIMESTAMP_NS '1970-01-01 00:00:01.000000001'", "TIMESTAMP_NS", 1_000_000n, 1_000_001n],
  ["TIMESTAMP_NS '1970-01-01 00:00:01.000000999'", "TIMESTAMP_NS", 1_000_000n, 1_000_001n],
  ["TIMESTAMP_NS '1970-01-01 00:00:01.000001'", "TIMESTAMP_NS", 1_000_001n, 1_000_001n],
  ["TIMESTAMP_NS '1969-12-31 23:59:59.999999999'", "TIMESTAMP_NS", -1n, 0n],
  ["TIMESTAMP_NS '1969-12-31 23:59:59.999999'", "TIMESTAMP_NS", -1n, -1n],
  ["TIMESTAMP '1969-12-31 23:59:59.999999'", "TIMESTAMP", -1n, -1n],
  ["TIMESTAMPTZ '1970-01-01 02:00:00+01'", "TIMESTAMP WITH TIME ZONE", 3_600_000_000n, 3_600_000_000n],
  ["TIMESTAMP_MS '1970-01-01 00:00:01.5'", "TIMESTAMP_MS", 1_500_000n, 1_500_000n],
  ["TIMESTAMP_S '1970-01-01 00:00:02'", "TIMESTAMP_S", 2_000_000n, 2_000_000n],
])("%s", async (literal, type, moment, known) => {
  const column = { name: 'a"t', type };
  expect(await evaluated(literal, timeExpression(column, "spine", "typed"))).toBe(moment);
  expect(await evaluated(literal, timeExpression(column, "view", "typed"))).toBe(known);
});

it("takes a date for its first instant as a moment, and for the next midnight as a feature's time, however it was loaded", async () => {
  const column = { name: 'a"t', type: "DATE" };
  const date = "DATE '1970-01-02'";
  expect(await evaluated(date, timeExpression(column, "spine", "typed"))).toBe(86_400_000_000n);
  expect(await evaluated(date, timeExpression(column, "view", "typed"))).toBe(2n * 86_400_000_000n);
  const loaded = await evaluated(date, asMicroseconds(microsecondsByType(column.name, "view"), "DATE"));
  expect(await evaluated(`${loaded}::BIGINT`, timeExpression(column, "view", "microseconds"))).toBe(
    2n * 86_400_000_000n,
  );
});
