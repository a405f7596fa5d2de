import { resolve } from "node:path";
import { readSchema } from "../features/read-schema.ts";
import type { Schema } from "../features/schema.ts";
import type { Notebook } from "../notebook/notebook.ts";
import type { Python } from "../notebook/python.ts";
import { type Analysis, analyze, createCache } from "./analyze.ts";

/** The findings of a notebook with what its data files hold, as far as they can be read from `folder`. Looks twice: the first look tells which files matter. */
export async function analyzeWithFiles(
  notebook: Notebook,
  python: Python,
  folder: string,
): Promise<Analysis> {
  const cache = createCache();
  const schemas = new Map<string, Schema | null>();
  const first = analyze(notebook, {
    python,
    cache,
    schemaOf(path) {
      schemas.set(path, null);
      return null;
    },
  });
  for (const path of schemas.keys()) {
    schemas.set(path, await readSchema(resolve(folder, path)).catch(() => null));
  }
  if ([...schemas.values()].every((schema) => schema === null)) return first;
  return analyze(notebook, { python, cache, schemaOf: (path) => schemas.get(path) ?? null });
}
