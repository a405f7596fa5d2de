import { AsyncDuckDB, type AsyncDuckDBConnection, ConsoleLogger, LogLevel } from "@duckdb/duckdb-wasm";
import type { Host } from "../../host.ts";
import { EngineFailure, reasonOf } from "./engine-failure.ts";
import { type Row, rowsOf } from "./rows-of.ts";

/** A workspace inside the page's engine: a connection with a schema of its own, so that panels never see each other's tables. */
export interface EngineSession {
  readonly schema: string;
  /** Runs a statement and forgets what it answers. */
  run(sql: string): Promise<void>;
  /** The rows of a query. `?` stand for `values` in order. */
  query(sql: string, values?: readonly (number | string)[]): Promise<Row[]>;
  /** Inserts Arrow IPC bytes as a new table. */
  insertArrow(table: string, stream: Uint8Array): Promise<void>;
  /** Makes bytes readable by SQL under a name, until `close`. */
  addFile(name: string, bytes: Uint8Array): Promise<void>;
  /** Drops the tables. The engine stays for other panels. */
  close(): Promise<void>;
}

/** Opens a session in the page's one DuckDB, which starts with the first. Fails with `engine/no-start`. */
export async function openEngineSession(host: Host): Promise<EngineSession> {
  const database = await (starting ?? startOnce(host));
  const connection = await database.connect();
  const schema = `lookback_${++sessions}`;
  await connection.query(`CREATE SCHEMA ${schema}`);
  await connection.query(`SET schema = '${schema}'`);
  const files: string[] = [];
  return {
    schema,
    run: async (sql) => void (await asked(connection.query(sql))),
    query: async (sql, values) => {
      if (!values) return rowsOf(await asked(connection.query(sql)));
      const statement = await asked(connection.prepare(sql));
      try {
        return rowsOf(await asked(statement.query(...values)));
      } finally {
        await statement.close();
      }
    },
    insertArrow: (name, stream) => insert(connection, schema, name, stream),
    addFile: async (name, bytes) => {
      await database.registerFileBuffer(`${schema}_${name}`, bytes);
      files.push(`${schema}_${name}`);
    },
    close: async () => {
      await connection.query(`DROP SCHEMA ${schema} CASCADE`);
      await connection.close();
      await database.dropFiles(files);
    },
  };
}

let starting: Promise<AsyncDuckDB> | null = null;
let sessions = 0;

function startOnce(host: Host): Promise<AsyncDuckDB> {
  starting = start(host).catch((cause: unknown) => {
    starting = null;
    throw new EngineFailure(
      "engine/no-start",
      `DuckDB did not start in this page, so nothing was computed: ${reasonOf(cause)}`,
      "Reload the page. If it happens again, the browser may be blocking WebAssembly or workers here.",
      cause,
    );
  });
  return starting;
}

async function start(host: Host): Promise<AsyncDuckDB> {
  const files = await host.engine();
  const worker = new Worker(files.duckdbWorkerUrl);
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener("error", (event) =>
      reject(new Error(event.message || "its worker could not be loaded")),
    );
  });
  const database = new AsyncDuckDB(new ConsoleLogger(LogLevel.WARNING), worker);
  await Promise.race([database.instantiate(files.duckdbWasmUrl), failed]);
  await database.open({ query: { castDecimalToDouble: true } });
  const connection = await database.connect();
  // Extensions come from a public host; a page without a network would hang on it.
  await connection.query("SET autoinstall_known_extensions = false");
  await connection.query("SET autoload_known_extensions = false");
  await connection.close();
  return database;
}

async function insert(connection: AsyncDuckDBConnection, schema: string, name: string, stream: Uint8Array) {
  await asked(connection.insertArrowFromIPCStream(stream, { name, schema, create: true }));
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((cause: unknown) => {
    throw new EngineFailure("engine/query", `DuckDB refused a step: ${reasonOf(cause)}`, "", cause);
  });
}
