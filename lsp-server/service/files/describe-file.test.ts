import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { preparedView } from "@lookback/language/join/steps/prepared-relations.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeFile } from "./describe-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parquet "));
});
afterAll(() => rm(folder, { recursive: true }));

const refused = [
  ["1::DOUBLE, 1.7, NULL", "Int32", "row 2 of v is 1.7, which is no Int32"],
  ["1::BIGINT, 3000000000", "Int32", "row 2 of v is 3000000000, which is no Int32"],
  ["1::DOUBLE, 9223372036854775808", "Int64", "row 2 of v is 9223372036854776000, which is no Int64"],
  ["1::DECIMAL(4,1), 2.5", "Int64", "row 2 of v is 2.5, which is no Int64"],
  ["1::UBIGINT, 18446744073709551615", "Int64", "row 2 of v is 18446744073709551615, which is no Int64"],
  ["1::BIGINT, 2", "Bool", "row 2 of v is 2, which is no Bool"],
] as const;

const held = [
  ["1::DOUBLE, 2.0, NULL, 'nan'::DOUBLE", "Int64"],
  ["1::BIGINT, 2147483647, -2147483648", "Int32"],
  ["1::BIGINT, 9223372036854775807", "Int64"],
  ["0::BIGINT, 1", "Bool"],
  ["1::BIGINT, 2", "Float64"],
] as const;

async function look(values: string, declared: string) {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const path = join(folder, "f.parquet");
  await connection.run(`CREATE TABLE f AS SELECT unnest([${values}]) AS v, now()::TIMESTAMP AS t`);
  await connection.run(`COPY f TO '${path}' (FORMAT parquet)`);
  const columns = await describeFile(path, new Map([["v", declared]]));
  // As a join reads it whose file has changed since it was compiled.
  const [column, time] = columns;
  const view = {
    source: { path: "f.parquet" },
    keys: [],
    created: null,
    time: time!,
    values: [{ column: column!, as: "x0", declared }],
  };
  const sql = preparedView(view as never, "f", "typed");
  const read = await connection.runAndReadAll(sql).then(
    (reader) => reader.getRows().length,
    (cause: unknown) => String(cause),
  );
  return { faults: [...columns.faults!.values()], read };
}

test.each(refused)(
  "%s is refused where %s is declared, when it is described and when it is read",
  async (...given) => {
    const [values, declared, fault] = given;
    const { faults, read } = await look(values, declared);
    expect(faults).toEqual([fault]);
    expect(read).toMatch(/In f\.parquet, v is [\d.e+]+, which is no/);
  },
);

test.each(held)("%s may be %s", async (values, declared) => {
  const { faults, read } = await look(values, declared);
  expect(faults).toEqual([]);
  expect(read).toBe(values.split(",").length);
});
