import { stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

/** The folder whose scripts a document in `folder` can import: its repository's or store's root, else `cwd` when that holds it, else its own. */
export async function workspaceRoot(folder: string, cwd: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await exists(join(at, ".git"))) || (await exists(join(at, ".lookback")))) return at;
    if (dirname(at) === at) return relative(cwd, folder).startsWith("..") ? folder : cwd;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
