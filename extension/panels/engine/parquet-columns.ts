import initialize, { readParquet } from "parquet-wasm";
import type { EngineFiles } from "../../host.ts";

/** The named columns of a Parquet file as an Arrow IPC stream; null names all. Columns it does not have are left out. */
export async function parquetColumns(
  files: EngineFiles,
  bytes: Uint8Array,
  columns: readonly string[] | null,
): Promise<Uint8Array> {
  initializing ??= initialize({ module_or_path: files.parquetWasmUrl });
  await initializing;
  return readParquet(bytes, columns === null ? undefined : { columns: [...columns] }).intoIPCStream();
}

let initializing: Promise<unknown> | null = null;
