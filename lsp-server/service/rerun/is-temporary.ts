import { tmpdir } from "node:os";
import { resolve, sep } from "node:path";

/** Whether a path lies where programs lay what they throw away. */
export function isTemporary(path: string): boolean {
  return [tmpdir(), "/tmp", "/var/tmp", "/var/folders", "/dev"].some((folder) =>
    `${path}${sep}`.startsWith(resolve(folder) + sep),
  );
}
