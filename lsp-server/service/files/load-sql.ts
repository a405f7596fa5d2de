import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { mayHoldSql } from "@lookback/language/sql/may-hold-sql.ts";
import { type Sql, sqlOf } from "@lookback/language/sql/sql.ts";

/** The SQL parser from this installation where a notebook may need it, else null: its files stand beside the running bundle, else in the installed packages. Loaded once a process. */
export async function loadSqlFor({ cells }: Notebook): Promise<Sql | null> {
  return cells.some(({ source }) => mayHoldSql(source)) ? await loadSql() : null;
}

/** The SQL parser; null where its files cannot be read: what it would have said is said not to be read. */
export function loadSql(): Promise<Sql | null> {
  loaded ??= load().catch(() => null);
  return loaded;
}

let loaded: Promise<Sql | null> | null = null;

async function load(): Promise<Sql> {
  const { glue, bytes } = await beside().catch(installed);
  await glue.default({ module_or_path: bytes });
  return sqlOf(glue.parse_sql);
}

/** What the package's own loader loads; that one knows no worker of a browser, and no bundle. */
interface Glue {
  default(given: { readonly module_or_path: Uint8Array }): Promise<unknown>;
  parse_sql(dialect: string, text: string): unknown;
}

async function beside() {
  return await read(new URL("./", import.meta.url), "sqlparser_rs_wasm.mjs");
}

async function installed() {
  const entry = createRequire(import.meta.url).resolve("@guanmingchiu/sqlparser-ts");
  return await read(pathToFileURL(`${join(dirname(entry), "..", "wasm")}/`), "sqlparser_rs_wasm.js");
}

async function read(folder: URL, name: string): Promise<{ glue: Glue; bytes: Uint8Array }> {
  const bytes = await readFile(new URL("sqlparser_rs_wasm_bg.wasm", folder));
  const glue: Glue = await import(/* @vite-ignore */ new URL(name, folder).href);
  return { glue, bytes };
}
