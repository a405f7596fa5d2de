import { Failure } from "../../failure.ts";
import type { KeptSample } from "../format/run.ts";
import type { Again } from "./again.ts";
import { compareSamples } from "./compare-samples.ts";

type Samples = readonly KeptSample[];

/** All that a model answered then and again. Null: nothing was kept for the same reason both times. */
export function judgeAnswers(
  left: Samples,
  right: Samples,
  given: Pick<Again, "samples" | "tolerance">,
): "same" | "near" | "other" | null {
  const judged = ([...reasons] as const).flatMap((why) =>
    pairsOf(left, right, why).map((pair) => judge(pair, given)),
  );
  const worst = (["other", "near", "same"] as const).find((each) => judged.includes(each));
  return worst ?? null;
}

/** What was kept of a call that gave no score tells of the last alone. */
const reasons = ["score", "fit", "call"] as const;

type Pair = readonly [KeptSample, KeptSample | null];

function pairsOf(left: Samples, right: Samples, why: (typeof reasons)[number]): readonly Pair[] {
  const [before, after] = [left, right].map((samples) =>
    samples.filter((sample) => (sample.why ?? "score") === why),
  ) as [KeptSample[], KeptSample[]];
  const [last, lastAgain] = [before.at(-1), after.at(-1)];
  if (last === undefined || lastAgain === undefined) return [];
  if (before.length === after.length) return before.map((sample, at) => [sample, after[at]!]);
  // Of what the model answered at the end of its cells there is one more where a later cell changed it: what counts is the end.
  return why === "score" ? [[last, null]] : [[last, lastAgain]];
}

function judge(
  [left, right]: Pair,
  { samples, tolerance }: Pick<Again, "samples" | "tolerance">,
): "same" | "near" | "other" | null {
  if (left.sha256 === right?.sha256) return "same";
  const [before, after] = [samples.get(left.sha256), samples.get(right?.sha256 ?? "")];
  if (before === undefined || after === undefined) return "other";
  try {
    return outcomes[compareSamples(before, after, tolerance).tier];
  } catch (cause) {
    if (cause instanceof Failure) return null;
    throw cause;
  }
}

const outcomes = { E0: "same", E1: "near", differs: "other" } as const;
