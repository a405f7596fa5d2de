import type { Host } from "../../../host.ts";
import { type EngineSession, openEngineSession } from "../../engine/engine.ts";
import { EngineFailure, reasonOf, stopWhenCanceled } from "../../engine/engine-failure.ts";
import { parquetColumns } from "../../engine/parquet-columns.ts";
import { type Column, type SharedColumn, sharedColumns } from "./column-kind.ts";
import type { Ask } from "./guess-key.ts";

/** Two stored versions of a file as the tables `before` and `after` of the page's engine. */
export interface TablePair {
  readonly ask: Ask;
  readonly columns: readonly SharedColumn[];
  readonly rows: { readonly left: number; readonly right: number };
  close(): Promise<void>;
}

/** A version of a file: the run that names it, and which bytes. */
export interface StoredVersion {
  readonly run: string;
  readonly sha256: string;
}

/** Larger ones are restored and compared elsewhere: a page has to hold each of them twice. */
export const mostBytes = 32_000_000;

/** Loads both versions. `report` hears what is being done. Fails as the server's `lookback/runs/data` and the engine do. */
export async function openTablePair(
  host: Host,
  path: string,
  versions: { readonly left: StoredVersion; readonly right: StoredVersion },
  report: (doing: string) => void,
  signal: AbortSignal,
): Promise<TablePair> {
  report("Reading both versions");
  const [left, right] = await Promise.all(
    [versions.left, versions.right].map(({ run, sha256 }) => readVersion(host, run, sha256, signal)),
  );
  stopWhenCanceled(signal);
  report("Starting DuckDB");
  const session = await openEngineSession(host);
  try {
    stopWhenCanceled(signal);
    report("Loading both versions");
    await load(session, host, path, "before", left!);
    stopWhenCanceled(signal);
    await load(session, host, path, "after", right!);
    const ask: Ask = (sql) => session.query(sql);
    const columnsOf = async (table: string): Promise<Column[]> =>
      (await ask(`DESCRIBE ${table}`)).map((row) => ({
        name: String(row.column_name),
        type: String(row.column_type),
      }));
    const count = async (table: string) => Number((await ask(`SELECT count(*) AS n FROM ${table}`))[0]?.n);
    return {
      ask,
      columns: sharedColumns(await columnsOf("before"), await columnsOf("after")),
      rows: { left: await count("before"), right: await count("after") },
      close: () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function readVersion(host: Host, id: string, sha256: string, signal: AbortSignal): Promise<Uint8Array> {
  const { base64 } = await host.request("lookback/runs/data", { id, sha256, limit: mostBytes }, signal);
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

async function load(
  session: EngineSession,
  host: Host,
  path: string,
  table: string,
  bytes: Uint8Array,
): Promise<void> {
  try {
    if (/\.(parquet|pq)$/i.test(path)) {
      await session.insertArrow(table, await parquetColumns(await host.engine(), bytes, null));
      return;
    }
    await session.addFile(table, bytes);
    await session.run(`CREATE TABLE ${table} AS SELECT * FROM read_csv('${session.schema}_${table}')`);
  } catch (cause) {
    throw new EngineFailure(
      "engine/unreadable",
      `${path} is not a file the engine can read, so its rows were not compared: ${reasonOf(cause)}`,
      "Parquet and CSV files can be read here.",
      cause,
    );
  }
}
