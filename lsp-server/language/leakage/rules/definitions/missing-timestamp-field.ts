import type { Definition } from "../../facts/definitions/definition.ts";
import { bad, good, type NotebookFacts, rule, step } from "../../rule.ts";
import { given, isStatic, isView, nameOf, sourcesOf } from "./views.ts";

/** A view of rows that do not say when they happened. */
export const missingTimestampField = rule({
  id: "missing-timestamp-field",
  kind: "feature-definition",
  tier: "core",
  severity: "error",
  title: "Rows that do not say when they happened",
  why: "Without a moment nobody can tell which rows were known when, so a row of the past gets values of later ones.",
  instead:
    'Name the column of the moment: `timestamp_field="event_time"`; and `created_timestamp_column` where rows arrive later.',
  source: "Feast, data sources; Tecton, BatchSource",
  examples: [
    bad(
      "a file without a moment",
      `
from datetime import timedelta
from feast import Entity, FeatureView, Field, FileSource

user = Entity(name="user")
source = FileSource(name="logins", path="logins.parquet")
#        ^^^^^^^^^^ when did its rows happen?
logins = FeatureView(name="logins", entities=[user], source=source, ttl=timedelta(days=1), schema=[Field(name="n", dtype=Int64)])
`,
      "`logins` has no `timestamp_field`, and the view `logins` reads it: nobody can tell which of its rows were known when.",
    ),
    bad(
      "a table whose windows go by time",
      `
from tecton import BatchSource, HiveConfig, batch_feature_view

config = HiveConfig(database="db", table="transactions")
#        ^^^^^^^^^^ when did its rows happen?
transactions = BatchSource(name="transactions", batch_config=config)

@batch_feature_view(sources=[transactions], entities=[user], mode="spark_sql", aggregations=[count])
def counts(transactions):
    return f"SELECT user_id, ts, 1 AS n FROM {transactions}"
`,
      "`transactions` has no `timestamp_field`, and a view reads it: nobody can tell which of its rows were known when.",
    ),
    good(
      "the moment has a name",
      `
from datetime import timedelta
from feast import Entity, FeatureView, Field, FileSource

user = Entity(name="user")
source = FileSource(name="logins", path="logins.parquet", timestamp_field="at")
logins = FeatureView(name="logins", entities=[user], source=source, ttl=timedelta(days=1), schema=[Field(name="n", dtype=Int64)])
`,
    ),
    good(
      "what does not change with time, and what no view reads",
      `
from feast import Entity, FeatureView, Field, FileSource

user = Entity(name="user")
codes = FileSource(name="codes", path="codes.parquet")
countries = FileSource(name="countries", path="countries.parquet", description="static: ISO 3166")
view = FeatureView(name="country", entities=[user], source=countries, tags={"kind": "static"}, schema=[Field(name="code", dtype=String)])
`,
    ),
  ],
  check(facts, report) {
    const seen = new Set<Definition>();
    for (const view of facts.definitions.values()) {
      if (!isView(view) || isStatic(facts, view)) continue;
      for (const source of sourcesOf(facts, view)) {
        const read = readBy(facts, source, view);
        if (read === null || seen.has(read) || isStatic(facts, source)) continue;
        seen.add(read);
        const who = given(view, "name")?.constant;
        report({
          at: read.at,
          message: `${nameOf(source)} has no \`timestamp_field\`, and ${typeof who === "string" ? `the view \`${who}\`` : "a view"} reads it: nobody can tell which of its rows were known when.`,
          path: [step("source", view.at, "read here")],
        });
      }
    }
  },
});

/** Where a source should name its moment and does not: the source itself, or how it is kept; null where it does, or where that is not known. */
function readBy(facts: NotebookFacts, source: Definition, view: Definition): Definition | null {
  if (/^(File|BigQuery|Snowflake|Redshift|PostgreSQL|Spark|Trino|Athena|MsSqlServer)Source$/.test(source.is))
    return given(source, "timestamp_field", "event_timestamp_column") ? null : source;
  if (source.is !== "BatchSource" || !given(view, "aggregations", "features")) return null;
  const config = facts.definitions.get(given(source, "batch_config")?.reference ?? -1);
  if (!config || given(config, "timestamp_field", "timestamp_key") || given(view, "timestamp_field"))
    return null;
  return config;
}
