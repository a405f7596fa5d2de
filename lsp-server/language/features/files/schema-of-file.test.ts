import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csvSchema } from "./csv-schema.ts";
import { schemaOfFile } from "./schema-of-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-schema-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(path: string) {
  const bytes = await readFile(path);
  return schemaOfFile(path, bytes.byteLength, async (start, end) => bytes.subarray(start, end));
}

test("names Parquet types as DuckDB does, and shows the first rows", async () => {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const path = join(folder, "types.parquet");
  await connection.run(`COPY (SELECT 1::TINYINT a, 2::INTEGER b, 3::BIGINT c, 4::UBIGINT d, 1.5::DOUBLE e, 2.5::FLOAT f, 'x' g,
    true h, TIMESTAMP '2013-01-01 10:00:00.000001' i, TIMESTAMPTZ '2013-01-01 10:00:00+00' j, DATE '2013-01-02' k,
    1.25::DECIMAL(9,2) l, TIMESTAMP_NS '2013-01-01 10:00:00' m, NULL::BIGINT n, [1, 2] o, {'p': 1, 'q': [2]} p, 'z' q
    FROM range(7)) TO '${path}' (FORMAT parquet, COMPRESSION snappy)`);
  const described = await connection.runAndReadAll(`DESCRIBE FROM '${path}'`);
  const expected = described.getRowObjects().map((row) => {
    const type = String(row.column_type);
    return [row.column_name, type.endsWith("[]") ? "LIST" : type.replace(/^STRUCT.*/, "STRUCT")];
  });
  const schema = await read(path);
  expect(Object.entries(schema.types)).toEqual(expected);
  expect(schema.columns).toEqual(expected.map(([name]) => name));
  expect(schema.rows).toBe(7);
  expect(schema.sample).toHaveLength(5);
  expect(schema.sample[0]).toMatchObject({
    a: 1,
    c: 3,
    e: 1.5,
    g: "x",
    h: true,
    i: "2013-01-01T10:00:00.000Z",
    n: null,
  });
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
});

test("reads a CSV file's header and tells types from values", async () => {
  const path = join(folder, "a.csv");
  const lines = [
    'id,at,"a, b",ok,day,note',
    '1,2013-01-01 10:00:00,1.5,true,2013-01-01,"say ""hi"""',
    "2,2013-01-01T11:00,-2,FALSE,2013-01-02,",
  ];
  await writeFile(path, `\uFEFF${lines.join("\r\n")}\r\n`);
  expect(await read(path)).toEqual({
    columns: ["id", "at", "a, b", "ok", "day", "note"],
    types: { id: "BIGINT", at: "TIMESTAMP", "a, b": "DOUBLE", ok: "BOOLEAN", day: "DATE", note: "VARCHAR" },
    rows: 2,
    sample: [
      { id: 1, at: "2013-01-01 10:00:00", "a, b": 1.5, ok: true, day: "2013-01-01", note: 'say "hi"' },
      { id: 2, at: "2013-01-01T11:00", "a, b": -2, ok: false, day: "2013-01-02", note: null },
    ],
  });
});

test("of a long CSV only the beginning counts, and its cut-off line does not", () => {
  const schema = csvSchema("a;b\n1;2\n3;4.", false);
  expect(schema).toMatchObject({ columns: ["a", "b"], types: { a: "BIGINT", b: "BIGINT" }, rows: null });
  expect(schema.sample).toHaveLength(1);
});

test("rejects what is neither", async () => {
  const path = join(folder, "a.parquet");
  await writeFile(path, "not a Parquet file");
  await expect(read(path)).rejects.toThrow();
});
