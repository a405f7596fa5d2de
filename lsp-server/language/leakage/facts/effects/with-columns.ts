import type { Program } from "../program.ts";
import { noTraits } from "../values/traits.ts";
import type { Passed, Value } from "../values/value.ts";
import { allTraits, withTraits } from "../values/value-traits.ts";

/** What is computed from columns, or filled or chosen by them, row by row: it says what they say. Of a table each column has its own. */
export function withColumnsOf(program: Program, kept: Value, args: readonly Passed[]): Value {
  const columns = args.flatMap(({ value }) =>
    (value.kind === "data" || value.kind === "mask") && value.rows !== null && value.columns === null
      ? [...allTraits(value, program.store.read).columns]
      : [],
  );
  return columns.length === 0 ? kept : withTraits(kept, { marks: noTraits.marks, columns: new Set(columns) });
}
