import type { JoinPlan } from "@lookback/lsp-server/protocol.ts";
import type { Host } from "../../host.ts";
import type { EngineSession } from "./engine.ts";
import { EngineFailure, reasonOf, stopWhenCanceled } from "./engine-failure.ts";
import { parquetColumns } from "./parquet-columns.ts";

export type PlanTable = JoinPlan["tables"][number];

/**
 * Loads a plan's files into the session under their aliases, only the columns named, timestamps and dates as BIGINT
 * microseconds. Nanoseconds are rounded so that nothing becomes visible too early. `report` hears which file is read.
 * Fails with `engine/no-file`, `engine/unreadable` or `engine/no-column`.
 */
export async function loadTables(
  host: Host,
  session: EngineSession,
  tables: readonly PlanTable[],
  report: (path: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const files = new Map<string, Uint8Array>();
  for (const table of tables) {
    stopWhenCanceled(signal);
    report(table.path);
    const bytes = files.get(table.path) ?? (await readBytes(host, table.path));
    files.set(table.path, bytes);
    stopWhenCanceled(signal);
    await loadTable(host, session, table, bytes);
  }
}

async function readBytes(host: Host, path: string): Promise<Uint8Array> {
  return host.readFile(path).catch((cause: unknown) => {
    throw new EngineFailure(
      "engine/no-file",
      `${path} could not be read, so the preview was not computed.`,
      "Check that the file is there, inside the workspace.",
      cause,
    );
  });
}

async function loadTable(
  host: Host,
  session: EngineSession,
  table: PlanTable,
  bytes: Uint8Array,
): Promise<void> {
  const raw = `${table.alias}_raw`;
  await session.run(`DROP TABLE IF EXISTS ${raw}`);
  try {
    if (/\.(parquet|pq)$/i.test(table.path)) {
      const names = table.columns.map(({ name }) => name);
      await session.insertArrow(raw, await parquetColumns(await host.engine(), bytes, names));
    } else {
      await session.addFile(table.alias, bytes);
      await session.run(`CREATE TABLE ${raw} AS SELECT * FROM read_csv('${session.schema}_${table.alias}')`);
    }
  } catch (cause) {
    throw new EngineFailure(
      "engine/unreadable",
      `${table.path} is not a file the engine can read, so the preview was not computed: ${reasonOf(cause)}`,
      "Parquet and CSV files can be previewed.",
      cause,
    );
  }
  await convert(session, table, raw);
  await session.run(`DROP TABLE ${raw}`);
}

async function convert(session: EngineSession, table: PlanTable, raw: string): Promise<void> {
  const described = await session.query(`DESCRIBE ${raw}`);
  const types = new Map(described.map((row) => [String(row.column_name), String(row.column_type)]));
  const missing = table.columns.filter(({ name }) => !types.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    throw new EngineFailure(
      "engine/no-column",
      `${table.path} no longer has ${missing.join(", ")}, so the preview was not computed.`,
      `It has ${[...types.keys()].join(", ")}.`,
    );
  }
  const columns = table.columns.map(({ name, type }) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    return type === "other" ? quoted : `${microseconds(quoted, types.get(name)!, table.role)} AS ${quoted}`;
  });
  await session.run(`CREATE OR REPLACE TABLE ${table.alias} AS SELECT ${columns.join(", ")} FROM ${raw}`);
}

function microseconds(column: string, type: string, role: PlanTable["role"]): string {
  if (type === "TIMESTAMP" || type === "TIMESTAMP WITH TIME ZONE") return `epoch_us(${column})`;
  if (type !== "TIMESTAMP_NS") return `epoch_us(CAST(${column} AS TIMESTAMP))`;
  const remainder = `((epoch_ns(${column}) % 1000) + 1000) % 1000`;
  const down = `(epoch_ns(${column}) - ${remainder}) // 1000`;
  return role === "spine" ? down : `${down} + CASE WHEN ${remainder} > 0 THEN 1 ELSE 0 END`;
}
