import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { bad, good, leaksOf, rule } from "../../rule.ts";
import { columnsWith, listed } from "../names.ts";
import { pathOf, scoresOf } from "../preparation/before-split.ts";
import { labelWindow } from "./label-window.ts";
import { tableText } from "./later-rows.ts";

/** What a key did while its answer was being made is counted among its features. */
export const labelWindowInFeatureWindow = rule({
  id: "label-window-in-feature-window",
  kind: "later-rows",
  tier: "core",
  severity: "error",
  title: "Features from the time of the answers",
  why: "Who buys in March has bought something in March: a sum that goes on into March holds the answer.",
  instead:
    "Cut the table at the moment from which the answers lie, and make the features of what is before it.",
  source: "Kapoor and Narayanan 2023, L3.1; Kaufman et al. 2012, Leakage in data mining",
  examples: [
    bad(
      "all that was ever spent, and whether something is spent from March on",
      `
spend = pd.read_csv("spend.csv", parse_dates=["ts"])
later = spend[spend["ts"] >= "2024-03-01"].groupby("user").amount.count()
users = spend.groupby("user").agg({"amount": "sum"})
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ March included
users["buys"] = later > 0
X_train, X_test, y_train, y_test = train_test_split(users[["amount"]], users["buys"])
print(SVC().fit(X_train, y_train).score(X_test, y_test))
`,
      "`amount` is `agg` of rows of `spend.csv` without an end, and the answers are made of those from `2024-03-01` on (by `ts`): they are in it; 1 score rests on it.",
    ),
    bad(
      "how often somebody came, and whether they came last before June",
      `
visits = pd.read_csv("visits.csv", parse_dates=["day"])
users = visits.groupby("user").agg({"pages": "sum"})
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ June included
users["gone"] = visits.groupby("user")["day"].max() < "2024-06-01"
X_train, X_test, y_train, y_test = train_test_split(users[["pages"]], users["gone"])
print(SVC().fit(X_train, y_train).score(X_test, y_test))
`,
      "`pages` is `agg` of rows of `visits.csv` without an end, and the answers are made of when each was there last (by `day`): they are in it; 1 score rests on it.",
    ),
    good(
      "what was spent before March",
      `
spend = pd.read_csv("spend.csv", parse_dates=["ts"])
later = spend[spend["ts"] >= "2024-03-01"].groupby("user").amount.count()
users = spend.query("ts < '2024-03-01'").groupby("user").agg({"amount": "sum"})
users["buys"] = later > 0
X_train, X_test, y_train, y_test = train_test_split(users[["amount"]], users["buys"])
print(SVC().fit(X_train, y_train).score(X_test, y_test))
`,
    ),
    good(
      "the answers come from another table",
      `
spend, churn = pd.read_csv("spend.csv", parse_dates=["ts"]), pd.read_csv("churn.csv")
users = spend.groupby("user").agg({"amount": "sum"}).reset_index().merge(churn, on="user")
X_train, X_test, y_train, y_test = train_test_split(users[["amount"]], users["churned"])
print(SVC().fit(X_train, y_train).score(X_test, y_test))
`,
    ),
    good(
      "only looked at",
      `
spend = pd.read_csv("spend.csv", parse_dates=["ts"])
print(spend.groupby("user").amount.sum())
users = spend[spend["ts"] < "2024-03-01"].groupby("user").agg({"amount": "sum"})
users["buys"] = spend[spend["ts"] >= "2024-03-01"].groupby("user").amount.count() > 0
X_train, X_test, y_train, y_test = train_test_split(users[["amount"]], users["buys"])
print(SVC().fit(X_train, y_train).score(X_test, y_test))
`,
    ),
  ],
  check(facts, report) {
    const isLeak = (mark: Mark, evaluation: Evaluation) =>
      (evaluation.isFolds || isScored(facts, evaluation)) && labelWindow(mark, evaluation) !== null;
    for (const { mark, evaluations } of leaksOf(facts, ({ fit }) => fit.inputs.marks, isLeak)) {
      const window = evaluations[0] && labelWindow(mark, evaluations[0]);
      if (!window) continue;
      const answers =
        window.from === null
          ? "when each was there last"
          : `those from \`${window.from.replace(/@.*$/, "")}\` on`;
      report({
        at: mark.at,
        message: `${listed(columnsWith(mark, evaluations)) ?? "What the models learn from"} is \`${mark.label}\` of rows${tableText(" of", mark)} without an end, and the answers are made of ${answers} (by \`${window.time}\`): they are in it; ${scoresOf(evaluations)}.`,
        path: pathOf(facts, mark, evaluations, `${mark.label} without an end`),
      });
    }
  },
});
