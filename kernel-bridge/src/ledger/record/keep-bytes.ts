import type { BigIntStats } from "node:fs";
import { Failure } from "../../failure.ts";
import { hasFile } from "../../objects/has-file.ts";
import { cachedHash, hashBefore, rememberHash } from "../../objects/hash-cache.ts";
import { hashFile } from "../../objects/hash-file.ts";
import { putFile } from "../../objects/put-file.ts";
import { describeReplaced } from "../../secrets/redact/describe-replaced.ts";
import { secretSearch } from "../../secrets/secret-search.ts";
import type { Note } from "../format/run.ts";
import { fileLimitOf } from "../store/file-limit.ts";
import type { Store } from "../store/store.ts";

export interface Keeping {
  readonly store: Store;
  /** Values that the run's notebook or the environment shows to be secrets. */
  readonly known: Iterable<string>;
}

export interface KeptBytes {
  readonly sha256: string;
  readonly size: number;
  readonly stored: boolean;
}

/** The hash of a file whose bytes nobody asked to be kept: it lies outside the workspace. */
export async function onlyHash(store: Store, path: string, before: BigIntStats): Promise<KeptBytes> {
  const known = await cachedHash(store.objects, path, before);
  if (known !== null)
    return { sha256: known, size: Number(before.size), stored: await hasFile(store.objects, known) };
  const began = Date.now();
  const hashed = await hashFile(path);
  await rememberHash(store.objects, path, before, hashed.sha256, began);
  return { ...hashed, stored: await hasFile(store.objects, hashed.sha256) };
}

/** What looks as it did when it was last hashed, and is stored, is not read again. `name` is what notes call the file. */
export async function putOrHash(
  { store, known: secretsOfRun }: Keeping,
  path: string,
  before: BigIntStats,
  name: string,
  notes: Note[],
): Promise<KeptBytes> {
  const known = await cachedHash(store.objects, path, before);
  if (known !== null && (await hasFile(store.objects, known))) {
    return { sha256: known, size: Number(before.size), stored: true };
  }
  const began = Date.now();
  try {
    const put = await putFile(store.objects, path, {
      before: await hashBefore(store.objects, path),
      inspect: withoutSecrets(path, Number(before.size), secretsOfRun, name),
      mostBytes: await fileLimitOf(store),
    });
    await rememberHash(store.objects, path, before, put.sha256, began);
    return { ...put, stored: true };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    notes.push({ code: cause.code, message: cause.message });
    if (known !== null && cause.code !== "objects/changed")
      return { sha256: known, size: Number(before.size), stored: false };
    const { sha256, size } = cause.data;
    // Most of what is not stored was hashed all the same.
    const hashed = typeof sha256 === "string" ? { sha256, size: Number(size) } : await hashFile(path);
    await rememberHash(store.objects, path, before, hashed.sha256, began);
    return { ...hashed, stored: false };
  }
}

/** Refuses a file that shows a secret, as its bytes are read. `name` is what notes call it. */
export function withoutSecrets(path: string, size: number, known: Iterable<string>, name: string) {
  const search = secretSearch(path, size, known);
  return (bytes: Buffer): Failure | null => {
    const secrets = search(bytes);
    if (secrets.length === 0) return null;
    return new Failure(
      "data/holds-secrets",
      `${name} shows what must not be kept (${describeReplaced(secrets)}): only its hash was recorded, not its bytes.`,
    );
  };
}
