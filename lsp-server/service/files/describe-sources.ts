import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { isParquet } from "@lookback/language/features/files/is-parquet.ts";
import { type Definitions, known, type SettledSource } from "@lookback/language/features/model.ts";
import type { FileColumns, SchemaOf, UnreadFile } from "@lookback/language/join/resolve/column-schema.ts";
import { csvFault } from "./csv-fault.ts";
import { describeFile } from "./describe-file.ts";

/** Reads the columns of every source's file, with paths relative to `folder`. A file that cannot be read has no schema. */
export async function describeSources(definitions: Definitions, folder: string): Promise<SchemaOf> {
  const declared = declaredTypes(definitions);
  const paths = [...new Set(definitions.sources.flatMap((source) => known(source.path) ?? []))];
  const schemas = new Map<string, FileColumns>();
  const unread = new Map<string, UnreadFile>();
  for (const path of paths) {
    const file = resolve(folder, path);
    const found = await describeFile(file, declared.get(path)).catch((cause: unknown) =>
      whyUnread(file, cause),
    );
    if ("reason" in found) unread.set(path, found);
    else schemas.set(path, found);
  }
  return Object.assign((source: SettledSource) => schemas.get(source.path) ?? null, {
    whyNot: (source: SettledSource) => unread.get(source.path) ?? null,
  });
}

async function whyUnread(path: string, cause: unknown): Promise<UnreadFile> {
  const info = await stat(path).catch(() => null);
  if (!info) return { reason: "it is not there", isMissing: true };
  if (!info.isFile()) return { reason: "it is not a file", isMissing: false };
  const found = isParquet(path) ? null : await csvFault(path).catch(() => null);
  const message = cause instanceof Error ? cause.message : String(cause);
  return { reason: found ?? message.split("\n")[0]!.replace(/\.$/, ""), isMissing: false };
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
