import type { InnerCall, Transformation } from "../../facts/definitions/definition.ts";
import { bad, good, rule, step } from "../../rule.ts";
import { definingQueries, isOnDemand, selectsOf, termsOf } from "./transformations.ts";

/** A feature that is another one each time it is computed. */
export const nondeterministicTransformation = rule({
  id: "nondeterministic-transformation",
  kind: "feature-definition",
  tier: "extra",
  severity: "error",
  title: "A feature that chance or a network decides",
  why: "What the model learned from and what it is given when it is asked are computed apart: here they are two different values.",
  instead:
    "Compute from the row alone: a hash of its key in place of chance, and what stands elsewhere as a source of its own.",
  source: "Feast, on-demand feature views: the same code runs online and offline",
  examples: [
    bad(
      "a random number for each row",
      `
import numpy as np
from feast import Field
from feast.on_demand_feature_view import on_demand_feature_view

@on_demand_feature_view(sources=[people], schema=[Field(name="noise", dtype=Float64)])
def noise(inputs):
    out = pd.DataFrame()
    out["noise"] = np.random.rand(len(inputs))
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ another number each time
    return out
`,
      "`noise` calls `np.random.rand(len(inputs))`: its feature is another value each time it is computed.",
    ),
    bad(
      "a web page",
      `
import requests
from tecton import realtime_feature_view

@realtime_feature_view(sources=[request], mode="python", features=features)
def rate(request):
    return {"rate": requests.get("https://example.com/rate").json()["rate"]}
#                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as it is when it is asked
`,
      '`rate` calls `requests.get("https://example.com/rate")`: its feature is whatever stands there when it is computed, another day another value.',
    ),
    good(
      "a generator with a seed",
      `
import numpy as np
from feast import Field
from feast.on_demand_feature_view import on_demand_feature_view

@on_demand_feature_view(sources=[people], schema=[Field(name="bucket", dtype=Int64)])
def bucket(inputs):
    out = pd.DataFrame()
    out["noise"] = np.random.default_rng(7).random(len(inputs))
    out["bucket"] = pd.util.hash_pandas_object(inputs["id"]) % 10
    return out
`,
    ),
    good(
      "chance outside of any feature",
      `
import numpy as np
from feast import Field, FeatureView

def jitter(n):
    return np.random.rand(n)

print(jitter(3))
`,
    ),
  ],
  check(facts, report) {
    for (const transformation of facts.transformations.values()) {
      const { name, definition, calls } = transformation;
      const isSeeded = [...calls.values()].some(isSeed);
      for (const call of calls.values()) {
        const why = reasonOf(call, transformation, isSeeded);
        if (why === null) continue;
        report({
          at: call.at,
          severity: why === "chance" ? "error" : "warning",
          message: `\`${name}\` calls \`${facts.textOf(call.at)}\`: its feature is ${why === "chance" ? "another value each time it is computed" : "whatever stands there when it is computed, another day another value"}.`,
          path: [step("source", definition.at, definition.is)],
        });
      }
    }
    for (const { asked, of } of definingQueries(facts))
      for (const call of selectsOf(asked.query).flatMap((select) =>
        termsOf(select).flatMap(({ calls }) => calls),
      ))
        if (
          /^(random|rand|randn|uuid|gen_random_uuid|generate_uuid|newid)$/.test(call.name) &&
          call.args.length === 0
        )
          report({
            at: asked.place(call.at),
            message: `The query of ${of} asks for \`${asked.written(call.at)}\`: its feature is another value each time it is computed.`,
            path: [],
          });
  },
});

function reasonOf(
  { path, constants }: InnerCall,
  of: Transformation,
  isSeeded: boolean,
): "chance" | "elsewhere" | null {
  if (/^uuid\.uuid[14]$|^secrets\./.test(path)) return "chance";
  if (/^(numpy\.random|random)\./.test(path) && !isSeeded)
    return /\.(default_rng|RandomState|Random|Generator|seed)$/.test(path) && constants.length > 0
      ? null
      : "chance";
  if (/^(requests|httpx|urllib\.request|urllib3|aiohttp)\.\w+$/.test(path)) return "elsewhere";
  return isOnDemand(of) && /^(open|pandas\.read_\w+|polars\.read_\w+)$/.test(path) ? "elsewhere" : null;
}

function isSeed({ path, constants }: InnerCall): boolean {
  return /^(numpy\.random|random)\.seed$/.test(path) && typeof constants[0] === "number";
}
