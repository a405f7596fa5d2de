import { didYouMean } from "../../../features/read/constructors/did-you-mean.ts";
import { bad, good, rule, step } from "../../rule.ts";
import { viewsAsked } from "./entity-key-mismatch.ts";
import { isOnDemand } from "./transformations.ts";
import { fieldsOf, given, nameOf } from "./views.ts";

/** A feature is named that nothing computes. */
export const featureNotInSchema = rule({
  id: "feature-not-in-schema",
  kind: "feature-definition",
  tier: "core",
  severity: "error",
  title: "A feature that nothing computes",
  why: "The column is missing when the features are asked for: the call fails, or the model learns from nothing.",
  instead: "Name the feature as it is computed, on both sides.",
  source: "Feast, FeatureView.schema and on-demand feature views",
  examples: [
    bad(
      "the function answers another name",
      `
from feast import Field
from feast.on_demand_feature_view import on_demand_feature_view

@on_demand_feature_view(sources=[trips], schema=[Field(name="fare_rounded", dtype=Float64)])
#                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is not in what it answers
def rounded(inputs):
    out = pd.DataFrame()
    out["rounded_fare"] = inputs["fare"].round()
    return out
`,
      "The schema of `rounded` has `fare_rounded`, which is not in what it answers: `rounded_fare`.",
    ),
    bad(
      "a misspelt reference",
      `
from datetime import timedelta
from feast import Entity, FeatureStore, FeatureView, Field, FileSource

driver = Entity(name="driver")
source = FileSource(name="trips", path="trips.parquet", timestamp_field="at")
stats = FeatureView(name="stats", entities=[driver], source=source, ttl=timedelta(days=1), schema=[Field(name="trips_today", dtype=Int64)])
df = FeatureStore(".").get_historical_features(entity_df=rows, features=["stats:tripz_today"]).to_df()
#                                                                        ^^^^^^^^^^^^^^^^^^^ nothing computes it
`,
      '`stats` has no feature `tripz_today`. Did you mean "trips_today"?',
    ),
    good(
      "both names are one",
      `
from datetime import timedelta
from feast import Entity, FeatureStore, FeatureView, Field, FileSource
from feast.on_demand_feature_view import on_demand_feature_view

driver = Entity(name="driver")
source = FileSource(name="trips", path="trips.parquet", timestamp_field="at")
stats = FeatureView(name="stats", entities=[driver], source=source, ttl=timedelta(days=1), schema=[Field(name="fare", dtype=Int64)])

@on_demand_feature_view(sources=[stats], schema=[Field(name="rounded_fare", dtype=Float64)])
def rounded(inputs):
    out = pd.DataFrame()
    out["rounded_fare"] = inputs["fare"].round()
    return out

df = FeatureStore(".").get_historical_features(entity_df=rows, features=["stats:fare", "rounded:rounded_fare"]).to_df()
`,
    ),
    good(
      "whatever it is given, it hands on",
      `
from feast import Field
from feast.on_demand_feature_view import on_demand_feature_view

@on_demand_feature_view(sources=[trips], schema=[Field(name="fare", dtype=Float64)])
def same(inputs):
    return inputs
`,
    ),
  ],
  check(facts, report) {
    for (const transformation of facts.transformations.values()) {
      const { definition, name, answers } = transformation;
      if (!isOnDemand(transformation)) continue;
      const names = answers.flatMap((answer) => answer.names ?? []);
      if (answers.length === 0 || answers.some((answer) => answer.names === null) || names.length === 0)
        continue;
      for (const [field, { call }] of fieldsOf(facts, given(definition, "schema", "features")) ?? []) {
        if (names.includes(field)) continue;
        report({
          at: call,
          message: `The schema of \`${name}\` has \`${field}\`, which is not in what it answers: ${[...new Set(names)].map((each) => `\`${each}\``).join(", ")}.`,
          path: [step("source", definition.at, definition.is)],
        });
      }
    }
    for (const asking of facts.definitions.values()) {
      if (!/^get_(historical|online)_features$/.test(asking.is)) continue;
      for (const { constant, at } of given(asking, "features")?.items ?? []) {
        const [view, feature] = String(constant).split(":");
        const of = viewsAsked(facts, asking).findLast((one) => given(one, "name")?.constant === view);
        const fields =
          of && !given(of, "aggregations") ? fieldsOf(facts, given(of, "schema", "features")) : null;
        if (!of || !fields || feature === undefined || fields.has(feature)) continue;
        report({
          at,
          message: `${nameOf(of)} has no feature \`${feature}\`.${didYouMean(feature, [...fields.keys()])}`,
          path: [step("source", of.at, of.is)],
        });
      }
    }
  },
});
