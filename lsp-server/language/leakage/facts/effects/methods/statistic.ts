import { scoredByHand } from "../../calls/judge-answers.ts";
import { noteScored } from "../../calls/score-model.ts";
import { noteCompared, picksBest } from "../../values/decided.ts";
import { derived } from "../../values/derive.ts";
import { scalar } from "../../values/kinds.ts";
import { learnedFrom, markOf } from "../../values/learn.ts";
import { expressionRows } from "../../values/rows.ts";
import type { Value } from "../../values/value.ts";
import { allTraits, withMark } from "../../values/value-traits.ts";
import { statistic } from "../answers.ts";
import { isAcross, type MethodCall } from "../effect.ts";

/** One answer from all rows: a mean, a correlation. Along a row it is one for each. */
export function statisticOf(of: MethodCall): Value {
  const { program, value, name, call } = of;
  const { read } = program.store;
  // Of a table with answers among its columns it is a description.
  if (value.columns === null) noteScored(program, [value], name, call.at);
  if (picksBest(name)) noteCompared(program, [value], null, name);
  if (isAcross(of)) return { ...derived(program, [value]), rows: value.rows };
  const traits = allTraits(value, read);
  // Of an expression it stands beside each row, under the same name.
  if (value.rows?.key === expressionRows.key)
    return { ...withMark(value, markOf("statistic", name, call.at, value.rows)), form: null };
  if (value.rows === null) return scalar(undefined, traits);
  const isToldApart = value.isClosed || value.column !== null;
  const mark = learnedFrom(markOf("statistic", name, call.at, value.rows), traits, isToldApart);
  const answer = statistic(traits, mark);
  return scoredByHand(program, name, value, answer, call.at);
}
