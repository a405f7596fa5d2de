import { counted } from "@lookback/kernel-bridge/counted.ts";
import { failed, passed, type Verdict, warned } from "../gate.ts";
import type { Rehearsal } from "../rehearse.ts";

/** The slice alone runs to its end in a fresh kernel. */
export function runsClean(
  { outcome, ran, missed }: Pick<Rehearsal, "outcome" | "ran" | "missed">,
  seconds: number,
): Verdict {
  if (outcome.kind === "error") {
    return failed(
      `cell ${outcome.cellId} raised ${outcome.name}: ${outcome.message}`,
      missed === null ? null : `The slice alone failed with ${missed}`,
    );
  }
  if (outcome.kind === "interrupted") return failed("it was interrupted");
  const evidence = `${counted(ran.length, "cell")} in a fresh kernel, ${seconds.toFixed(1)} s`;
  if (missed === null) return passed(evidence);
  return warned(
    `${evidence}; all cells ship, because the slice missed one`,
    `The slice alone failed with ${missed}`,
  );
}
