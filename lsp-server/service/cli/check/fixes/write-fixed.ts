import { chmod, readFile, realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { writeAtomically } from "@lookback/kernel-bridge/objects/write-atomically.ts";
import type { Plan } from "./plan-fixes.ts";

/** Writes what a plan makes of its file, through a link and with the file's mode. Answers why nothing was written, or null. */
export async function writeFixed({ path, before, after }: Plan, cwd: string): Promise<string | null> {
  try {
    const target = await realpath(resolve(cwd, path));
    const { mode } = await stat(target);
    // Its place could be taken all the same; whoever locked it does not want that.
    if ((mode & 0o222) === 0) return "it is read-only; nothing of it was written";
    if (!(await readFile(target)).equals(before))
      return "it changed while it was checked; nothing of it was written";
    await writeAtomically(target, after);
    await chmod(target, mode);
    return null;
  } catch (cause) {
    return `it could not be written: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
