import { type FileHandle, open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import git from "isomorphic-git";
import { Failure } from "../../failure.ts";
import { atomicFs } from "../store/atomic-fs.ts";
import type { Store } from "../store/store.ts";
import { type GitObject, gitObject, type ObjectType } from "./git-object.ts";
import { entryIn, packTypes } from "./pack-bytes.ts";
import type { PackPlace } from "./pack-index.ts";
import { type KnownPack, packsOf } from "./packs.ts";

/** The git objects of a store, as long as somebody reads. */
export interface ObjectReader {
  /** The object, its bytes verified. Fails with `ledger/object-missing` or `ledger/object-damaged`, naming it. */
  read(oid: string): Promise<GitObject>;
}

/** Reads objects of a store. What others pack anew meanwhile is found where it went. */
export async function readObjects<T>(store: Store, run: (objects: ObjectReader) => Promise<T>): Promise<T> {
  const files = new Map<string, FileHandle>();
  const fileOf = async ({ path }: KnownPack) => {
    const known = files.get(path);
    if (known !== undefined) return known;
    if (files.size >= mostOpenFiles) {
      for (const file of files.values()) await file.close();
      files.clear();
    }
    const file = await open(path, "r");
    files.set(path, file);
    return file;
  };
  let packs = await packsOf(store);
  const fromPack = async (oid: string): Promise<Found | null> => {
    for (const pack of packs.values()) {
      const place = pack.index.find(oid);
      if (place !== null) return readEntry(await fileOf(pack), place);
    }
    return null;
  };
  const read = async (oid: string): Promise<GitObject> => {
    const packed = await fromPack(oid).catch(() => null);
    const found = packed ?? (await readLoose(store, oid));
    if (found !== null && found !== "delta") return verified(oid, found);
    if (found === null) {
      packs = await packsOf(store);
      const again = await fromPack(oid).catch((cause: unknown) => {
        throw damaged(oid, cause);
      });
      if (again === null) throw missing(oid);
      if (again !== "delta") return verified(oid, again);
    }
    return readDelta(store, oid);
  };
  try {
    return await run({ read });
  } finally {
    for (const file of files.values()) await file.close();
  }
}

/** Whether each of some objects is there, as far as is known without reading them. */
export async function presenceOf(store: Store): Promise<(oid: string) => Promise<boolean>> {
  const packs = [...(await packsOf(store)).values()];
  return async (oid) =>
    packs.some((pack) => pack.index.has(oid)) ||
    stat(loosePath(store, oid)).then(
      () => true,
      () => false,
    );
}

const mostOpenFiles = 64;

type Found = Pick<GitObject, "type" | "body"> | "delta";

async function readEntry(file: FileHandle, { offset, end }: PackPlace): Promise<Found> {
  const bytes = Buffer.allocUnsafe(end - offset);
  await file.read(bytes, 0, bytes.length, offset);
  return entryIn(bytes) ?? "delta";
}

/** Null when there is none; what cannot be read fails as damaged. */
async function readLoose(store: Store, oid: string): Promise<Found | null> {
  const bytes = await readFile(loosePath(store, oid)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw damaged(oid, cause);
  });
  if (bytes === null) return null;
  try {
    const whole = inflateSync(bytes);
    const end = whole.indexOf(0);
    const type = packTypes.find((each) => each === whole.toString("latin1", 0, whole.indexOf(32)));
    return { type: type ?? "blob", body: whole.subarray(end + 1) };
  } catch (cause) {
    throw damaged(oid, cause);
  }
}

/** Only a git of another kind makes deltas: one that packed the store, or sent objects. */
async function readDelta(store: Store, oid: string): Promise<GitObject> {
  try {
    const fs = atomicFs(store.temporary);
    const { type, object } = await git.readObject({ fs, gitdir: store.gitdir, oid, format: "content" });
    return verified(oid, { type: type as ObjectType, body: Buffer.from(object as Uint8Array) });
  } catch (cause) {
    throw damaged(oid, cause);
  }
}

function verified(oid: string, { type, body }: Exclude<Found, "delta">): GitObject {
  const object = gitObject(type, body);
  if (object.oid !== oid) throw damaged(oid);
  return object;
}

function loosePath(store: Store, oid: string): string {
  return join(store.gitdir, "objects", oid.slice(0, 2), oid.slice(2));
}

function missing(oid: string): Failure {
  return new Failure("ledger/object-missing", `Object ${oid.slice(0, 10)} is not in the store.`, {
    advice: "`lookback fsck` says which run it is part of.",
    data: { oid },
  });
}

function damaged(oid: string, cause?: unknown): Failure {
  return new Failure(
    "ledger/object-damaged",
    `Object ${oid.slice(0, 10)} is damaged. It was not given out.`,
    {
      advice: "`lookback fsck` says which run it is part of.",
      data: { oid },
      cause,
    },
  );
}
