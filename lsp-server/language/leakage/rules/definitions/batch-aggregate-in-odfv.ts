import { bad, good, rule, step } from "../../rule.ts";
import { isOnDemand } from "./transformations.ts";

/** A statistic of all rows, where one row comes at a time when the model is asked. */
export const batchAggregateInOdfv = rule({
  id: "batch-aggregate-in-odfv",
  kind: "feature-definition",
  tier: "core",
  severity: "error",
  title: "A statistic of many rows in a transformation of one",
  why: "In training it is taken over the whole training set, test rows and later ones included; when the model is asked it is taken over the one row that came.",
  instead:
    "Compute from the row alone, with numbers that were learned before; a statistic of many rows belongs into a batch view, or into the model's own pipeline.",
  source: "Feast, on-demand feature views; feast-dev/feast issue 4479",
  examples: [
    bad(
      "a distance from the mean",
      `
from feast import Field
from feast.on_demand_feature_view import on_demand_feature_view

@on_demand_feature_view(sources=[trips], schema=[Field(name="z", dtype=Float64)])
def standardized(inputs):
    out = pd.DataFrame()
    out["z"] = inputs["fare"] - inputs["fare"].mean()
#                               ^^^^^^^^^^^^^^^^^^^^^ of one row it is the row itself
    return out
`,
      "`standardized` answers `mean` of all rows that it is given: in training those are all rows, when the model is asked it is one.",
    ),
    bad(
      "a rank among the rows that came",
      `
from tecton import realtime_feature_view

@realtime_feature_view(sources=[request, trips], mode="pandas", features=features)
def ranked(request, trips):
    trips["rank"] = trips["fare"].rank(pct=True)
#                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ of one row it is always the first
    return trips
`,
      "`ranked` answers `rank` of all rows that it is given: in training those are all rows, when the model is asked it is one.",
    ),
    good(
      "from the row alone",
      `
from feast import Field
from feast.on_demand_feature_view import on_demand_feature_view

@on_demand_feature_view(sources=[trips], schema=[Field(name="z", dtype=Float64)])
def standardized(inputs):
    out = pd.DataFrame()
    out["z"] = (inputs["fare"] - 12.5) / 3.1
    return out
`,
    ),
    good(
      "a batch view computes over many rows",
      `
from tecton import batch_feature_view

@batch_feature_view(sources=[trips], mode="pandas", aggregation_interval=day)
def daily(trips):
    return trips.groupby("driver").agg({"fare": "mean"}).reset_index()
`,
    ),
  ],
  check(facts, report) {
    for (const transformation of facts.transformations.values()) {
      if (!isOnDemand(transformation)) continue;
      const { name, definition, answers } = transformation;
      const seen = new Set<string>();
      for (const answer of answers)
        for (const mark of answer.marks.values()) {
          const key = `${mark.at.cell}:${mark.at.from}`;
          const isOfInput = mark.rows?.tables.some((table) => table.startsWith("argument:"));
          if (mark.kind !== "statistic" || !isOfInput || seen.has(key)) continue;
          seen.add(key);
          report({
            at: mark.at,
            message: `\`${name}\` answers \`${mark.label}\` of all rows that it is given: in training those are all rows, when the model is asked it is one.`,
            path: [step("source", definition.at, definition.is)],
          });
        }
    }
  },
});
