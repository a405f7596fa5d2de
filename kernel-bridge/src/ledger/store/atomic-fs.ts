import { promises } from "node:fs";
import { writeAtomically } from "../../objects/write-atomically.ts";

/** The file system isomorphic-git writes through: a file is whole or absent, whenever the process ends. Its own writes go straight to the final path. */
export const atomicFs = {
  promises: {
    ...promises,
    writeFile: (path: string, content: string | Uint8Array) => writeAtomically(path, content),
  },
};
