import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../../../objects/write-atomically.ts";
import type { Bucket, Piece } from "./bucket.ts";
import { bucketFault } from "./bucket-fault.ts";

/** A folder, as on a disk that several mount. Fails where it is not there: a disk that is away must not look like an empty one. */
export function directoryBucket(folder: string): Bucket {
  const place = (name: string) => join(folder, name);
  const there = async (did: string) => {
    await stat(folder).catch((cause) => {
      throw bucketFault("unreachable", folder, did, cause);
    });
  };
  const faultOf = (did: string) => (cause: NodeJS.ErrnoException) => {
    throw bucketFault(denied.has(cause.code ?? "") ? "denied" : "failed", folder, did, cause);
  };
  return {
    url: folder,
    async list(prefix) {
      await there("Nothing was listed.");
      const at = prefix.slice(0, prefix.lastIndexOf("/") + 1);
      const pieces = await piecesBelow(place(at), at).catch(faultOf("Nothing was listed."));
      return pieces.filter(({ name }) => name.startsWith(prefix)).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async read(name, stretch) {
      await there("Nothing was read.");
      try {
        const file = await open(place(name), "r");
        try {
          if (stretch === undefined) return await file.readFile();
          const bytes = Buffer.alloc(stretch.length);
          const { bytesRead } = await file.read(bytes, 0, bytes.length, stretch.offset);
          return bytes.subarray(0, bytesRead);
        } finally {
          await file.close();
        }
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
        return faultOf("Nothing was read.")(cause as NodeJS.ErrnoException);
      }
    },
    async write(name, bytes) {
      const did = `${name} was not written.`;
      await there(did);
      const writing = { temporary: place("tmp"), sync: "name" } as const;
      await writeAtomically(place(name), bytes, writing).catch(faultOf(did));
    },
  };
}

const denied = new Set(["EACCES", "EPERM", "EROFS"]);

async function piecesBelow(folder: string, prefix: string): Promise<Piece[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw cause;
  });
  const pieces: Piece[] = [];
  for (const entry of entries) {
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory()) pieces.push(...(await piecesBelow(join(folder, entry.name), `${name}/`)));
    else pieces.push({ name, size: (await stat(join(folder, entry.name))).size });
  }
  return pieces;
}
