import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Limit } from "../../facts/values/rows.ts";
import type { NotebookFacts } from "../../rule.ts";
import { beforeSplit } from "../before-split.ts";
import type { FixKind } from "../fix-kind.ts";
import { expressionAt, isGiven, leftmostName, outermost } from "../names.ts";
import { keepsRows } from "../training-rows/keeps-rows.ts";
import { learningFrom } from "../training-rows/learning-from.ts";

/** The training rows stand first in the table: learns from those, where how many they are is known above. */
export const learnFromFirstRows: FixKind = {
  id: "learn-from-first-rows",
  rules: beforeSplit,
  plan({ mark, evaluations = [] }, facts) {
    const first = mark && outermost(facts, mark.at);
    if (!mark || !first) return [];
    const limit = firstRows(mark, evaluations);
    const count = limit ? limit.bound.replace(/@\d+/g, "") : countOfFirst(facts, mark);
    if (count === null) return [];
    const names = count.match(/(?<![.\w"'])[A-Za-z_]\w*/g) ?? [];
    const isKnown = /^[\w.[\]()]+$/.test(count) && names.every((name) => isGiven(facts, name, first));
    const edits = isKnown ? learningFrom(facts, mark, () => `:${count}`) : null;
    return edits === null
      ? []
      : [{ title: `Learn from the first ${count} rows, those for training`, kind: "suggestion", edits }];
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
  return limit && cuts.every((one) => one?.cut === limit.cut && one.bound === limit.bound) ? limit : null;
}

/** How many rows the first table holds of those that were put together into what was learned from; null where that table is another by now, or rows have come, gone or moved since. */
function countOfFirst(facts: NotebookFacts, { at, rows }: Mark): string | null {
  const root = leftmostName(expressionAt(facts, at), facts);
  const own = outermost(facts, at);
  const flow = facts.flow();
  if (root === null || !own || (rows?.tables.length ?? 0) < 2) return null;
  const stack = flow.slice(0, flow.indexOf(own)).findLastIndex(({ binds }) => binds.has(root));
  const written = new RegExp(
    `^${root}\\s*=\\s*\\w+\\.concat\\(\\s*(?:objs\\s*=\\s*)?[[(]\\s*([A-Za-z_]\\w*)\\s*[,.]`,
  );
  const table = written.exec(flow[stack]?.text ?? "")?.[1];
  const [after] = flow.slice(stack + 1);
  if (table === undefined || !after) return null;
  const isAsItWas = flow.slice(stack, flow.indexOf(own)).every(({ binds }) => !binds.has(table));
  const place = { ...at, from: own.from, to: own.to };
  return isAsItWas && keepsRows(facts, after, [place]) ? `len(${table})` : null;
}
