import { counted } from "@lookback/kernel-bridge/counted.ts";
import { passed, type Verdict } from "../gate.ts";
import type { Selection } from "../selection.ts";
import { scoreText } from "../whole-runs.ts";

/** What ships is what ran: the plan only ever takes a run whose every cell has the source it has now. Names the score of that run. */
export function sameCode({ cells, run }: Pick<Selection, "cells" | "run">): Verdict {
  const ships = cells.filter((cell) => cell.needed).length;
  const scored = run === null ? "" : `, which gave ${scoreText(run)}`;
  return passed(
    `${ships} of ${counted(cells.length, "cell")} ${ships === 1 ? "ships" : "ship"}, all with the hashes of run ${run?.id.slice(0, 10)}…${scored}`,
  );
}
