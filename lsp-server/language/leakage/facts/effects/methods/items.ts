import { listOf, scalar, unknown } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { allTraits, traitsOfColumn } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";

/** `for name, column in frame.items()`: each column when they are known, else one that stands for all. The rows, of `iterrows`. */
export function items({ program, owner, value, name }: MethodCall): Value {
  if (name.startsWith("iter") && name !== "iteritems") return value;
  const { store } = program;
  const names = value.isClosed && value.columns ? [...value.columns.keys()] : [null];
  const pairs = names.map((each) => {
    const column: Value =
      each === null
        ? { ...value, owner, columns: null, isClosed: false, rest: allTraits(value, store.read) }
        : { ...unknown, rows: value.rows, rest: traitsOfColumn(value, each), column: each, owner };
    return store.allocate(listOf([store.allocate(scalar(each ?? undefined)), store.allocate(column)]));
  });
  return listOf(pairs);
}
