import { argument } from "../../calls/arguments.ts";
import { takenRows } from "../../expressions/select-rows.ts";
import { constantOf } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";
import { byRow } from "./by-row.ts";

/** `np.take(rows, places, axis=0)`, `torch.index_select(rows, 0, places)`: the rows at these places, as they follow each other. */
export function take(of: FunctionCall): Reference {
  const { program, name, args } = of;
  const isBehindSide = name === "index_select";
  const rows = argument(args, 0, "a", "x", "input", "params");
  const side = argument(args, isBehindSide ? 1 : 2, "axis", "dim");
  const places = argument(args, isBehindSide ? 2 : 1, "index", "indices");
  const isOfRows = side === null || constantOf(side.value) === 0;
  return rows?.value.rows && places && isOfRows
    ? program.store.allocate(takenRows(program, rows.value, places))
    : byRow(of);
}
