import { argument, constantArgument, textsOf } from "../../calls/arguments.ts";
import { flipLimits } from "../../expressions/masks.ts";
import { limitedBy, limitsInside } from "../../values/rows.ts";
import { noTraits, unionTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { isAcross, type MethodCall } from "../effect.ts";
import { without } from "../without.ts";

/** `frame.drop(…)`: without some columns, or without some rows. */
export function drop(of: MethodCall): Value {
  const { program, value, args } = of;
  const { read } = program.store;
  const named = argument(args, -1, "columns");
  const isPositionalAxis = constantArgument(args, 1) === 1;
  const target = named ?? (isAcross(of) || isPositionalAxis ? argument(args, 0, "labels") : null);
  if (!target) {
    // Polars and Spark drop columns by their names; rows of pandas that are named by a text are few.
    const named = args.filter(({ name }) => name === null).map((arg) => textsOf(arg, read));
    if (named.length > 0 && named.every((names) => names !== null)) return without(value, named.flat());
    return withoutRows(value, argument(args, 0, "labels", "index")?.value ?? null);
  }
  const names = textsOf(target, read);
  if (!names) {
    return {
      ...value,
      isClosed: false,
      gone: null,
      rest: unionTraits(value.rest, { marks: target.value.rest.marks, columns: noTraits.columns }),
    };
  }
  return without(value, names);
}

/** `frame.drop(part.index)`: what is outside the part. */
function withoutRows(value: Value, part: Value | null): Value {
  if (!value.rows || !part) return value;
  return { ...value, rows: limitedBy(value.rows, flipLimits(limitsInside(part.rows, value.rows))) };
}
