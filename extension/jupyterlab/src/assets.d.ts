declare module "*.wasm" {
  const url: string;
  export default url;
}

declare module "@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js" {
  const url: string;
  export default url;
}

declare module "*.css";
