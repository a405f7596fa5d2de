import type { Mark } from "../../facts/values/mark.ts";
import { wholeOrderText } from "../../facts/values/time-order.ts";
import type { Fix } from "../../finding.ts";
import { bad, good, type NotebookFacts, note, rule } from "../../rule.ts";
import { filledText, fillInTime, laterFills, pathOf } from "./later-rows.ts";

/** What is missing is drawn between the value before and the one behind. */
export const interpolateTwoSided = rule({
  id: "interpolate-two-sided",
  kind: "later-rows",
  tier: "extra",
  severity: "warning",
  title: "Interpolated with the next value",
  why: "A line between two values is known once the second one is: when the model is asked, it is not.",
  instead: "Fill forward (`ffill()`) what a model learns from; interpolate what is only looked at.",
  source: "pandas, DataFrame.interpolate; Kapoor and Narayanan 2023, L3.1",
  examples: [
    bad(
      "gaps of a sorted series",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["price"] = df["price"].interpolate()
#             ^^^^^^^^^^^^^^^^^^^^^^^^^ the next value is not known yet
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
      "`price` of `sales.csv` is interpolated between the values around each gap (rows in the order of `day`), and the score of `Ridge` rests on it.",
    ),
    bad(
      "along the time of the index, cut in two by date",
      `
df = pd.read_csv("load.csv", parse_dates=["at"]).set_index("at")
df["wind"] = df["wind"].interpolate(method="time")
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the next value is not known yet
X_train, X_test, y_train, y_test = train_test_split(df[["wind"]], df["load"], shuffle=False)
print(Ridge().fit(X_train, y_train).score(X_test, y_test))
`,
      "`wind` of `load.csv` is interpolated between the values around each gap (rows in the order of `at`), and the score of `Ridge` rests on it.",
    ),
    note(
      "rows with a moment, in an order nobody knows",
      `
df = pd.read_csv("sales.csv", parse_dates=["day"])
df["price"] = df["price"].interpolate()
#             ^^^^^^^^^^^^^^^^^^^^^^^^^ if they are in time's order
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
      "`price` of `sales.csv` is interpolated between the values around each gap (which are rows in time if the table is in the order of `day`), and the score of `Ridge` rests on it.",
    ),
    good(
      "only carried on behind the last value, or forward",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["price"] = df["price"].interpolate(method="pad")
df["cost"] = df["cost"].interpolate(limit_area="outside")
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price", "cost"]], train["sold"])
print(model.score(test[["price", "cost"]], test["sold"]))
`,
    ),
    good(
      "only drawn",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["price"].interpolate().plot()
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
    ),
    good(
      "rows of people, who are in no order",
      `
df = pd.read_csv("people.csv")
df["age"] = df["age"].interpolate()
train, test = train_test_split(df)
model = SVC().fit(train[["age"]], train["ill"])
print(model.score(test[["age"]], test["ill"]))
`,
    ),
  ],
  check(facts, report) {
    for (const found of laterFills(facts, ({ label }) =>
      /^(interpolate|interpolate_by|nearest)$/.test(label),
    )) {
      const time = fillInTime(found.mark);
      if (!time) continue;
      const { order, along } = time;
      const [moment] = along.frame?.timeColumns ?? [];
      const rows = order
        ? `rows in the order of ${wholeOrderText(order, along.groups)}`
        : `which are rows in time if the table is in the order of \`${moment?.name}\``;
      report({
        at: found.mark.at,
        severity: order ? "warning" : "information",
        message: `${filledText(found)} interpolated between the values around each gap (${rows}), and the score of \`${found.evaluations[0]?.fit.model}\` rests on it.`,
        path: pathOf(facts, found),
        fixes: order ? fixesOf(facts, found.mark) : [],
      });
    }
  },
});

function fixesOf(facts: NotebookFacts, { at }: Mark): Fix[] {
  const text = facts.textOf(at);
  const newText = text.replace(/\.interpolate\([^()]*\)$/, ".ffill()");
  if (newText === text) return [];
  return [
    {
      title: "Fill from earlier rows; where there are none, values stay missing",
      kind: "suggestion",
      edits: [{ cellId: at.cell, range: at, newText }],
    },
  ];
}
