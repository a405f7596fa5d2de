import { constantArgument } from "../../calls/arguments.ts";
import { noteScored } from "../../calls/score-model.ts";
import { rowsOfValue } from "../../values/data-of.ts";
import { noteCompared, picksBest } from "../../values/decided.ts";
import { derived } from "../../values/derive.ts";
import { rowsMet, settled } from "../../values/elements.ts";
import { scalar, unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits } from "../../values/traits.ts";
import { allTraits } from "../../values/value-traits.ts";
import { statistic } from "../answers.ts";
import type { FunctionCall } from "../effect.ts";

/** One answer from all rows; of rows that a loop met one by one, too. Along a row it is one for each. */
export function statisticOf({ program, name, args, call }: FunctionCall): Reference {
  const { store } = program;
  const { at } = call;
  const values = args.map((arg) => arg.value);
  const [first = unknown] = values;
  noteScored(
    program,
    values.filter(({ columns }) => columns === null),
  );
  if (picksBest(name)) noteCompared(program, values);
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
  return store.allocate(statistic(traits, markOf("statistic", name, at, rows)));
}
