import type { EngineSession } from "./engine.ts";
import { EngineFailure, reasonOf, stopWhenCanceled } from "./engine-failure.ts";
import type { PlanTable, SourceFile } from "./read-files.ts";

/**
 * Makes a plan's tables in the session under their aliases, only the columns named, timestamps and dates as BIGINT
 * microseconds as the plan says. A file that several tables read is
 * inserted once. Fails with `engine/unreadable` or `engine/no-column`.
 */
export async function loadTables(
  session: EngineSession,
  tables: readonly PlanTable[],
  files: readonly SourceFile[],
  signal: AbortSignal,
): Promise<void> {
  for (const [index, file] of files.entries()) {
    stopWhenCanceled(signal);
    const raw = `file_${index}`;
    const csv = tables.find(({ path }) => path === file.path)?.csv ?? null;
    const types = await insertFile(session, file, raw, csv);
    for (const table of tables.filter(({ path }) => path === file.path))
      await session.run(viewSql(table, raw, types));
  }
}

/** Answers the types of the columns. */
async function insertFile(session: EngineSession, file: SourceFile, raw: string, csv: string | null) {
  try {
    await session.run(`DROP TABLE IF EXISTS ${raw}`);
    if (file.kind === "arrow") {
      await session.insertArrow(raw, file.bytes);
    } else {
      await session.addFile(raw, file.bytes);
      await session.run(
        `CREATE TABLE ${raw} AS SELECT * FROM read_csv('${session.schema}_${raw}'${csv === null ? "" : `, ${csv}`})`,
      );
    }
  } catch (cause) {
    throw new EngineFailure(
      "engine/unreadable",
      `${file.path} is not a file the engine can read, so nothing was computed: ${reasonOf(cause)}`,
      "Parquet and CSV files can be read here.",
      cause,
    );
  }
  const described = await session.query(`DESCRIBE ${raw}`);
  return new Map(described.map((row) => [String(row.column_name), String(row.column_type)]));
}

function viewSql(table: PlanTable, raw: string, types: ReadonlyMap<string, string>): string {
  const missing = table.columns.filter(({ name }) => !types.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    throw new EngineFailure(
      "engine/no-column",
      `${table.path} no longer has ${missing.join(", ")}, so nothing was computed.`,
      `It has ${[...types.keys()].join(", ")}.`,
    );
  }
  const columns = table.columns.map(({ name, microseconds }) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    return microseconds === null
      ? quoted
      : `${microseconds[types.get(name)!] ?? microseconds[""]} AS ${quoted}`;
  });
  return `CREATE OR REPLACE VIEW ${table.alias} AS SELECT ${columns.join(", ")} FROM ${raw}`;
}
