import { bad, good, rule } from "../../rule.ts";
import { joinedInputs, modelOf, pathOf, sideText } from "./joined-inputs.ts";

/** Rows are joined by when they were last written, not by when what they say happened. */
export const updatedAtAsEventTime = rule({
  id: "updated-at-as-event-time",
  kind: "join",
  tier: "named",
  severity: "warning",
  title: "The time of the last change taken for the time of the event",
  why: "A row that was corrected later moves to that later moment: what was known before is gone, and rows that never changed are favored.",
  instead:
    "Join by when it happened (`event_time`), and keep every version of a row with the time from which it was known.",
  source: "Feast, data sources: timestamp_field and created_timestamp_column; Kaufman et al. 2012",
  examples: [
    bad(
      "by the last change of an account",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"]).sort_values("asked_at")
accounts = pd.read_csv("accounts.csv", parse_dates=["updated_at"]).sort_values("updated_at")
joined = pd.merge_asof(labels, accounts, left_on="asked_at", right_on="updated_at", by="user")
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the last change
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["balance"]], train["paid"])
print(model.score(test[["balance"]], test["paid"]))
`,
      "Rows of `accounts.csv` are joined by `updated_at`, which is when each was last written, not when what it says happened, and `SVC` learns from them. This rests on the column's name.",
    ),
    good(
      "by when it happened",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"]).sort_values("asked_at")
accounts = pd.read_csv("accounts.csv", parse_dates=["event_ts"]).sort_values("event_ts")
joined = pd.merge_asof(labels, accounts, left_on="asked_at", right_on="event_ts", by="user")
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["balance"]], train["paid"])
print(model.score(test[["balance"]], test["paid"]))
`,
    ),
    good(
      "by when it was known: late rows stay late",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"]).sort_values("asked_at")
accounts = pd.read_csv("accounts.csv", parse_dates=["ingested_at"]).sort_values("ingested_at")
joined = pd.merge_asof(labels, accounts, left_on="asked_at", right_on="ingested_at", by="user")
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["balance"]], train["paid"])
print(model.score(test[["balance"]], test["paid"]))
`,
    ),
    good(
      "the change is what is to be predicted",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"]).sort_values("asked_at")
accounts = pd.read_csv("accounts.csv", parse_dates=["updated_at"]).sort_values("updated_at")
accounts = accounts[["user", "updated_at", "balance"]]
joined = pd.merge_asof(labels, accounts, left_on="asked_at", right_on="updated_at", by="user")
train, test = joined[:800], joined[800:]
model = Ridge().fit(train[["age"]], train["balance"])
print(model.score(test[["age"]], test["balance"]))
`,
    ),
  ],
  check(facts, report) {
    for (const found of joinedInputs(facts, ({ asOf }) => isOfChange(asOf?.rightTime ?? null))) {
      const { mark, join } = found;
      report({
        at: mark.at,
        severity: found.isPerhapsOfTarget ? "information" : "warning",
        message: `Rows of ${sideText(join.right, "the right side")} are joined by \`${join.asOf?.rightTime}\`, which is when each was last written, not when what it says happened, and ${modelOf(found)} learns from them. This rests on the column's name.`,
        path: pathOf(facts, found, `joined by ${join.asOf?.rightTime}`),
      });
    }
  },
});

/** Named like the moment of a row's last change. That of its arrival is the moment from which it is known: later rows stay later. */
function isOfChange(name: string | null): boolean {
  return (
    name !== null &&
    /^(last_?)?(updated?|modified|changed|edited)(_?(at|on|ts|time|date|timestamp|utc))?$|^(update|modification|change)_?(ts|time|date|timestamp)$/i.test(
      name,
    )
  );
}
