import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { orderText } from "../../facts/values/time-order.ts";
import type { Fix } from "../../finding.ts";
import { bad, good, leaksOf, type NotebookFacts, note, rule } from "../../rule.ts";
import { columnsWith, listed } from "../names.ts";
import { isStackedToAnswer, pathOf, preparationOf, reaches, scoresOf } from "../preparation/before-split.ts";
import { isOfLabelWindow } from "./label-window.ts";
import { tableText } from "./later-rows.ts";
import { joinedHistory, overHistory } from "./over-history.ts";

/** A statistic of everything a key ever did stands beside each of its rows, the early ones too. */
export const fullHistoryAggregate = rule({
  id: "full-history-aggregate",
  kind: "preprocessing",
  tier: "core",
  severity: "error",
  title: "A statistic of the whole history",
  why: "Each row is told what the same key did later, its own test rows included; when the model is asked, only the past is there.",
  instead:
    "Count what was before each row: `groupby(key)[column].transform(lambda s: s.shift().expanding().mean())`, or compute it from rows before the cut.",
  source: "Kapoor and Narayanan 2023, L3.1; Kaufman et al. 2012, Leakage in data mining",
  examples: [
    bad(
      "the mean of all payments of a user, beside each",
      `
df = pd.read_csv("payments.csv").sort_values("paid_at")
df["usual"] = df.groupby("user")["amount"].transform("mean")
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ later payments included
train, test = df[:800], df[800:]
model = SVC().fit(train[["usual"]], train["fraud"])
print(model.score(test[["usual"]], test["fraud"]))
`,
      "`usual` is `mean` of all rows of a `user` over `payments.csv`, later ones by `paid_at` included; 1 score rests on it.",
    ),
    bad(
      "looked up by key, and cut at a date afterwards",
      `
df = pd.read_csv("payments.csv", parse_dates=["paid_at"])
totals = df.groupby("user")["amount"].sum()
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ later payments included
df["total"] = df["user"].map(totals)
train, test = df[df["paid_at"] < "2024-01-01"], df[df["paid_at"] >= "2024-01-01"]
model = SVC().fit(train[["total"]], train["fraud"])
print(model.score(test[["total"]], test["fraud"]))
`,
      "`total` is `sum` of all rows of a `user` over `payments.csv`, later ones by `paid_at` included; 1 score rests on it.",
    ),
    bad(
      "all visits of a customer, joined to questions of different days",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
visits = pd.read_csv("visits.csv", parse_dates=["visited_at"])
counts = visits.groupby("customer").agg({"page": "count"}).reset_index()
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ later visits included
df = labels.merge(counts, on="customer")
train, test = df[:800], df[800:]
model = SVC().fit(train[["page"]], train["paid"])
print(model.score(test[["page"]], test["paid"]))
`,
      "`page` is `agg` of all rows of a `customer` over `visits.csv`, those after the `asked_at` of the row it is joined to included (by `visited_at`); 1 score rests on it.",
    ),
    bad(
      "in SQL, the earlier and the later ones of each",
      `
import duckdb
payments = pd.read_csv("payments.csv", parse_dates=["paid_at"])
df = duckdb.sql("SELECT *, AVG(amount) OVER (PARTITION BY user_id ORDER BY paid_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS usual FROM payments").df()
#                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ later payments included
train, test = df[:800], df[800:]
model = SVC().fit(train[["usual"]], train["fraud"])
print(model.score(test[["usual"]], test["fraud"]))
`,
      "`usual` is `avg` of all rows of a `user_id` over `payments.csv`, later ones by `paid_at` included; 1 score rests on it.",
    ),
    bad(
      "by a function of each group",
      `
df = pd.read_csv("payments.csv").sort_values("paid_at")
def peak(group):
    group["peak"] = group["amount"].max()
#                   ^^^^^^^^^^^^^^^^^^^^^ what came later, too
    return group
df = df.groupby("user").apply(peak)
train, test = df[df["paid_at"] < "2024-01-01"], df[df["paid_at"] >= "2024-01-01"]
SVC().fit(train[["peak"]], train["late"]).score(test[["peak"]], test["late"])
`,
      "`peak` is `max` of all rows of a `user` over `payments.csv`, later ones by `paid_at` included; 1 score rests on it.",
    ),
    bad(
      "all visits of a customer, looked up for questions of different days",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
visits = pd.read_csv("visits.csv", parse_dates=["visited_at"])
labels["visits"] = labels["customer"].map(visits.groupby("customer").size())
#                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ later visits included
train, test = labels[:800], labels[800:]
SVC().fit(train[["visits"]], train["paid"]).score(test[["visits"]], test["paid"])
`,
      "`visits` is `size` of all rows of a `customer` over `visits.csv`, those after the `asked_at` of the row it is joined to included (by `visited_at`); 1 score rests on it.",
    ),
    note(
      "all events of a customer, of a table that only its name tells of",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
counts = pd.read_csv("events.csv").groupby("customer").size().rename("seen").reset_index()
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ later events included
df = labels.merge(counts, on="customer")
train, test = df[:800], df[800:]
SVC().fit(train[["seen"]], train["paid"]).score(test[["seen"]], test["paid"])
`,
      "`seen` is `size` of all rows of a `customer` over `events.csv`, those after the `asked_at` of the row it is joined to included; 1 score rests on it. This rests on the table's name.",
    ),
    bad(
      "written where the last row of each user stands",
      `
df = pd.read_csv("payments.csv", parse_dates=["paid_at"])
df["flag"] = 0
df.loc[df["paid_at"] == df.groupby("user")["paid_at"].transform("max"), "flag"] = 1
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none comes later
train, test = df[df["paid_at"] < "2024-01-01"], df[df["paid_at"] >= "2024-01-01"]
SVC().fit(train[["flag"]], train["fraud"]).score(test[["flag"]], test["fraud"])
`,
      "`flag` is `max` of all rows of a `user` over `payments.csv`, later ones by `paid_at` included; 1 score rests on it.",
    ),
    bad(
      "whether it stands where the last of each user does",
      `
df = pd.read_csv("payments.csv", parse_dates=["paid_at"])
df["flag"] = df.index.isin(df.groupby("user")["paid_at"].idxmax())
#                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none comes later
train, test = df[df["paid_at"] < "2024-01-01"], df[df["paid_at"] >= "2024-01-01"]
SVC().fit(train[["flag"]], train["fraud"]).score(test[["flag"]], test["fraud"])
`,
      "`flag` is `idxmax` of all rows of a `user` over `payments.csv`, later ones by `paid_at` included; 1 score rests on it.",
    ),
    good(
      "the first row of each user, and the last one as a row to look at",
      `
df = pd.read_csv("payments.csv", parse_dates=["paid_at"]).sort_values("paid_at")
df["new"] = df["paid_at"] == df.groupby("user")["paid_at"].transform("min")
df["first"], df["again"] = df.groupby("user")["amount"].transform("first"), df.duplicated("user")
inputs = ["new", "first", "again"]
train, test = df[df["paid_at"] < "2024-01-01"], df[df["paid_at"] >= "2024-01-01"]
SVC().fit(train[inputs], train["fraud"]).score(test[inputs], test["fraud"])
isLast = df["paid_at"] == df.groupby("user")["paid_at"].transform("max")
train, test = df[~isLast], df[isLast]
SVC().fit(train[inputs], train["fraud"]).score(test[inputs], test["fraud"])
`,
    ),
    good(
      "what is no history by its name, some of its rows, and what belongs to one session",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
rooms = pd.read_csv("rooms.csv").groupby("customer").size().reset_index()
some = pd.read_csv("events.csv").query("before == 1").groupby("customer").size().reset_index()
own = pd.read_csv("session_events.csv").groupby("session_id").size().reset_index()
for df in [labels.merge(rooms, on="customer"), labels.merge(some, on="customer"), labels.merge(own, on="session_id")]:
    train, test = df[:800], df[800:]
    SVC().fit(train[["size"]], train["paid"]).score(test[["size"]], test["paid"])
`,
    ),
    good(
      "visits before the first question alone",
      `
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
visits = pd.read_csv("visits.csv", parse_dates=["visited_at"]).query("visited_at < '2024-01-01'")
counts = visits.groupby("customer").agg({"page": "count"}).reset_index()
df = labels.merge(counts, on="customer")
train, test = df[:800], df[800:]
model = SVC().fit(train[["page"]], train["paid"])
print(model.score(test[["page"]], test["paid"]))
`,
    ),
    good(
      "what was before each row",
      `
df = pd.read_csv("payments.csv").sort_values("paid_at")
df["usual"] = df.groupby("user")["amount"].transform(lambda s: s.shift().expanding().mean())
train, test = df[:800], df[800:]
model = SVC().fit(train[["usual"]], train["fraud"])
print(model.score(test[["usual"]], test["fraud"]))
`,
    ),
    good(
      "of the rows before the cut alone",
      `
df = pd.read_csv("payments.csv").sort_values("paid_at")
train, test = df[:800].copy(), df[800:].copy()
usual = train.groupby("user")["amount"].mean()
train["usual"], test["usual"] = train["user"].map(usual), test["user"].map(usual)
model = SVC().fit(train[["usual"]], train["fraud"])
print(model.score(test[["usual"]], test["fraud"]))
`,
    ),
    good(
      "only looked at",
      `
df = pd.read_csv("payments.csv").sort_values("paid_at")
df.groupby("user")["amount"].mean().plot(kind="bar")
train, test = df[:800], df[800:]
model = SVC().fit(train[["amount"]], train["fraud"])
print(model.score(test[["amount"]], test["fraud"]))
`,
    ),
  ],
  check(facts, report) {
    for (const { mark, evaluations } of leaksOf(facts, ({ fit }) => fit.inputs.marks, reaches)) {
      const history = overHistory(mark, evaluations);
      if (!history || preparationOf(facts, mark, evaluations) !== "history") continue;
      if (isStackedToAnswer(facts, mark, evaluations)) continue;
      report({
        at: mark.at,
        message: `${subjectOf(mark, evaluations)} is \`${mark.label}\` of all rows of a \`${history.keys.join(", ")}\`${tableText(" over", mark)}, later ones by ${orderText(history.time)} included; ${scoresOf(evaluations)}.`,
        path: pathOf(
          facts,
          mark,
          evaluations,
          `${mark.label} of each ${history.keys.join(", ")}, over all time`,
        ),
        fixes: fixesOf(facts, mark),
      });
    }
    const isJoined = (mark: Mark, evaluation: Evaluation) =>
      (evaluation.isFolds || isScored(facts, evaluation)) && joinedHistory(mark, evaluation) !== null;
    for (const { mark, evaluations } of leaksOf(facts, ({ fit }) => fit.inputs.marks, isJoined)) {
      const history = evaluations[0] && joinedHistory(mark, evaluations[0]);
      if (!history || isOfLabelWindow(mark, evaluations)) continue;
      const { time, isTyped } = history;
      const basis = isTyped ? "" : ` This rests on the ${time === null ? "table's name" : "columns' names"}.`;
      report({
        at: mark.at,
        severity: isTyped ? "error" : time === null ? "information" : "warning",
        message: `${subjectOf(mark, evaluations)} is \`${mark.label}\` of all rows of a \`${history.keys.join(", ")}\`${tableText(" over", mark)}, those after the \`${history.at}\` of the row it is joined to included${time === null ? "" : ` (by ${orderText(time)})`}; ${scoresOf(evaluations)}.${basis}`,
        path: pathOf(
          facts,
          mark,
          evaluations,
          `${mark.label} of each ${history.keys.join(", ")}, over all time`,
        ),
      });
    }
  },
});

function subjectOf(mark: Mark, evaluations: readonly Evaluation[]): string {
  return listed(columnsWith(mark, evaluations)) ?? "What the models learn from";
}

/** The same of the rows before each. */
function fixesOf(facts: NotebookFacts, { at }: Mark): Fix[] {
  const text = facts.textOf(at);
  const newText = text.replace(
    /\.transform\(\s*(["'])(mean|sum|min|max|count|std|median)\1\s*\)$/,
    ".transform(lambda s: s.shift().expanding().$2())",
  );
  if (newText === text) return [];
  return [
    {
      title: "Of the rows before each alone",
      kind: "automatic",
      edits: [{ cellId: at.cell, range: at, newText }],
    },
  ];
}
