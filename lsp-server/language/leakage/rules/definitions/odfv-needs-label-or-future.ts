import { bad, good, rule, step } from "../../rule.ts";
import { isOnDemand } from "./transformations.ts";
import { fieldsOf, given } from "./views.ts";

/** A transformation asks the request for what the model is to predict. */
export const odfvNeedsLabelOrFuture = rule({
  id: "odfv-needs-label-or-future",
  kind: "feature-definition",
  tier: "extra",
  severity: "error",
  title: "A request that must bring the answer",
  why: "Whoever asks the model does not know the answer yet: in training the feature holds it, in production it is missing.",
  instead:
    "Take the field out of the request, and compute the feature from what is known when the model is asked.",
  source: "Kaufman et al. 2012, Leakage in Data Mining; Kapoor and Narayanan 2023, L2",
  examples: [
    bad(
      "the request holds the label of the training set",
      `
from feast import Field, FileSource, RequestSource
from feast.on_demand_feature_view import on_demand_feature_view
from lookback import TrainingSet

request = RequestSource(name="request", schema=[Field(name="amount", dtype=Float64), Field(name="is_fraud", dtype=Int64)])
#                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is what is asked for

@on_demand_feature_view(sources=[request], schema=[Field(name="weighted", dtype=Float64)])
def weighted(inputs):
    out = pd.DataFrame()
    out["weighted"] = inputs["amount"] * inputs["is_fraud"]
    return out

cases = FileSource(name="cases", path="cases.parquet", timestamp_field="ts")
training = TrainingSet(name="training", spine=cases, label="is_fraud", features=["weighted:weighted"])
`,
      "`weighted` asks the request for `is_fraud`, which is what is to be predicted.",
    ),
    good(
      "what is known with the request",
      `
from feast import Field, FileSource, RequestSource
from feast.on_demand_feature_view import on_demand_feature_view
from lookback import TrainingSet

request = RequestSource(name="request", schema=[Field(name="amount", dtype=Float64)])

@on_demand_feature_view(sources=[request], schema=[Field(name="rounded", dtype=Float64)])
def rounded(inputs):
    out = pd.DataFrame()
    out["rounded"] = inputs["amount"].round()
    return out

cases = FileSource(name="cases", path="cases.parquet", timestamp_field="ts")
training = TrainingSet(name="training", spine=cases, label="is_fraud", features=["rounded:rounded"])
`,
    ),
  ],
  check(facts, report) {
    const labels = new Set<string>();
    for (const one of facts.definitions.values()) {
      const label = one.is === "TrainingSet" ? given(one, "label")?.constant : null;
      if (typeof label === "string") labels.add(label);
    }
    for (const { target } of facts.fits.values()) if (target?.column) labels.add(target.column);
    for (const transformation of facts.transformations.values()) {
      if (!isOnDemand(transformation)) continue;
      const { definition, name } = transformation;
      for (const { reference } of given(definition, "sources")?.items ?? []) {
        const source = facts.definitions.get(reference);
        if (source?.is !== "RequestSource") continue;
        for (const [field, { call }] of fieldsOf(facts, given(source, "schema")) ?? [])
          if (labels.has(field))
            report({
              at: call,
              message: `\`${name}\` asks the request for \`${field}\`, which is what is to be predicted.`,
              path: [step("source", definition.at, definition.is)],
            });
      }
    }
  },
});
