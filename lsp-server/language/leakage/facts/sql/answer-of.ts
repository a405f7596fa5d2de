import type { Query, Select } from "../../../sql/query.ts";
import { noFrame } from "../values/frame-facts.ts";
import { unknown } from "../values/kinds.ts";
import { limited, unionRows } from "../values/rows.ts";
import { unionTraits } from "../values/traits.ts";
import type { Value } from "../values/value.ts";
import type { Context } from "./context.ts";
import { selected } from "./selected.ts";

/** The table that a query answers. */
export function answerOf(query: Query, context: Context): Value {
  if (context.depth > 20) return unknown;
  const named = new Map(context.named);
  const within = { ...context, named, depth: context.depth + 1 };
  for (const one of query.named) named.set(one.name.toLowerCase(), answerOf(one.query, within));
  const parts = query.selects.map((part) =>
    "selects" in part ? answerOf(part, within) : selected(part as Select, query, within),
  );
  const [first, ...others] = query.isUnion ? parts : parts.slice(0, 1);
  if (!first) return unknown;
  return behindOrder(query, context, others.reduce(below, first));
}

/** UNION: the columns of the first, by their places. */
function below(first: Value, second: Value): Value {
  const others = [...(second.columns?.values() ?? [])];
  return {
    ...first,
    rows: first.rows && second.rows ? unionRows(first.rows, second.rows) : (first.rows ?? second.rows),
    columns:
      first.columns &&
      new Map(
        [...first.columns].map(([name, traits], at) => [
          name,
          unionTraits(traits, others[at] ?? second.rest),
        ]),
      ),
    rest: unionTraits(first.rest, second.rest),
    frame: { ...(first.frame ?? noFrame), isOneRowPer: null, latest: null },
  };
}

function behindOrder({ order, isLimited, at }: Query, { call, sql }: Context, value: Value): Value {
  const columns = order.flatMap(({ term }) => term.column?.name ?? []);
  const [first] = order;
  const [column] = columns;
  const sortedBy =
    first && column !== undefined && columns.length === order.length
      ? { column, columns, isDescending: first.isDescending, at: sql.place(first.term.at) }
      : null;
  const rows =
    isLimited && value.rows
      ? limited(value.rows, { cut: `limit:${call.cell}:${call.from}:${at.from}`, side: "yes", bound: "" })
      : value.rows;
  return { ...value, rows, frame: { ...(value.frame ?? noFrame), sortedBy } };
}
