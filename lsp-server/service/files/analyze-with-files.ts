import { resolve } from "node:path";
import type { Schema } from "@lookback/language/features/files/schema.ts";
import { type Analysis, analyze, type Cache, createCache } from "@lookback/language/leakage/analyze.ts";
import { importsOwnFiles } from "@lookback/language/leakage/modules/imports-own-files.ts";
import type { Settings } from "@lookback/language/leakage/settings/settings.ts";
import type { Gap } from "@lookback/language/notebook/gap.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import type { Python } from "@lookback/language/notebook/python.ts";
import { loadSqlFor } from "./load-sql.ts";
import { readModules } from "./read-modules.ts";
import { readSchema } from "./read-schema.ts";

/** The findings of a notebook with what its data files hold, as far as they can be read from `folder`. Looks twice: the first look tells which files matter. `fileGaps` is what reading the notebook's file left out. */
export async function analyzeWithFiles(
  notebook: Notebook,
  python: Python,
  folder: string,
  { imports: known, root, memory = newMemory(), ...given }: Given = {},
): Promise<Analysis> {
  const imports = known ?? (root === undefined ? undefined : await importsBelow(notebook, root));
  const { cache, schemas } = memory;
  const sql = await loadSqlFor(notebook);
  const unread = new Set<string>();
  const first = analyze(notebook, {
    ...given,
    ...(imports ? { imports } : {}),
    python,
    sql,
    cache,
    schemaOf(path) {
      if (!schemas.has(path)) unread.add(path);
      return schemas.get(path) ?? null;
    },
  });
  for (const path of unread) schemas.set(path, await readSchema(resolve(folder, path)).catch(() => null));
  if ([...unread].every((path) => schemas.get(path) === null)) return first;
  return analyze(notebook, {
    ...given,
    ...(imports ? { imports } : {}),
    python,
    sql,
    cache,
    schemaOf: (path) => schemas.get(path) ?? null,
  });
}

/** Work kept between looks at texts of one file: what did not change is neither parsed nor read again. */
export interface Memory {
  readonly cache: Cache;
  /** By paths as written. */
  readonly schemas: Map<string, Schema | null>;
}

/** What a first look begins with. */
export function newMemory(): Memory {
  return { cache: createCache(), schemas: new Map() };
}

interface Given {
  readonly fileGaps?: readonly Gap[];
  readonly settings?: Settings;
  readonly memory?: Memory | undefined;
  /** The folder whose scripts the notebook may import. */
  readonly root?: string;
  /** Those scripts, where they were read before. */
  readonly imports?: Imports;
}

type Imports = NonNullable<Parameters<typeof analyze>[1]["imports"]>;

async function importsBelow(notebook: Notebook, root: string): Promise<Imports | undefined> {
  if (!importsOwnFiles(notebook)) return undefined;
  return { files: await readModules(notebook, root), root: root.replaceAll("\\", "/") };
}
