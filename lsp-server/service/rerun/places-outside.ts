import { isAbsolute } from "node:path";
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
  const names = root.length > 1 && cells.some(({ source }) => source.includes(root));
  return [...new Set([...written, ...(names ? [root] : [])])];
}
