import { homedir } from "node:os";
import { isAbsolute, relative } from "node:path";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { isTemporary } from "./is-temporary.ts";
import type { PlannedCell } from "./plan-cells.ts";

/** Where these cells, run again, would write outside of the folder they run in: where the runs did, and the workspace that a cell names by its full path. */
export function placesOutside(
  { root }: Pick<Store, "root">,
  runs: readonly Pick<Run, "datasets">[],
  cells: readonly PlannedCell[],
): readonly string[] {
  const ran = new Set(cells.map(({ id }) => id));
  const written = runs
    .flatMap(({ datasets }) => datasets)
    .filter(({ access, path, kind }) => access === "write" && kind !== "address" && isAbsolute(path))
    .filter(({ cellId, path }) => ran.has(cellId) && !isTemporary(path))
    .map(({ path }) => path);
  const names = root.length > 1 && cells.some(({ source }) => isNamed(root, source));
  return [...new Set([...written, ...(names ? [root] : [])])];
}

/** Whether a text holds a folder's full name, or its name from the person's own folder, whichever way its parts are divided. */
function isNamed(folder: string, text: string): boolean {
  const plain = (path: string) => path.replace(/[\\/]+/g, "/");
  const below = relative(homedir(), folder);
  const isBelow = below !== "" && !below.startsWith("..") && !isAbsolute(below);
  const names = [plain(folder), ...(isBelow ? [`~/${plain(below)}`] : [])];
  const said = plain(text);
  return names.some((name) => {
    const at = said.indexOf(name);
    return at >= 0 && !/^[\w.-]/.test(said.slice(at + name.length));
  });
}
