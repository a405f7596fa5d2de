import { resolve } from "node:path";
import { type Definitions, known } from "@lookback/language/features/model.ts";
import type { FileColumns, SchemaOf } from "@lookback/language/join/resolve/column-schema.ts";
import { describeFile } from "./describe-file.ts";

/** Reads the columns of every source's file, with paths relative to `folder`. A file that cannot be read has no schema. */
export async function describeSources(definitions: Definitions, folder: string): Promise<SchemaOf> {
  const declared = declaredTypes(definitions);
  const paths = [...new Set(definitions.sources.flatMap((source) => known(source.path) ?? []))];
  const schemas = new Map<string, FileColumns | null>();
  for (const path of paths) {
    schemas.set(path, await describeFile(resolve(folder, path), declared.get(path)).catch(() => null));
  }
  return (source) => schemas.get(source.path) ?? null;
}

/** The types that features declare for the columns of each file. A column that two of them declare differently keeps what it looks like. */
function declaredTypes({ sources, views }: Definitions): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  const differing = new Set<string>();
  for (const view of views) {
    const path = known(sources.findLast(({ name }) => name === view.source)?.path ?? "");
    for (const feature of view.features) {
      if (path === null || feature.kind !== "latest" || feature.type === null) continue;
      const types = found.get(path) ?? new Map<string, string>();
      found.set(path, types);
      const before = types.get(feature.column);
      if (before !== undefined && before !== feature.type) differing.add(`${path}\0${feature.column}`);
      types.set(feature.column, feature.type);
    }
  }
  for (const [path, types] of found) {
    for (const column of [...types.keys()]) if (differing.has(`${path}\0${column}`)) types.delete(column);
  }
  return found;
}
