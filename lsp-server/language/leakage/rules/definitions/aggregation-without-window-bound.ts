import type { Condition, Select, Term } from "../../../sql/query.ts";
import { isTimeName } from "../../facts/values/time-columns.ts";
import { bad, good, rule, step } from "../../rule.ts";
import { type DefiningQuery, definingQueries, selectsOf } from "./transformations.ts";
import { given } from "./views.ts";

/** Groups over all time as a feature: a row of the past gets what happened since. */
export const aggregationWithoutWindowBound = rule({
  id: "aggregation-without-window-bound",
  kind: "feature-definition",
  tier: "core",
  severity: "error",
  title: "Groups over all time",
  why: "What was counted until today stands beside rows of the past: each of them sees what happened after it.",
  instead:
    'Bound the rows by the window that is computed (`context.start_time`, `context.end_time`), or let the view aggregate: `Aggregate(function="count", time_window=…)`.',
  source: "Tecton, feature view rules: GROUP BY needs `incremental_backfills` and a filter on the window",
  examples: [
    bad(
      "all transactions of each user",
      `
from tecton import batch_feature_view

@batch_feature_view(sources=[transactions], entities=[user], mode="spark_sql")
def counts(transactions):
    return f"SELECT user_id, COUNT(*) AS n FROM {transactions} GROUP BY user_id"
#                            ^^^^^^^^ until today
`,
      "The query of `counts` groups by `user_id` without a bound in time: each row of the past gets what happened after it.",
    ),
    bad(
      "a source of sums",
      `
from feast import BigQuerySource

totals = BigQuerySource(name="totals", query="SELECT user_id, SUM(amount) AS total, MAX(ts) AS ts FROM payments GROUP BY user_id", timestamp_field="ts")
#                                                             ^^^^^^^^^^^ until today
`,
      "The query of the source `totals` groups by `user_id` without a bound in time: each row of the past gets what happened after it.",
    ),
    good(
      "within the window that is computed",
      `
from tecton import batch_feature_view

@batch_feature_view(sources=[transactions], entities=[user], mode="spark_sql", incremental_backfills=True)
def counts(transactions, context):
    return f"SELECT user_id, COUNT(*) AS n, MAX(ts) AS ts FROM {transactions} WHERE ts >= '{context.start_time}' AND ts < '{context.end_time}' GROUP BY user_id"
`,
    ),
    good(
      "the view aggregates itself",
      `
from tecton import batch_feature_view

@batch_feature_view(sources=[transactions], entities=[user], mode="spark_sql", aggregations=[count])
def counts(transactions):
    return f"SELECT user_id, ts, 1 AS n FROM {transactions}"
`,
    ),
    good(
      "a sum of each day",
      `
from feast import BigQuerySource

daily = BigQuerySource(name="daily", query="SELECT user_id, DATE(ts) AS day, SUM(amount) AS total FROM payments GROUP BY user_id, DATE(ts)", timestamp_field="day")
`,
    ),
  ],
  check(facts, report) {
    for (const one of definingQueries(facts)) {
      const { asked, of, transformation } = one;
      const { definition } = transformation ?? {};
      if (definition && (/demand|realtime/i.test(definition.is) || isBoundedByView(one))) continue;
      const selects = selectsOf(asked.query);
      if (
        selects.some(({ where, qualify, joins }) =>
          [...where, ...qualify, ...joins.flatMap(({ on }) => on)].some(isBound),
        )
      )
        continue;
      for (const select of selects) {
        const first = aggregateOf(select);
        if (first === null || groupsOf(select).some(isOfTime)) continue;
        const groups = groupsOf(select).map(({ at }) => `\`${asked.written(at)}\``);
        report({
          at: asked.place(first.at),
          message: `The query of ${of} groups by ${groups.join(", ")} without a bound in time: each row of the past gets what happened after it.`,
          path: definition ? [step("source", definition.at, definition.is)] : [],
        });
      }
    }
  },
});

function isBoundedByView({ transformation }: DefiningQuery): boolean {
  const { definition } = transformation ?? {};
  return definition !== undefined && given(definition, "aggregations", "incremental_backfills") !== null;
}

function groupsOf({ groupBy }: Select): readonly Term[] {
  return groupBy === null || groupBy === "all" ? [] : groupBy;
}

/** The first aggregate of a select that has groups. */
function aggregateOf(select: Select) {
  if (groupsOf(select).length === 0) return null;
  for (const item of select.items)
    for (const call of item.op === "column" ? item.term.calls : [])
      if (
        call.window === null &&
        /^(avg|count|countif|max|mean|median|min|stddev\w*|sum|var\w*|approx_\w+|array_agg|collect_\w+)$/.test(
          call.name,
        )
      )
        return call;
  return null;
}

/** A test that an order decides, of a moment or of a window's end. */
function isBound({ operator, left, right }: Condition): boolean {
  return (
    operator !== null &&
    /^[<>]/.test(operator) &&
    [left, right].some((term) => term !== null && isOfTime(term))
  );
}

function isOfTime({ columns }: Term): boolean {
  return columns.some(
    ({ name }) => isTimeName(name) || /(^|_)(ts|dt|day|date|week|month|hour|partition_?date|ds)$/i.test(name),
  );
}
