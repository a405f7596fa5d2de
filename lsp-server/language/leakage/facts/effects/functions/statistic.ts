import { correlating } from "../../../api/correlating.ts";
import { constantArgument, passedAt } from "../../calls/arguments.ts";
import { isCallable } from "../../calls/callable.ts";
import { scoredByHand } from "../../calls/judge-answers.ts";
import { noteScored } from "../../calls/score-model.ts";
import type { Program } from "../../program.ts";
import { rowsOfValue } from "../../values/data-of.ts";
import { choosing, decidedBy, deciding, noteCompared, picksBest } from "../../values/decided.ts";
import { derived, elementsOf } from "../../values/derive.ts";
import { rowsMet, settled } from "../../values/elements.ts";
import { joinValues } from "../../values/join-values.ts";
import { scalar, unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits } from "../../values/traits.ts";
import type { Passed } from "../../values/value.ts";
import { allTraits } from "../../values/value-traits.ts";
import { statistic } from "../answers.ts";
import type { FunctionCall } from "../effect.ts";
import { tellingOf } from "../telling-of.ts";

/** One answer from all rows; of rows that a loop met one by one, too. Along a row it is one for each. */
export function statisticOf({ program, name, args, call }: FunctionCall): Reference {
  const { store } = program;
  const { at } = call;
  const values = args.map((arg) => arg.value);
  const [first = unknown] = values;
  const key = args.find(({ name: given, value }) => given === "key" && isCallable(value));
  if (key && picksBest(name)) return bestBy(program, args, key, call);
  // Where the largest stands is an answer of a model, or a choice, and no score.
  if (!name.startsWith("arg"))
    noteScored(
      program,
      values.filter(({ columns }) => columns === null),
      name,
      at,
    );
  if (picksBest(name)) noteCompared(program, values, null, name);
  const rows = rowsOfValue(first, store.read);
  const isOfSeveral = (name === "max" || name === "min") && rows === null && args.length > 1;
  if (isOfSeveral) return store.allocate(derived(program, values));
  const axis = constantArgument(args, /percentile|quantile/.test(name) ? 2 : 1, "axis", "dim");
  if (axis === 1 || axis === -1) return store.allocate(derived(program, values));
  const traits = allTraits(first, store.read);
  const met = rows === null ? rowsMet(traits) : null;
  if (met !== null) {
    const settledTraits = settled(traits, undefined, true);
    return store.allocate(statistic(settledTraits, markOf("statistic", name, at, met)));
  }
  if (rows === null) {
    return store.allocate(scalar(undefined, { marks: traits.marks, columns: noTraits.columns }));
  }
  const mark = markOf("statistic", name, at, rows);
  const alone = statistic(traits, mark);
  const answer = correlating.has(name) ? tellingOf(alone, mark, values.slice(0, 2)) : alone;
  return store.allocate(scoredByHand(program, name, first, answer, at));
}

/** `max(settings, key=score)`: the one whose score is the best. */
function bestBy(
  program: Program,
  args: readonly Passed[],
  key: Passed,
  call: FunctionCall["call"],
): Reference {
  const { store, turns } = program;
  const given = args.filter((arg) => arg !== key).map(({ value }) => value);
  const [only, another] = given;
  const candidates =
    only && another === undefined ? elementsOf(program, only) : given.map((value) => store.allocate(value));
  const answers = candidates.map((candidate, turn) => {
    program.turns = [...turns, `${call.at.cell}:${call.at.from}#${turn}`];
    const passed = passedAt(program, candidate, key.expression.at);
    return store.read(program.call(key.reference, [passed], call));
  });
  program.turns = turns;
  noteCompared(program, answers);
  const either = candidates.map(store.read);
  const [first, ...others] = either;
  // One of several models is a model.
  const chosen = first?.model ? others.reduce(joinValues, first) : derived(program, either);
  const decided = choosing(program, answers);
  let answer = store.allocate(chosen);
  deciding(program, decided, () => {
    answer = decidedBy(program, answer);
  });
  return answer;
}
