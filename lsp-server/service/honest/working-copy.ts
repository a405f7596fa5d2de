import { constants } from "node:fs";
import { copyFile, mkdir, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";

/**
 * Copies a workspace into a folder, named by its real path, without what no cell reads: git's and Lookback's own, environments, caches. Links are followed, so that nothing that a cell writes in the copy reaches
 * the workspace. Shares the bytes where the disk can. Fails with `honest/too-large` where more than `most` bytes would be copied.
 */
export async function copyWorkspace(root: string, to: string, most: number): Promise<void> {
  let left = most;
  const copy = async (from: string, into: string, above: readonly string[]): Promise<void> => {
    const real = await realpath(from);
    // A link to a folder that it lies in has no end, nor has a copy that lies in what is copied.
    if (above.includes(real) || real === to) return;
    const entries = await readdir(from);
    if (above.length > 0 && entries.includes("pyvenv.cfg")) return;
    await mkdir(into, { recursive: true });
    for (const name of entries) {
      if (passedOver.has(name)) continue;
      const path = join(from, name);
      const info = await stat(path).catch(() => null);
      if (info?.isDirectory()) await copy(path, join(into, name), [...above, real]);
      if (!info?.isFile()) continue;
      left -= info.size;
      if (left < 0) throw tooLarge(root, most);
      await copyFile(path, join(into, name), constants.COPYFILE_FICLONE);
    }
  };
  await copy(root, to, []);
}

const passedOver: ReadonlySet<string> = new Set([
  ".git",
  ".lookback",
  ".ipynb_checkpoints",
  "node_modules",
  "__pycache__",
]);

function tooLarge(root: string, most: number): Failure {
  return new Failure(
    "honest/too-large",
    `${root} holds more than ${Math.round(most / 2 ** 20)} MiB, and a copy of it is what the cells run in. Nothing ran.`,
    { advice: "`--most-copied MIB` lets more be copied; or keep the notebook in a smaller folder." },
  );
}
