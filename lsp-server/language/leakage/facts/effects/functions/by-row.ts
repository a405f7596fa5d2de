import { isSilent } from "../../../api/known.ts";
import { constantArgument } from "../../calls/arguments.ts";
import { heldAgainst } from "../../calls/judge-answers.ts";
import { derived } from "../../values/derive.ts";
import { asData, asMask, inForm } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { allOf } from "../../values/rows.ts";
import { withMark } from "../../values/value-traits.ts";
import type { FunctionCall } from "../effect.ts";

/** Each row by itself, or nothing of the rows. */
export function byRow({ program, name, path, args, call }: FunctionCall): Reference {
  const { store } = program;
  const values = args.map((arg) => arg.value);
  const [one, other] = values;
  const isOfEach = /^(all|any)$/.test(name) && constantArgument(args, 1, "axis", "dim") === 1;
  if (one?.kind === "mask" && isOfEach) return store.allocate(asMask(one, [], one.learned));
  const whole = derived(program, values);
  const made = one && other ? heldAgainst(program, name, [one, other], whole, call.at) : whole;
  const isRanked = /^(sort|argsort|cumsum|nancumsum|cumprod|partition)$/.test(name);
  const shown = isRanked ? inForm(made, "ranked") : made;
  const isMapped = mapping.test(name) && one?.kind === "data" && shown.rows !== null;
  const value = isMapped ? withMark(shown, markOf("mapped", name, call.at, shown.rows)) : shown;
  // An answer from nothing known is a table of its own.
  const isFresh = value.rows === null && !/^[A-Z]/.test(name) && name !== "range" && !isSilent(path);
  return store.allocate(
    isFresh
      ? { ...asData(value), rows: allOf(`call:${call.at.cell}:${call.at.from}${program.site}`) }
      : value,
  );
}

/** Functions that put each value on another scale. */
const mapping = /^(log|log10|log1p|log2|sqrt|cbrt|exp|expm1|boxcox1p)$/;
