import type { Definition } from "../../facts/definitions/definition.ts";
import { bad, good, type NotebookFacts, rule, step } from "../../rule.ts";
import { given, nameOf } from "./views.ts";

/** The rows that features are asked for do not hold the key that the features go by. */
export const entityKeyMismatch = rule({
  id: "entity-key-mismatch",
  kind: "feature-definition",
  tier: "extra",
  severity: "error",
  title: "Rows without the key of their features",
  why: "The join finds nothing by a column that is not there: it fails, or every feature is missing.",
  instead:
    "Name the column as the entity's join key does, on either side; `join_key_map` ties two names of one key.",
  source: "Feast, Entity.join_keys and get_historical_features",
  examples: [
    bad(
      "a table of rows names its key differently",
      `
from datetime import timedelta
from feast import Entity, FeatureStore, FeatureView, Field, FileSource

driver = Entity(name="driver", join_keys=["driver_id"])
source = FileSource(name="trips", path="trips.parquet", timestamp_field="at")
trips = FeatureView(name="trips", entities=[driver], source=source, ttl=timedelta(days=1), schema=[Field(name="n", dtype=Int64)])
rows = pd.DataFrame({"driver": [1], "event_timestamp": [now]})
df = FeatureStore(".").get_historical_features(entity_df=rows, features=["trips:n"]).to_df()
#                                                        ^^^^ has no driver_id
`,
      "`trips` goes by `driver_id`, and the rows that it is asked for have no such column.",
    ),
    good(
      "the key has one name",
      `
from datetime import timedelta
from feast import Entity, FeatureStore, FeatureView, Field, FileSource

driver = Entity(name="driver", join_keys=["driver_id"])
source = FileSource(name="trips", path="trips.parquet", timestamp_field="at")
trips = FeatureView(name="trips", entities=[driver], source=source, ttl=timedelta(days=1), schema=[Field(name="n", dtype=Int64)])
rows = pd.DataFrame({"driver_id": [1], "event_timestamp": [now]})
df = FeatureStore(".").get_historical_features(entity_df=rows, features=["trips:n"]).to_df()
`,
    ),
  ],
  check(facts, report) {
    for (const asking of facts.definitions.values()) {
      const rows = asking.is === "get_historical_features" ? given(asking, "entity_df") : null;
      if (!rows?.columns) continue;
      for (const view of viewsAsked(facts, asking)) {
        const missing = keysOf(facts, view).filter((key) => !rows.columns?.includes(key));
        if (missing.length === 0) continue;
        report({
          at: rows.at,
          message: `${nameOf(view)} goes by ${missing.map((key) => `\`${key}\``).join(", ")}, and the rows that it is asked for have no such column.`,
          path: [step("source", view.at, view.is)],
        });
      }
    }
  },
});

/** The views that features are asked of, as far as they are defined here. */
export function viewsAsked(facts: NotebookFacts, asking: Definition): Definition[] {
  const names = new Set(
    (given(asking, "features")?.items ?? []).map(({ constant }) => String(constant).split(":")[0]),
  );
  return [...facts.definitions.values()].filter(
    (one) => /FeatureView$/.test(one.is) && names.has(String(given(one, "name")?.constant)),
  );
}

/** The columns that a view's entities go by; none where that is not known, or where names are tied to others. */
function keysOf(facts: NotebookFacts, view: Definition): string[] {
  return (given(view, "entities")?.items ?? []).flatMap(({ reference }) => {
    const entity = facts.definitions.get(reference);
    if (entity?.is !== "Entity") return [];
    const keys = given(entity, "join_keys")?.items?.map(({ constant }) => constant) ?? [
      given(entity, "name")?.constant,
    ];
    return keys.filter((key) => typeof key === "string");
  });
}
