import type { JoinPlan } from "@lookback/protocol/joins.ts";
import type { Host } from "../../host.ts";
import { EngineFailure, reasonOf, stopWhenCanceled } from "./engine-failure.ts";
import { parquetColumns } from "./parquet-columns.ts";

export type PlanTable = JoinPlan["tables"][number];

/** A source file as the engine takes it: of a Parquet file the columns wanted, of others all there is. */
export interface SourceFile {
  readonly path: string;
  /** `arrow` is an Arrow IPC stream. */
  readonly kind: "arrow" | "csv";
  readonly bytes: Uint8Array;
}

/**
 * Reads and decodes the files of a plan's tables, each file once, with the columns of all its tables. It does not need
 * the engine, so that it can go on while the engine starts. `report` hears which file is read. Fails with
 * `engine/no-file` or `engine/unreadable`.
 */
export async function readFiles(
  host: Host,
  tables: readonly PlanTable[],
  report: (path: string) => void,
  signal: AbortSignal,
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const path of new Set(tables.map((table) => table.path))) {
    stopWhenCanceled(signal);
    report(path);
    const bytes = await readBytes(host, path);
    stopWhenCanceled(signal);
    const wanted = tables.filter((table) => table.path === path).flatMap(({ columns }) => columns);
    files.push(await decoded(host, path, bytes, [...new Set(wanted.map(({ name }) => name))]));
  }
  return files;
}

async function readBytes(host: Host, path: string): Promise<Uint8Array> {
  return host.readFile(path).catch((cause: unknown) => {
    throw new EngineFailure(
      "engine/no-file",
      `${path} could not be read, so nothing was computed.`,
      "Check that the file is there, inside the workspace.",
      cause,
    );
  });
}

async function decoded(
  host: Host,
  path: string,
  bytes: Uint8Array,
  columns: readonly string[],
): Promise<SourceFile> {
  if (!/\.(parquet|pq)$/i.test(path)) return { path, kind: "csv", bytes };
  try {
    return { path, kind: "arrow", bytes: await parquetColumns(await host.engine(), bytes, columns) };
  } catch (cause) {
    throw new EngineFailure(
      "engine/unreadable",
      `${path} is not a file the engine can read, so nothing was computed: ${reasonOf(cause)}`,
      "Parquet and CSV files can be read here.",
      cause,
    );
  }
}
