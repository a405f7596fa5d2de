import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { type Limit, limited } from "../../facts/values/rows.ts";
import { beforeSplit } from "../before-split.ts";
import type { FixKind } from "../fix-kind.ts";
import { outermost } from "../names.ts";
import { Obstacle } from "../obstacle.ts";
import { changedBy } from "../training-rows/changed-rows.ts";
import { countBefore, countOfFirst } from "../training-rows/first-rows.ts";
import { changerOfRows } from "../training-rows/keeps-rows.ts";
import { learningFrom, saidOfGroups } from "../training-rows/learning-from.ts";

/** The training rows stand first in the table: learns from those, where how many they are is known above. */
export const learnFromFirstRows: FixKind = {
  id: "learn-from-first-rows",
  rules: beforeSplit,
  plan({ mark, evaluations = [] }, facts) {
    const first = mark && outermost(facts, mark.at);
    if (!mark || !first) return [];
    // Rows that come, go or move before they are cut are not those that stood first.
    const fits = evaluations.map(({ fit }) => fit.statement);
    const limit = firstRows(mark, evaluations);
    const count = limit ? countBefore(facts, limit, first) : countOfFirst(facts, mark);
    if (fits.length === 0 || count === null) return [];
    const changer = changerOfRows(facts, first, fits);
    if (changer) return changedBy(changer);
    const edits = learningFrom(facts, mark, () => `:${count}`);
    return edits instanceof Obstacle
      ? edits
      : [
          {
            title: `Learn from the first ${count} rows, those for training${saidOfGroups(facts, [mark])}`,
            kind: "suggestion",
            edits,
          },
        ];
  },
};

/** How many rows from the first on every model learns from, of those that were learned from. */
function firstRows({ rows }: Mark, evaluations: readonly Evaluation[]): Limit | null {
  const cuts = evaluations.map(({ fit }) =>
    fit.inputs.rows?.limits.find(
      ({ cut, side }) =>
        cut.startsWith("position") && side === "low" && !rows?.limits.some((limit) => limit.cut === cut),
    ),
  );
  const [limit] = cuts;
  const key = limit && rows ? limited(rows, limit).key : null;
  return limit && evaluations.every(({ fit }) => fit.inputs.rows?.key === key) ? limit : null;
}
