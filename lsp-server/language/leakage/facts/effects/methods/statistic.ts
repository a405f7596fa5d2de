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
import { firstOf, isAcross, type MethodCall } from "../effect.ts";
import { ofGroupOfTurn } from "../group-of-turn.ts";
import { tellingOf } from "../telling-of.ts";

/** One answer from all rows: a mean, a correlation. Along a row it is one for each. */
export function statisticOf(of: MethodCall): Value {
  const { program, value, name, args, call } = of;
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
  const made = ofGroupOfTurn(program, markOf("statistic", name, call.at, value.rows), value);
  const mark = learnedFrom(made, traits, isToldApart);
  const answer = statistic(traits, mark);
  const other = correlating.has(name) ? firstOf(args) : null;
  const told = other === null ? answer : tellingOf(answer, mark, [value, other]);
  return scoredByHand(program, name, value, told, call.at);
}

/** Methods that say how much a column tells of another that they are given. */
const correlating: ReadonlySet<string> = new Set(["corr", "corrwith"]);
