import { mayBeMaterialized } from "../../features/may-be-joined.ts";
import type { Definitions } from "../../features/model.ts";
import type { ColumnSchema } from "../resolve/column-schema.ts";
import { resolveView } from "../resolve/resolve-view.ts";
import type { JoinProblem, ResolvedView } from "../resolve/resolved-training-set.ts";
import type { Report } from "../resolve/time-column.ts";
import { availableAt, servable } from "./available-at.ts";
import { tieOrder } from "./latest-steps.ts";
import { preparedView } from "./prepared-relations.ts";
import { quoteName } from "./quote-name.ts";

/**
 * SQL for what the online store must hold of one view, read from a table `source` that has the file's own types.
 *
 * Columns: the key columns under their names, `event_time` and, in created mode, `available_at` (BIGINT microseconds), then
 * every column a feature is made of, once, under its name. Rows come by key, then event time, then the order of ties: of equal times the last wins.
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
  const report: Report = (code, message, advice, place = null) =>
    void problems.push({ code, message, advice, place });
  const joinable = mayBeMaterialized(definitions, viewName);
  for (const { code, message, place } of joinable.problems) report(code, message, "", place);
  const definition = joinable.definitions?.views[0];
  if (!joinable.definitions) return { sql: null, problems };
  if (!definition) {
    report("join/no-view", `There is no feature view called ${viewName}.`, "");
    return { sql: null, problems };
  }
  const names = definition.features.map((feature) => feature.name);
  const context = {
    definitions: joinable.definitions,
    names,
    index: 0,
    spine: null,
    keys: new Map(),
    schemaOf: () => schema,
    report,
  };
  const view = resolveView(definition, context);
  if (!view || problems.length > 0) return { sql: null, problems };

  return { sql: materializeSql(view), problems };
}

/** The same of a view that has been resolved. It reads no spine, so it may be resolved alone. */
function materializeSql(view: ResolvedView): string {
  const { join } = view;
  const isCreated = join.availability.mode === "created";
  const columns = [
    ...view.keys.map(({ column, as }) => `${as} AS ${quoteName(column.name)}`),
    "t AS event_time",
    ...(isCreated ? [`${availableAt(join.availability)} AS available_at`] : []),
    ...view.values.map(({ column, as }) => `${as} AS ${quoteName(column.name)}`),
  ];
  const order = [...join.keys, "t", ...tieOrder(join)].map((column) => `${column} NULLS FIRST`);
  return `WITH ${join.relation} AS (
  ${preparedView(view, "source", "typed").replaceAll("\n", "\n  ")}
)
SELECT ${columns.join(", ")}
FROM ${join.relation}
WHERE ${servable(join)}
ORDER BY ${order.join(", ")}`;
}
