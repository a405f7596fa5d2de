import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeFile } from "./describe-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "csv "));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string, declared: Record<string, string> = {}) {
  const path = join(folder, "f.csv");
  await writeFile(path, text);
  const columns = await describeFile(path, new Map(Object.entries(declared)));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const reader = await connection.runAndReadAll(`SELECT * FROM ${fileRelation(path, columns.csv)}`);
  return {
    types: columns.map(({ name, type }) => `${name} ${type}`),
    faults: [...(columns.faults ?? [])].map(([, fault]) => fault),
    rows: reader.getRowsJson(),
  };
}

test.each([["NA"], ['"NA"'], ["NULL"], ["None"], ["n/a"], ["NaN"], ["<NA>"], [""], ['""']])(
  "%s is a missing value, as pandas reads it",
  async (word) => {
    const { types, rows } = await read(`k,v\n1,2.5\n2,${word}\n`, { v: "Float64" });
    expect(types).toEqual(["k BIGINT", "v DOUBLE"]);
    expect(rows.map(([, v]) => v)).toEqual([2.5, null]);
  },
);

test.each([
  ["-", "Float64", 'row 2 of v is "-", which is no Float64'],
  ['"1,234.5"', "Float64", 'row 2 of v is "1,234.5", which is no Float64'],
  ["0x1F", "Int64", 'row 2 of v is "0x1F", which is no Int64'],
  ["many", "Int64", 'row 2 of v is "many", which is no Int64'],
  ["1.7", "Int64", 'row 2 of v is "1.7", which is no Int64'],
  ["1.7", "Int32", 'row 2 of v is "1.7", which is no Int32'],
  ["3000000000", "Int32", 'row 2 of v is "3000000000", which is no Int32'],
  ["9300000000000000000", "Int64", 'row 2 of v is "9300000000000000000", which is no Int64'],
  ["maybe", "Bool", 'row 2 of v is "maybe", which is no Bool'],
])("%s is refused where %s is declared", async (word, type, fault) => {
  expect(
    (
      await read(`k,v\n1,2\n2,${word}\n`.replace("1,2\n", type === "Bool" ? "1,true\n" : "1,2\n"), {
        v: type,
      })
    ).faults,
  ).toEqual([fault]);
});

test.each([
  ["text keeps its zeros", "v\n007\n", "String", ["v VARCHAR"], [["007"]]],
  ["whole numbers become fractions", "v\n1\n2\n", "Float64", ["v DOUBLE"], [[1], [2]]],
  ["whole numbers written as fractions", "v\n1.0\n\n2\n", "Int64", ["v DOUBLE"], [[1], [null], [2]]],
  [
    "a column without values has the declared type",
    "k,v\n1,\n",
    "Float64",
    ["k BIGINT", "v DOUBLE"],
    [["1", null]],
  ],
  ["a hexadecimal number is text", "v\n0x1F\n7\n", "", ["v VARCHAR"], [["0x1F"], ["7"]]],
  ["a number with an underscore is text", "v\n1_000\n", "", ["v VARCHAR"], [["1_000"]]],
  ["semicolons", "k;v\n1;2.5\n", "Float64", ["k BIGINT", "v DOUBLE"], [["1", 2.5]]],
  ["a value far below the first rows", `v\n${"1\n".repeat(30_000)}2.5\n`, "", ["v DOUBLE"], null],
])("%s", async (_, text, type, types, rows) => {
  const found = await read(text, type === "" ? {} : { v: type });
  expect(found.types).toEqual(types);
  if (rows) expect(found.rows).toEqual(rows);
});

test("columns keep their own names, also those that differ only in case", async () => {
  expect((await read("v,V,v\n1,2,3\n")).types).toEqual(["v BIGINT", "V BIGINT", "v BIGINT"]);
});
