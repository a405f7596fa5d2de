import type { HonestScore } from "@lookback/protocol/honest.ts";
import { countText } from "../kit/quantity.ts";

type Odometer = NonNullable<NonNullable<HonestScore["looks"]>["odometer"]>;

/** Where, and since when: `since 2 June 2026, in 3 notebooks and 1 kept copy`. */
export function looksText(odometer: Odometer, locale?: string): string {
  const { since, notebooks, copies, deletedRuns } = odometer;
  const day = new Date(since).toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric" });
  const where = [
    ...(notebooks.length === 0 ? [] : [countText(notebooks.length, "notebook")]),
    ...(copies === 0 ? [] : [`${copies} kept ${copies === 1 ? "copy" : "copies"}`]),
  ].join(" and ");
  const gone = deletedRuns === 0 ? "" : `, ${countText(deletedRuns, "deleted run")} among them`;
  return `since ${day}, in ${where}${gone}`;
}

/** What that makes of the best score, or why that is not said. */
export function tooGood(
  { models, isLeast, optimism }: Odometer,
  better: "higher" | "lower" | "unknown",
): string {
  if (models === 1 && !isLeast) return "Nobody has chosen by them yet.";
  if ("notKnown" in optimism)
    return `How much too good the best score is cannot be said: ${optimism.notKnown}.`;
  const { by, of } = optimism;
  const amount = by === 0 ? "0" : by < 0.001 ? by.toPrecision(1) : by.toFixed(by < 0.01 ? 4 : 3);
  return `The best of ${of.toLocaleString()} scores is expected to be at most ${amount.replace(/^0\./, ".")} too ${better === "lower" ? "low" : "high"}.`;
}
