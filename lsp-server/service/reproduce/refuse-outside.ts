import { isAbsolute } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { NotCompared } from "@lookback/kernel-bridge/ledger/reproduce/reproduction.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { isTemporary } from "../rerun/is-temporary.ts";
import type { PlannedRun } from "./plan-cells.ts";

/** Refuses to run again what would write over the person's files: what a run wrote outside the workspace, and where cells name the workspace by its full path. */
export function refuseOutside(
  { root }: Store,
  runs: readonly Run[],
  plans: readonly PlannedRun[],
  isAllowed: boolean,
): NotCompared[] {
  const written = runs
    .flatMap(({ datasets }) => datasets)
    .filter(({ access, path, kind }) => access === "write" && kind !== "address" && isAbsolute(path))
    .map(({ path }) => path)
    .filter((path) => !isTemporary(path));
  const names =
    root.length > 1 && plans.some(({ cells }) => cells.some(({ source }) => source.includes(root)));
  const places = [...new Set([...written, ...(names ? [root] : [])])];
  if (places.length === 0) return [];
  if (isAllowed) return places.map((what) => ({ what, reason: "it is used where it is, not restored" }));
  throw new Failure(
    "reproduce/outside",
    `Run again, its cells would write outside of where they run: ${places.slice(0, 3).join(", ")}. Nothing ran.`,
    { advice: "`lookback reproduce RUN --allow-outside` lets them.", data: { places } },
  );
}
