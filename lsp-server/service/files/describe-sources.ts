import { resolve } from "node:path";
import { type Definitions, known } from "@lookback/language/features/model.ts";
import type { ColumnSchema, SchemaOf } from "@lookback/language/join/resolve/column-schema.ts";
import { describeFile } from "./describe-file.ts";

/** Reads the columns of every source's file, with paths relative to `folder`. A file that cannot be read has no schema. */
export async function describeSources(definitions: Definitions, folder: string): Promise<SchemaOf> {
  const paths = [...new Set(definitions.sources.flatMap((source) => known(source.path) ?? []))];
  const schemas = new Map<string, readonly ColumnSchema[] | null>();
  for (const path of paths) {
    schemas.set(path, await describeFile(resolve(folder, path)).catch(() => null));
  }
  return (source) => schemas.get(source.path) ?? null;
}
