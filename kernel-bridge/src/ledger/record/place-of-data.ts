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

/** Which folders of a machine are nobody's data. */
interface Machine {
  readonly home: string;
  /** For what does not last. */
  readonly temporary: readonly string[];
}

/** Where a file lies. One that is gone is judged by its name alone. */
export async function placeOfData(
  store: Store,
  path: string,
  machine: Machine = { home: homedir(), temporary: [tmpdir(), "/tmp", "/var/tmp"] },
): Promise<DataPlace> {
  const real = await realpath(path).catch(() => path);
  if (isCredentialFile(path) || isCredentialFile(real)) return "private";
  if (isWithin(real, store.root)) return "inside";
  const [home = machine.home, ...temporary] = await Promise.all(
    [machine.home, ...machine.temporary].map((folder) => realpath(folder).catch(() => folder)),
  );
  if (isWithin(real, home) && real.slice(home.length).includes(`${sep}.`)) return "private";
  return temporary.some((folder) => isWithin(real, folder)) ? "private" : "outside";
}

function isWithin(path: string, folder: string): boolean {
  return path.startsWith(join(folder, sep));
}
