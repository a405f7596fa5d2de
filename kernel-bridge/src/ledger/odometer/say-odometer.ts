import { counted } from "../../counted.ts";
import { metricDirection, metricTitle } from "../../metrics/metric-words.ts";
import type { Metric } from "../format/run.ts";
import type { Odometer } from "./read-odometer.ts";

/**
 * One sentence beside a score: how often its rows have judged, where and since when; and how much too good the best is expected to be, or
 * why that is not said. Null where there is nothing to say: of rows that are not known to be held out, and are not known.
 */
export function sayOdometer({ name, split }: Metric, odometer: Odometer | null): string | null {
  if (odometer === null)
    return split === "held out" ? "How many models its rows have judged is not known" : null;
  const { models, isLeast, notebooks, copies, since, deletedRuns, optimism } = odometer;
  const count = `${isLeast ? "at least " : ""}${counted(models, "model")}`;
  const gone = deletedRuns === 0 ? "" : `, ${counted(deletedRuns, "deleted run")} among them`;
  const where = [
    ...(notebooks.length === 0 ? [] : [counted(notebooks.length, "notebook")]),
    ...(copies === 0 ? [] : [counted(copies, "kept copy", "kept copies")]),
  ].join(" and ");
  const looked = `These rows are known to have judged ${count} since ${since.slice(0, 10)}, in ${where}${gone}`;
  // Nobody has chosen yet.
  if (models === 1 && !isLeast) return looked;
  if ("notKnown" in optimism)
    return `${looked}; how much too good the best score is cannot be said: ${optimism.notKnown}`;
  const best = `the best of ${counted(optimism.of, "score")} by ${metricTitle(name)}`;
  return `${looked}; ${best} is expected to be at most ${sayAmount(optimism.by)} too ${metricDirection(name) === "lower" ? "low" : "high"}`;
}

function sayAmount(by: number): string {
  return by === 0 ? "0" : by < 0.001 ? by.toPrecision(1) : by.toFixed(by < 0.01 ? 4 : 3);
}
