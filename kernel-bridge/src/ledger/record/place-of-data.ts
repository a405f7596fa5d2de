import { realpath } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join, sep } from "node:path";
import { isCredentialFile } from "../../secrets/is-credential-file.ts";
import type { Store } from "../store/store.ts";

/**
 * How much of a file may be kept. `inside` the workspace: its bytes. `outside`: its hash. `private`: nothing, for it holds
 * credentials, or lies in a hidden folder of the person's home or in one for temporary files. Links are followed before anything is judged: what a file is
 * called where it really lies counts too.
 */
export type DataPlace = "inside" | "outside" | "private";

/** Where a file lies. One that is gone is judged by its name alone. */
export async function placeOfData(store: Store, path: string): Promise<DataPlace> {
  const real = await realpath(path).catch(() => path);
  if (isCredentialFile(path) || isCredentialFile(real)) return "private";
  if (isWithin(real, store.root)) return "inside";
  const home = await realpath(homedir()).catch(homedir);
  if (isWithin(real, home) && real.slice(home.length).includes(`${sep}.`)) return "private";
  const temporary = [await realpath(tmpdir()).catch(tmpdir), "/tmp", "/var/tmp"];
  return temporary.some((folder) => isWithin(real, folder)) ? "private" : "outside";
}

function isWithin(path: string, folder: string): boolean {
  return path.startsWith(join(folder, sep));
}
