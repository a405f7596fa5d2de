import type { Fit } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { bad, distinct, good, rule, step } from "../../rule.ts";

/** Training rows are asked for as of now: features as they stand today, beside answers of the past. */
export const labelTimeMissing = rule({
  id: "label-time-missing",
  kind: "join",
  tier: "core",
  severity: "error",
  title: "Training rows as of now",
  why: "The features are today's, the answers are old: what happened after each answer is among its features.",
  instead:
    "Give each row the moment at which its answer was to be predicted; now is for rows that are to be predicted now.",
  source: "Feast, point-in-time joins; Feast, feature retrieval",
  examples: [
    bad(
      "a training set of which every row is asked now",
      `
from datetime import datetime
labels = pd.read_csv("labels.csv")
labels["event_timestamp"] = datetime.now()
df = store.get_historical_features(entity_df=labels, features=["stats:trips"]).to_df()
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as they stand now
train, test = train_test_split(df)
model = SVC().fit(train[["trips"]], train["late"])
print(model.score(test[["trips"]], test["late"]))
`,
      "Rows of `labels.csv` get their features as they stand when the notebook runs (`get_historical_features`), not as of each row's own moment, and `SVC` learns from them.",
    ),
    bad(
      "joined as of now",
      `
labels, states = pd.read_csv("labels.csv"), pd.read_csv("states.csv", parse_dates=["seen"])
labels["at"] = pd.Timestamp.now().as_unit("ns")
df = pd.merge_asof(labels, states.sort_values("seen"), left_on="at", right_on="seen", by="user")
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as they stand now
train, test = df[:800], df[800:]
model = SVC().fit(train[["balance"]], train["paid"])
print(model.score(test[["balance"]], test["paid"]))
`,
      "Rows of `labels.csv` get their features as they stand when the notebook runs (`merge_asof`), not as of each row's own moment, and `SVC` learns from them.",
    ),
    good(
      "each row at its own moment",
      `
labels = pd.read_csv("labels.csv", parse_dates=["event_timestamp"])
df = store.get_historical_features(entity_df=labels, features=["stats:trips"]).to_df()
train, test = df[:800], df[800:]
model = SVC().fit(train[["trips"]], train["late"])
print(model.score(test[["trips"]], test["late"]))
`,
    ),
    good(
      "rows that are to be predicted now",
      `
from datetime import datetime
labels = pd.read_csv("labels.csv", parse_dates=["event_timestamp"])
df = store.get_historical_features(entity_df=labels, features=["stats:trips"]).to_df()
train, test = df[:800], df[800:]
model = SVC().fit(train[["trips"]], train["late"])
print(model.score(test[["trips"]], test["late"]))
waiting = pd.read_csv("waiting.csv")
waiting["event_timestamp"] = datetime.now()
asked = store.get_historical_features(entity_df=waiting, features=["stats:trips"]).to_df()
print(model.predict(asked[["trips"]]))
`,
    ),
    good(
      "an age, counted from now",
      `
people = pd.read_csv("people.csv", parse_dates=["born"])
people["age"] = pd.Timestamp.now() - people["born"]
train, test = train_test_split(people)
model = SVC().fit(train[["age"]], train["ill"])
print(model.score(test[["age"]], test["ill"]))
`,
    ),
  ],
  check(facts, report) {
    const found = new Map<string, { mark: Mark; fits: Fit[] }>();
    for (const fit of facts.fits.values())
      for (const mark of fit.inputs.marks.values()) {
        if (mark.kind !== "clock" || !mark.rows) continue;
        const key = `${mark.at.cell}:${mark.at.from}`;
        const entry = found.get(key) ?? { mark, fits: [] };
        entry.fits.push(fit);
        found.set(key, entry);
      }
    for (const { mark, fits } of found.values()) {
      const file = mark.rows?.tables.find((table) => table.startsWith("file:"))?.replace(/^file:(.*\/)?/, "");
      report({
        at: mark.at,
        message: `${file ? `Rows of \`${file}\`` : "Rows"} get their features as they stand when the notebook runs (\`${mark.label}\`), not as of each row's own moment, and \`${fits[0]?.model}\` learns from them.`,
        path: distinct([
          step("source", mark.at, `${mark.label} as of now`),
          ...fits.map((one) => step("fit", one.statement, `${one.model} is fitted`)),
        ]),
      });
    }
  },
});
