import { argument } from "../../calls/arguments.ts";
import { derived } from "../../values/derive.ts";
import { unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { allOf } from "../../values/rows.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import { blankAlong } from "../along.ts";
import type { FunctionCall } from "../effect.ts";

/** `pd.crosstab(rows, columns, values)`: one row for each of the first, which tells of the last that is given. */
export function crossTable({ program, name, args, call }: FunctionCall): Reference {
  const { store } = program;
  const index = argument(args, 0, "index")?.value ?? unknown;
  const columns = argument(args, 1, "columns")?.value ?? unknown;
  const values = argument(args, 2, "values")?.value ?? null;
  const told = (values ?? columns).column;
  const by = [index, ...(values === null ? [] : [columns])].flatMap(({ column }) => column ?? []);
  const table: Value = {
    ...derived(
      program,
      args.map((arg) => arg.value),
    ),
    rows: allOf(`reshaped:${call.at.cell}:${call.at.from}`),
  };
  const mark = markOf("statistic", name, call.at, index.rows ?? columns.rows);
  return store.allocate(
    withMark(table, { ...mark, of: told, along: { ...blankAlong, frame: index.frame, groups: by } }),
  );
}
