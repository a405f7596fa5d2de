import type { Definitions } from "../../features/model.ts";
import type { ColumnSchema } from "../resolve/column-schema.ts";
import { resolveView } from "../resolve/resolve-view.ts";
import type { JoinProblem } from "../resolve/resolved-training-set.ts";
import { quoteName } from "./quote-name.ts";
import { timeExpression } from "./time-expression.ts";

/**
 * SQL for what the online store must hold of one view, read from a table `source` that has the file's own types.
 *
 * Columns: the key columns under their names, `event_time` (BIGINT microseconds), then every column a feature is made
 * of, once, under its name. Rows come by key, then event time, then the order of ties: of equal times the last wins.
 * All rows with a key and an event time are kept, however old, so that a lookup at any time W equals the point-in-time
 * join with T = W: among rows with `event_time + delay <= W`, the last (within `ttl` of W) for a latest value, and those
 * with `event_time > W - delay - window` for a window. For a view with `upper` exclusive, read `<` and `>=` for `<=` and `>`.
 */
export function compileMaterialize(
  definitions: Definitions,
  viewName: string,
  schema: readonly ColumnSchema[],
): { readonly sql: string | null; readonly problems: readonly JoinProblem[] } {
  const problems: JoinProblem[] = [];
  const report = (code: string, message: string, advice: string) =>
    void problems.push({ code, message, advice });
  const definition = definitions.views.findLast((view) => view.name === viewName);
  if (!definition) {
    report("join/no-view", `There is no feature view called ${viewName}.`, "");
    return { sql: null, problems };
  }
  const names = definition.features.map((feature) => feature.name);
  const context = {
    definitions,
    names,
    index: 0,
    spine: null,
    keys: new Map(),
    schemaOf: () => schema,
    report,
  };
  const view = resolveView(definition, context);
  if (!view || problems.length > 0) return { sql: null, problems };

  const keys = view.keys.map(({ column }) => quoteName(column.name));
  const values = view.values.map(({ column }) => quoteName(column.name));
  const created = view.created
    ? [`${timeExpression(view.created, "view", "typed")} AS lookback_created`]
    : [];
  const ties = [
    ...(view.created ? ["lookback_created"] : []),
    ...view.join.values.map((as) => named(view.values, as)),
  ];
  const order = [...keys, "event_time", ...ties].map((column) => `${column} NULLS FIRST`).join(", ");
  const time = timeExpression(view.time, "view", "typed");
  const known = [
    ...view.keys.map(({ column }) => `${quoteName(column.name)} IS NOT NULL`),
    `${quoteName(view.time.name)} IS NOT NULL`,
  ];
  const sql = `WITH observed AS (
  SELECT ${[...keys, `${time} AS event_time`, ...created, ...values].join(", ")}
  FROM source
  WHERE ${known.join(" AND ")}
)
SELECT ${[...keys, "event_time", ...values].join(", ")}
FROM observed
ORDER BY ${order}`;
  return { sql, problems };
}

function named(
  values: readonly { readonly column: ColumnSchema; readonly as: string }[],
  as: string,
): string {
  return quoteName(values.find((value) => value.as === as)!.column.name);
}
