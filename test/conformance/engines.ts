import { createRequire } from "node:module";
import { createDuckDB, NODE_RUNTIME, VoidLogger } from "@duckdb/duckdb-wasm/blocking";
import { DuckDBInstance } from "@duckdb/node-api";

/** A DuckDB that a test talks to in SQL; rows come back as arrays of plain values, 64-bit integers as bigint. */
export interface Engine {
  readonly name: string;
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<unknown[][]>;
}

/** DuckDB as the command line and the pipeline run it. */
export async function nativeEngine(): Promise<Engine> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(forceAsOf);
  return {
    name: "native",
    run: async (sql) => void (await connection.run(sql)),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows() as unknown[][],
  };
}

/** DuckDB-WASM as the page runs it, in this process. */
export async function wasmEngine(): Promise<Engine> {
  const require = createRequire(import.meta.url);
  const file = (name: string) => require.resolve(`@duckdb/duckdb-wasm/dist/${name}`);
  const bundle = { mainModule: file("duckdb-eh.wasm"), mainWorker: file("duckdb-node-eh.worker.cjs") };
  const database = await createDuckDB({ eh: bundle, mvp: bundle }, new VoidLogger(), NODE_RUNTIME);
  await database.instantiate();
  const connection = database.connect();
  connection.query("SET autoinstall_known_extensions = false");
  connection.query("SET autoload_known_extensions = false");
  connection.query(forceAsOf);
  return {
    name: "wasm",
    run: async (sql) => void connection.query(sql),
    rows: async (sql) => {
      const table = connection.query(sql);
      const columns = table.schema.fields.map((_, index) => table.getChildAt(index));
      return Array.from({ length: table.numRows }, (_, row) =>
        columns.map((column) => column?.get(row) ?? null),
      );
    },
  };
}

/** Tables as small as a test's would be joined by a loop, which hides what the real operator does to NULL times. */
const forceAsOf = "SET asof_loop_join_threshold = 0";
