import { asMask } from "../../values/kinds.ts";
import { limitsAmong } from "../../values/rows.ts";
import type { Value } from "../../values/value.ts";
import { firstOf, type MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";
import { matches } from "./matches.ts";

/** A mask of the rows that are among others, or whose column holds one of some values. */
export function isIn(of: MethodCall): Value {
  const { value, args } = of;
  const others = firstOf(args);
  return value.column === null && value.rows && others?.kind === "data"
    ? keeping(of, () => asMask(value, limitsAmong(others.rows, value.rows!)))
    : matches(of);
}
