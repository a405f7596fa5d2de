import type { Schema } from "@lookback/language/features/files/schema.ts";

/** Schemas of data files by absolute path, read in the background: a key press never waits for a disk. */
export interface SchemaCache {
  /** What is known now; null while it is being read, or when the file cannot be read. The first question starts the reading. */
  get(path: string): Schema | null;
  /** True when the last look found no such file. */
  isMissing(path: string): boolean;
  /** Looks again at every file asked for since the start; `changed` tells when one differs. */
  refresh(): void;
}

type Known = { readonly schema: Schema | null; readonly missing: boolean };

/** `changed` is called when a schema became known or was found to have changed. */
export function schemaCache(read: (path: string) => Promise<Schema>, changed: () => void): SchemaCache {
  const known = new Map<string, Known>();
  const pending = new Set<string>();
  const load = (path: string): void => {
    if (pending.has(path)) return;
    pending.add(path);
    void read(path)
      .then(
        (schema): Known => ({ schema, missing: false }),
        (error: NodeJS.ErrnoException): Known => ({ schema: null, missing: error.code === "ENOENT" }),
      )
      .then((now) => {
        pending.delete(path);
        const before = JSON.stringify(known.get(path));
        known.set(path, now);
        if (before !== JSON.stringify(now)) changed();
      });
  };
  return {
    get(path) {
      if (!known.has(path)) load(path);
      return known.get(path)?.schema ?? null;
    },
    isMissing(path) {
      if (!known.has(path)) load(path);
      return known.get(path)?.missing ?? false;
    },
    refresh() {
      for (const path of known.keys()) load(path);
    },
  };
}
