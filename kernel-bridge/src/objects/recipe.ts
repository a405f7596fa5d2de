import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import type { ObjectStore } from "./object-store.ts";

/** The chunks that make up a stored file, in order. */
export interface Recipe {
  readonly size: number;
  readonly chunks: readonly string[];
}

/** How a stored file is put together. Fails with `objects/missing`. */
export async function readRecipe(store: ObjectStore, sha256: string): Promise<Recipe> {
  try {
    return JSON.parse(await readFile(recipePath(store, sha256), "utf8"));
  } catch (cause) {
    throw new Failure("objects/missing", `The bytes of ${sha256.slice(0, 12)} are not in the store.`, {
      data: { sha256 },
      cause,
    });
  }
}

/** Where a file's list of chunks lies. Fails with `objects/bad-name`. */
export function recipePath(store: ObjectStore, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new Failure("objects/bad-name", `"${sha256}" is no SHA-256. Nothing was read.`);
  return join(store.dir, "files", `${sha256}.json`);
}

/** The SHA-256 of every stored file. */
export async function listFiles(store: ObjectStore): Promise<string[]> {
  const names = await readdir(join(store.dir, "files")).catch(() => []);
  return names.filter((name) => /^[0-9a-f]{64}\.json$/.test(name)).map((name) => name.slice(0, 64));
}
