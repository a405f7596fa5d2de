import { good, note, rule } from "../../rule.ts";
import { joinedInputs, modelOf, pathOf, sideText } from "./joined-inputs.ts";

/** A join as of a moment takes the last row before it, however old. */
export const asOfNoTolerance = rule({
  id: "as-of-no-tolerance",
  kind: "join",
  tier: "extra",
  severity: "information",
  title: "Joined with a row of any age",
  why: "A value of last year stands where today's is missing, and looks the same. A feature that is served forgets it after its time to live.",
  instead:
    'Say how old a row may be: `tolerance=pd.Timedelta("7d")`, the time to live of the served feature.',
  source: "Feast, feature views: ttl; pandas, merge_asof",
  examples: [
    note(
      "however old the last measurement is",
      `
rides = pd.read_csv("rides.csv", parse_dates=["started"]).sort_values("started")
weather = pd.read_csv("weather.csv", parse_dates=["measured"]).sort_values("measured")
joined = pd.merge_asof(rides, weather, left_on="started", right_on="measured")
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ of any age
train, test = joined[:800], joined[800:]
model = SVC().fit(train[["rain"]], train["late"])
print(model.score(test[["rain"]], test["late"]))
`,
      "Each row of `rides.csv` gets the last row of `weather.csv` before its `started`, however old it is, and `SVC` learns from it.",
    ),
    good(
      "two hours old at most",
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
      "no model sees it",
      `
rides = pd.read_csv("rides.csv", parse_dates=["started"]).sort_values("started")
weather = pd.read_csv("weather.csv", parse_dates=["measured"]).sort_values("measured")
pd.merge_asof(rides, weather, left_on="started", right_on="measured").plot()
train, test = rides[:800], rides[800:]
model = SVC().fit(train[["price"]], train["late"])
print(model.score(test[["price"]], test["late"]))
`,
    ),
  ],
  check(facts, report) {
    for (const found of joinedInputs(facts, ({ asOf }) => asOf !== null && !asOf.hasTolerance)) {
      const { mark, join } = found;
      report({
        at: mark.at,
        message: `Each row of ${sideText(join.left, "the left side")} gets the last row of ${sideText(join.right, "the right side")} before its \`${join.asOf?.leftTime ?? "moment"}\`, however old it is, and ${modelOf(found)} learns from it.`,
        path: pathOf(facts, found, "joined without a limit"),
      });
    }
  },
});
