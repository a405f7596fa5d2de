import type { Fix } from "../../finding.ts";
import { withArgument } from "../../fixes/call-text.ts";
import type { Place } from "../../ir.ts";
import { bad, good, type NotebookFacts, note, rule } from "../../rule.ts";
import { joinedInputs, modelOf, pathOf, sideText } from "./joined-inputs.ts";

/** A join as of a moment looks forward from it. */
export const asOfWrongDirection = rule({
  id: "as-of-wrong-direction",
  kind: "join",
  tier: "core",
  severity: "error",
  title: "Joined with what came later",
  why: "A row that is later than the moment of prediction has not been written then: the score speaks of a model that waits for it.",
  instead: 'Look back: `direction="backward"`, which pandas and polars do unless they are told otherwise.',
  source: "pandas, merge_asof; polars, join_asof; Kapoor and Narayanan 2023, L3.1",
  examples: [
    bad(
      "the nearest measurement, before or after",
      `
rides = pd.read_csv("rides.csv", parse_dates=["started"]).sort_values("started")
weather = pd.read_csv("weather.csv", parse_dates=["measured"]).sort_values("measured")
joined = pd.merge_asof(rides, weather, left_on="started", right_on="measured", direction="nearest")
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ may be measured later
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["rain"]], train["late"])
print(model.score(test[["rain"]], test["late"]))
`,
      'Each row of `rides.csv` gets the row of `weather.csv` that is nearest to its `started`, a later one too (`direction="nearest"`), and `SVC` learns from it.',
    ),
    bad(
      "polars, forward",
      `
import polars as pl
rides, weather = pl.read_csv("rides.csv").sort("started"), pl.read_csv("weather.csv").sort("measured")
joined = rides.join_asof(weather, left_on="started", right_on="measured", strategy="forward")
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is measured later
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["rain"]], train["late"])
print(model.score(test[["rain"]], test["late"]))
`,
      'Each row of `rides.csv` gets the first row of `weather.csv` from its `started` on, a later one (`strategy="forward"`), and `SVC` learns from it.',
    ),
    note(
      "forward, perhaps to find what is to be predicted: no column is known",
      `
visits = pd.read_csv("visits.csv", parse_dates=["seen"]).sort_values("seen")
orders = pd.read_csv("orders.csv", parse_dates=["ordered"]).sort_values("ordered")
joined = pd.merge_asof(visits, orders, left_on="seen", right_on="ordered", by="user", direction="forward")
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ which columns come from it?
train, test = joined[:800], joined[800:]
model = Ridge().fit(train[["pages"]], train["amount"])
print(model.score(test[["pages"]], test["amount"]))
`,
      'Each row of `visits.csv` gets the first row of `orders.csv` from its `seen` on, a later one (`direction="forward"`), and `Ridge` learns from it.',
    ),
    good(
      "what was measured last",
      `
rides = pd.read_csv("rides.csv", parse_dates=["started"]).sort_values("started")
weather = pd.read_csv("weather.csv", parse_dates=["measured"]).sort_values("measured")
joined = pd.merge_asof(rides, weather, left_on="started", right_on="measured", tolerance=pd.Timedelta("2h"))
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["rain"]], train["late"])
print(model.score(test[["rain"]], test["late"]))
`,
    ),
    good(
      "forward, to find what is to be predicted",
      `
visits = pd.read_csv("visits.csv", parse_dates=["seen"]).sort_values("seen")
orders = pd.read_csv("orders.csv", parse_dates=["ordered"]).sort_values("ordered")[["user", "ordered", "amount"]]
joined = pd.merge_asof(visits, orders, left_on="seen", right_on="ordered", by="user", direction="forward")
train, test = joined[:800], joined[800:]
model = Ridge().fit(train[["pages"]], train["amount"])
print(model.score(test[["pages"]], test["amount"]))
`,
    ),
  ],
  check(facts, report) {
    for (const found of joinedInputs(facts, ({ asOf }) => asOf !== null && asOf.direction !== "backward")) {
      const { mark, join } = found;
      const direction = join.asOf?.direction ?? "forward";
      const name = /\bstrategy\s*=/.test(facts.textOf(mark.at)) ? "strategy" : "direction";
      const row = `row of ${sideText(join.right, "the right side")}`;
      const time = `its \`${join.asOf?.leftTime ?? "moment"}\``;
      const which =
        direction === "nearest"
          ? `the ${row} that is nearest to ${time}, a later one too`
          : `the first ${row} from ${time} on, a later one`;
      report({
        at: mark.at,
        severity: found.isPerhapsOfTarget && direction === "forward" ? "information" : "error",
        message: `Each row of ${sideText(join.left, "the left side")} gets ${which} (${join.written ? `\`${name}="${direction}"\`` : "by the test of its `ASOF JOIN`"}), and ${modelOf(found)} learns from it.`,
        path: pathOf(facts, found, `joined ${direction}`),
        about: { mark },
        fixes: join.written ? fixesOf(facts, mark.at, name) : [],
      });
    }
  },
});

function fixesOf(facts: NotebookFacts, at: Place, name: string): Fix[] {
  const newText = withArgument(facts.textOf(at), name, '"backward"');
  if (newText === null) return [];
  return [{ title: "Look back", kind: "automatic", edits: [{ cellId: at.cell, range: at, newText }] }];
}
