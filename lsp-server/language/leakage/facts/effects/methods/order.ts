import { argument, textsOf } from "../../calls/arguments.ts";
import { noFrame } from "../../values/frame-facts.ts";
import { constantOf, inForm } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { isMadeHere, reordered } from "../../values/rows.ts";
import { noTraits, unionTraits } from "../../values/traits.ts";
import type { Passed, Value } from "../../values/value.ts";
import { traitsOfColumn, withTraits } from "../../values/value-traits.ts";
import { isAcross, type MethodCall } from "../effect.ts";

/** The same rows in another order; along the other side, `frame.sort_index(axis=1)`, in the same one. */
export function order(of: MethodCall): Value {
  const { program, value, args, call } = of;
  // What stands at a place among the columns is another one then.
  if (isAcross(of)) return { ...value, gone: null };
  const columns = textsOf(argument(args, 0, "by"), program.store.read) ?? ofIndex(value, args);
  const [column] = columns;
  const isDescending = isReversed(program.store.read, args);
  const sortedBy = column === undefined ? null : { column, columns, isDescending, at: call.at };
  const rows = value.column === null ? value : inForm(value, "ranked");
  const by =
    columns.length > 0 ? columns.join() : args.map((one) => program.textOf(one.expression.at)).join();
  const ordered: Value = {
    ...rows,
    rows:
      value.rows && reordered(value.rows, `${by === "" ? "its index" : by}${isDescending ? " down" : ""}`),
    frame: { ...(value.frame ?? noFrame), sortedBy },
  };
  if (!value.rows || !isMadeHere(value.rows)) return ordered;
  // Which names stand first among what a notebook lists has been learned where the order has.
  const { marks } = columns.map((name) => traitsOfColumn(value, name)).reduce(unionTraits, noTraits);
  return withTraits(ordered, { marks, columns: noTraits.columns });
}

/** `frame.sort_index()`. */
function ofIndex({ frame }: Value, args: readonly Passed[]): readonly string[] {
  const isByIndex = frame?.index?.isTime === true && args.every(({ name }) => name !== null);
  return isByIndex ? [frame.index.column ?? "index"] : [];
}

/** `ascending=False` of pandas, `descending=True` of polars; of several columns, of the last. */
function isReversed(read: (reference: Reference) => Value, args: readonly Passed[]): boolean {
  return args.some(({ name, value }) => {
    const last = value.items?.at(-1);
    const constant = last === undefined ? constantOf(value) : constantOf(read(last));
    return (name === "ascending" && constant === false) || (name === "descending" && constant === true);
  });
}
