import { counted } from "@lookback/kernel-bridge/counted.ts";
import { isProved } from "../rehearse/prove-same.ts";
import type { Rehearsal } from "../rehearse/rehearsal.ts";
import { failed, type Gate, passed, type Verdict, warned } from "./gate.ts";

/** The slice alone runs to its end in a fresh kernel. */
export const runsClean: Gate = {
  id: "runs-clean",
  title: "Runs clean from nothing",
  async run(candidate) {
    const began = performance.now();
    const rehearsal = await candidate.rehearsal();
    return judgeRehearsal(rehearsal, (performance.now() - began) / 1000);
  },
};

export function judgeRehearsal(
  { outcome, ran, missed, proof }: Pick<Rehearsal, "outcome" | "ran" | "missed" | "proof">,
  seconds: number,
): Verdict {
  if (outcome.kind === "error") {
    return failed(
      `cell ${outcome.cellId} raised ${outcome.name}: ${outcome.message}`,
      missed === null ? null : `The slice alone did not do: ${missed}`,
    );
  }
  if (outcome.kind === "interrupted") return failed("it was interrupted");
  const evidence = `${counted(ran.length, "cell")} in a fresh kernel, ${seconds.toFixed(1)} s`;
  // Where all cells make another model too, no cell was missed.
  if (missed === null || proof === null || !isProved(proof)) return passed(evidence);
  return warned(
    `${evidence}; all cells ship, because the slice missed one`,
    `The slice alone did not do: ${missed}`,
  );
}
