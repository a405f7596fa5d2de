import { argument } from "../../calls/arguments.ts";
import { takenRows } from "../../expressions/select-rows.ts";
import { constantOf } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { byRow } from "./by-row.ts";

/** `frame.take(places)`, `tensor.index_select(0, places)`: the rows at these places, as they follow each other. */
export function take(of: MethodCall): Value {
  const { program, value, name, args } = of;
  const isBehindSide = name === "index_select";
  const side = argument(args, isBehindSide ? 0 : 1, "axis", "dim");
  const places = argument(args, isBehindSide ? 1 : 0, "index", "indexer", "indices");
  const isOfRows = side === null || constantOf(side.value) === 0 || constantOf(side.value) === "index";
  return places && value.rows && isOfRows ? takenRows(program, value, places) : byRow(of);
}
