import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { NotCompared } from "@lookback/kernel-bridge/ledger/reproduce/reproduction.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { placesOutside } from "../rerun/places-outside.ts";
import type { PlannedRun } from "../rerun/plan-cells.ts";

/** Refuses to run again what would write over the person's files: what a run wrote outside the workspace, and where cells name the workspace by its full path. */
export function refuseOutside(
  store: Store,
  runs: readonly Run[],
  plans: readonly PlannedRun[],
  isAllowed: boolean,
): NotCompared[] {
  const places = placesOutside(
    store,
    runs,
    plans.flatMap(({ cells }) => cells),
  );
  if (places.length === 0) return [];
  if (isAllowed) return places.map((what) => ({ what, reason: "it is used where it is, not restored" }));
  throw new Failure(
    "reproduce/outside",
    `Run again, its cells would write outside of where they run: ${places.slice(0, 3).join(", ")}. Nothing ran.`,
    { advice: "`lookback reproduce RUN --allow-outside` lets them.", data: { places } },
  );
}
