import type { InnerCall } from "../../facts/definitions/definition.ts";
import type { Place } from "../../ir.ts";
import { bad, good, rule, step } from "../../rule.ts";
import { type DefiningQuery, definingQueries, selectsOf, termsOf } from "./transformations.ts";

/** A feature asks what time it is, so a row of the past gets a value of today. */
export const nowInTransformation = rule({
  id: "now-in-transformation",
  kind: "feature-definition",
  tier: "core",
  severity: "error",
  title: "A feature that asks what time it is",
  why: "For a row of last year it answers with today's clock: training then sees what no row could have seen, and another value each time it runs.",
  instead:
    "Compute from a time that comes with the row: a field of the request, or the end of the window that is computed (`context.end_time`).",
  source: "Tecton, feature view rules (`context.end_time`); Feast, on-demand feature views",
  examples: [
    bad(
      "an age until today",
      `
from datetime import datetime
from feast import Field, RequestSource
from feast.on_demand_feature_view import on_demand_feature_view

@on_demand_feature_view(sources=[people], schema=[Field(name="age", dtype=Float64)])
def age(inputs):
    out = pd.DataFrame()
    out["age"] = (datetime.now() - inputs["birth"]).dt.days
#                 ^^^^^^^^^^^^^^ today's clock
    return out
`,
      "`age` calls `datetime.now()`: every row of the past gets a value of the day it is computed on.",
    ),
    bad(
      "a batch view up to today",
      `
from tecton import batch_feature_view

@batch_feature_view(sources=[transactions], entities=[user], mode="spark_sql", aggregations=[count])
def recent(transactions):
    return f"SELECT user_id, ts, 1 AS n FROM {transactions} WHERE ts > date_sub(CURRENT_DATE(), 7)"
#                                                                               ^^^^^^^^^^^^^^ today's clock
`,
      "The query of `recent` asks for `CURRENT_DATE()`: every row of the past gets a value of the day it is computed on.",
    ),
    bad(
      "a source's query, in a window that moves with the clock",
      `
from feast import BigQuerySource

source = BigQuerySource(name="recent", query="SELECT id, ts, x FROM t WHERE ts > TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 DAY)", timestamp_field="ts")
#                                                                                              ^^^^^^^^^^^^^^^^^^^ today's clock
`,
      "The query of the source `recent` asks for `CURRENT_TIMESTAMP()`: every row of the past gets a value of the day it is computed on.",
    ),
    good(
      "until the moment of the request",
      `
from feast import Field, RequestSource
from feast.on_demand_feature_view import on_demand_feature_view

asked = RequestSource(name="asked", schema=[Field(name="asked_at", dtype=UnixTimestamp)])

@on_demand_feature_view(sources=[people, asked], schema=[Field(name="age", dtype=Float64)])
def age(inputs):
    out = pd.DataFrame()
    out["age"] = (inputs["asked_at"] - inputs["birth"]).dt.days
    return out
`,
    ),
    good(
      "until the end of what is computed",
      `
from datetime import datetime
from tecton import batch_feature_view

started = datetime.now()

@batch_feature_view(sources=[transactions], entities=[user], mode="spark_sql", feature_start_time=datetime(2024, 1, 1))
def recent(transactions, context):
    return f"SELECT user_id, ts, 1 AS n FROM {transactions} WHERE ts > date_sub('{context.end_time}', 7) AND ts < '{context.end_time}'"
`,
    ),
  ],
  check(facts, report) {
    for (const { name, definition, calls } of facts.transformations.values()) {
      for (const call of calls.values()) {
        if (!readsClock(call)) continue;
        report({
          at: call.at,
          message: `\`${name}\` calls \`${facts.textOf(call.at)}\`: every row of the past gets a value of the day it is computed on.`,
          path: [step("source", definition.at, definition.is)],
        });
      }
    }
    for (const one of definingQueries(facts)) {
      for (const { at, text } of clocksIn(one))
        report({
          at,
          message: `The query of ${one.of} asks for \`${text}\`: every row of the past gets a value of the day it is computed on.`,
          path: [],
          fixes: fixesOf(one, at, text),
        });
    }
  },
});

function readsClock({ path, constants }: InnerCall): boolean {
  if (/(^|\.)(datetime|date|Timestamp|pendulum|arrow)\.(now|utcnow|today)$/.test(path)) return true;
  if (/^time\.(time|time_ns|localtime|gmtime|ctime)$/.test(path))
    return path !== "time.localtime" || constants.length === 0;
  if (/(^|\.)functions\.(current_date|current_timestamp|now|unix_timestamp)$/.test(path))
    return constants.length === 0;
  return /(^|\.)(to_datetime|Timestamp|datetime64)$/.test(path) && /^(now|today)$/.test(String(constants[0]));
}

function clocksIn({ asked }: DefiningQuery): { readonly at: Place; readonly text: string }[] {
  return selectsOf(asked.query).flatMap((select) =>
    termsOf(select).flatMap(({ calls }) =>
      calls
        .filter(({ name }) => clocks.has(name))
        .map(({ at }) => ({ at: asked.place(at), text: asked.written(at) })),
    ),
  );
}

const clocks: ReadonlySet<string> = new Set(
  "current_date current_datetime current_time current_timestamp curdate getdate getutcdate localtimestamp now sysdate sysdatetime systimestamp today utc_timestamp".split(
    " ",
  ),
);

/** In a query that is told its window, the window's end takes the clock's place. */
function fixesOf({ asked, transformation }: DefiningQuery, at: Place, text: string) {
  const isFormatted =
    transformation !== null && /\{\s*context\.(start|end)_time/.test(asked.written(asked.query.at));
  if (!isFormatted || !transformation.params.includes("context")) return [];
  const newText =
    /date/i.test(text) && !/datetime/i.test(text)
      ? "DATE('{context.end_time}')"
      : "TIMESTAMP('{context.end_time}')";
  return [
    {
      title: "Take the end of the window that is computed",
      kind: "automatic" as const,
      edits: [{ cellId: at.cell, range: { start: at.start, end: at.end }, newText }],
    },
  ];
}
