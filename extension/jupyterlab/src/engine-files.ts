import duckdbWorkerUrl from "@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js";
import duckdbWasmUrl from "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm";
import type { EngineFiles } from "@lookback/extension/host.ts";
import parquetWasmUrl from "parquet-wasm/esm/parquet_wasm_bg.wasm";

/** Absolute addresses of DuckDB-WASM and the Parquet reader, served by Jupyter itself: no CDN. */
export const engineFiles: EngineFiles = {
  duckdbWorkerUrl: absolute(duckdbWorkerUrl),
  duckdbWasmUrl: absolute(duckdbWasmUrl),
  parquetWasmUrl: absolute(parquetWasmUrl),
};

function absolute(url: string): string {
  return new URL(url, location.href).href;
}
