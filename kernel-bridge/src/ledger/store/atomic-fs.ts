import { promises } from "node:fs";
import { writeAtomically } from "../../objects/write-atomically.ts";

/**
 * The file system isomorphic-git writes a repository through: a file is whole or absent, whenever the process ends. Its own writes go
 * straight to the final path. What is not yet whole lies in `temporary`, never where git lists refs or objects.
 */
export function atomicFs(temporary: string) {
  return {
    promises: {
      ...promises,
      writeFile: (path: string, content: string | Uint8Array) =>
        writeAtomically(path, content, { temporary }),
    },
  };
}
