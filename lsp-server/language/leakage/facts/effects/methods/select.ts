import { constantOf } from "../../values/kinds.ts";
import { noColumns, noTraits, type Traits, unionTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { allTraits, traitsOfColumn, withTraits } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";
import { columnsGiven, meeting } from "../meeting.ts";

/** `frame.select(…)`: columns by name, or computed by expressions. */
export function select({ program, value, args }: MethodCall): Value {
  const { store } = program;
  const columns = new Map<string, Traits>();
  let isClosed = true;
  let others = noTraits;
  for (const arg of args) {
    for (const reference of arg.value.items ?? [arg.reference]) {
      const met = meeting(store.read(reference), value);
      const constant = constantOf(met);
      if (met.columns && met.isClosed) {
        for (const [column, traits] of columnsGiven(met)) columns.set(column, traits);
        continue;
      }
      const name = arg.name ?? (typeof constant === "string" ? constant : met.column);
      if (name === null) {
        isClosed = false;
        others = unionTraits(others, { marks: met.rest.marks, columns: noTraits.columns });
      } else
        columns.set(
          name,
          typeof constant === "string" ? traitsOfColumn(value, name) : allTraits(met, store.read),
        );
    }
  }
  return columns.size === 0
    ? withTraits({ ...value, gone: null }, others)
    : withTraits({ ...value, columns, isClosed, gone: isClosed ? noColumns : null }, others);
}
