import { asMask } from "../../values/kinds.ts";
import { limitsAmong } from "../../values/rows.ts";
import { noTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { withTraits } from "../../values/value-traits.ts";
import { firstOf, type MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";
import { matches } from "./matches.ts";

/** A mask of the rows that are among others, or whose column holds one of some values. */
export function isIn(of: MethodCall): Value {
  const { value, args } = of;
  const others = firstOf(args);
  const mask =
    value.column === null && value.rows && others?.kind === "data"
      ? keeping(of, () => asMask(value, limitsAmong(others.rows, value.rows!)))
      : matches(of);
  // Whether a row stands where the largest of its group does says what the others hold.
  const isOfPlaces = others?.form === "places";
  return isOfPlaces ? withTraits(mask, { marks: others.rest.marks, columns: noTraits.columns }) : mask;
}
