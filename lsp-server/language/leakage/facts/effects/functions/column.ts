import { constantOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { expressionRows } from "../../values/rows.ts";
import { columnTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** An expression that names one or several columns of a frame it meets later (polars). */
export function column(of: FunctionCall): Reference {
  const expression: Value = { ...unknown, rows: expressionRows };
  const names = namesOf(of);
  const [name, another] = names ?? [];
  if (names === null || name === undefined) return of.program.store.allocate(expression);
  return of.program.store.allocate(
    another === undefined
      ? { ...expression, rest: columnTraits(name), column: name }
      : {
          ...expression,
          columns: new Map(names.map((each) => [each, columnTraits(each)])),
          isClosed: true,
        },
  );
}

/** The names that are written out; null where it means others too: `pl.exclude("a")`, `pl.col("^a.*$")`, `pl.col(pl.Float64)`. */
function namesOf({ program, name: called, args }: FunctionCall): readonly string[] | null {
  const { read } = program.store;
  const given = args.flatMap(({ value }) => value.items?.map(read) ?? [value]).map(constantOf);
  const names = given.filter((name) => typeof name === "string" && !/^(\*|\^.*\$)$/.test(name));
  return called === "exclude" || names.length < given.length ? null : (names as string[]);
}
