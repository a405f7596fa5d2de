import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { CopyRun } from "./run-copy.ts";
import { headlineOf, type ScorePlace, sameScore } from "./scores.ts";

/** The score of the notebook as it is, and how it is come by again. */
export interface AsWritten {
  readonly place: ScorePlace;
  /** Whether the cells that the score rests on, by the text, do: else all run. */
  readonly isSliced: boolean;
  /** How far the score moves between runs of the same text. */
  readonly chance: { readonly spread: number; readonly runs: number };
}

/**
 * Runs the notebook as it is, with the Python that an advice names, whole and then only what its score rests on. Where these differ a third run, whole again, tells chance from a slice that lacks something.
 * Fails with `honest/not-run`, `honest/no-score` and `honest/outside`.
 */
export async function runAsWritten(
  whole: () => Promise<CopyRun>,
  sliced: (scoring: string) => Promise<CopyRun>,
  python: string,
): Promise<AsWritten> {
  const first = await whole();
  if (first.outside.length > 0) throw writesOutside(first.outside);
  if (first.why !== null)
    throw new Failure(
      "honest/not-run",
      `As it is, the notebook did not run to its end: ${first.why}. No score was compared.`,
      {
        advice: /^(ModuleNotFound|Import)Error\b/.test(first.why)
          ? `It ran with ${python}: install there what is missing, or ask with the Python that has it.`
          : "Run it, mend what it says, and ask again.",
      },
    );
  const place = headlineOf(first);
  if (place === null)
    throw new Failure("honest/no-score", "The notebook ran, and no score was seen. No score was compared.", {
      advice: "`lookback.metric(name, value)` tells of one that no known library computes.",
    });
  const again = await sliced(place.metric.cellId);
  const value = again.why === null ? sameScore(again, place) : again.why;
  const written = place.metric.value;
  if (value === written) return { place, isSliced: true, chance: { spread: 0, runs: 2 } };
  const third = await whole();
  const last = third.why === null ? sameScore(third, place) : third.why;
  if (typeof last === "string")
    throw new Failure(
      "honest/no-score",
      `Run a second time, the notebook as it is gave no such score: ${last}. No score was compared.`,
    );
  return { place, isSliced: false, chance: { spread: Math.abs(last - written), runs: 2 } };
}

function writesOutside(places: readonly string[]): Failure {
  return new Failure(
    "honest/outside",
    `Its cells write outside of the copy that they ran in: ${places.slice(0, 3).join(", ")}. Nothing else ran.`,
    { advice: "Name files from the notebook's folder.", data: { places } },
  );
}
