import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { Rehearsal } from "../rehearse/rehearse.ts";
import { failed, type Gate, passed, type Verdict, warned } from "./gate.ts";

/** Every score of the run comes out again, to twelve digits. */
export const sameAnswers: Gate = {
  id: "same-answers",
  title: "Gives the same answers",
  run: async (candidate) => compareScores(candidate.run, await candidate.rehearsal()),
};

export function compareScores(run: Pick<Run, "metrics">, { metrics }: Pick<Rehearsal, "metrics">): Verdict {
  if (run.metrics.length === 0) return warned("0 scores to compare: the run computed none");
  const now = new Map(placed(metrics).map(([place, value]) => [place, value]));
  const lines = placed(run.metrics).map(([place, value, name]) => {
    const again = now.get(place);
    const same =
      again !== undefined &&
      (Object.is(again, value) || Math.abs(again - value) <= 1e-12 * Math.max(1, Math.abs(value)));
    return { same, text: `${name}: ${value} then, ${again ?? "nothing"} now` };
  });
  const different = lines.filter((line) => !line.same);
  const detail = lines.map((line) => line.text).join("\n");
  if (different.length > 0)
    return failed(`${different.length} of ${lines.length} scores differ: ${different[0]?.text}`, detail);
  return passed(`${lines.length} of ${lines.length} scores identical`, detail);
}

/** Each score by its cell, its name, and which of that name in that cell it is: of a loop there are many. */
function placed(metrics: Rehearsal["metrics"]): (readonly [place: string, value: number, name: string])[] {
  const counts = new Map<string, number>();
  return metrics.map(({ cellId, name, value }) => {
    const key = `${cellId} ${name}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return [`${key} ${count}`, value, name];
  });
}
