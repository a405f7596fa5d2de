import type { Mark } from "../../facts/values/mark.ts";
import type { Fix } from "../../finding.ts";
import { bad, good, type NotebookFacts, rule } from "../../rule.ts";
import { type LaterValue, laterValues, pathOf } from "./later-rows.ts";

/** A feature holds what a later row says, which nobody knows when the model is asked. */
export const negativeShiftFeature = rule({
  id: "negative-shift-feature",
  kind: "later-rows",
  tier: "core",
  severity: "error",
  title: "A feature from a later row",
  why: "When the model is asked, that row has not happened yet: the score speaks of a model that sees the future.",
  instead:
    "Shift forward (`shift(1)`): each row then sees what was known before it. Backward is for the target alone.",
  source: "Kapoor and Narayanan 2023, L3.1; pandas, DataFrame.shift",
  examples: [
    bad(
      "the next price among the features",
      `
df = pd.read_csv("prices.csv").sort_values("day")
df["next"] = df["price"].shift(-1)
#            ^^^^^^^^^^^^^^^^^^^^^ has not happened yet
train, test = df[:800], df[800:]
model = Ridge().fit(train[["next", "volume"]], train["up"])
print(model.score(test[["next", "volume"]], test["up"]))
`,
      "`next` holds what a later row says (`shift`), and `Ridge` learns from it: nobody knows it when the model is asked.",
    ),
    bad(
      "the change to the next row",
      `
df = pd.read_csv("prices.csv")
df = df.assign(change=df["price"].pct_change(-1))
#                     ^^^^^^^^^^^^^^^^^^^^^^^^^^ has not happened yet
X_train, X_test, y_train, y_test = train_test_split(df[["change"]], df["up"], shuffle=False)
print(Ridge().fit(X_train, y_train).score(X_test, y_test))
`,
      "`change` holds what a later row says (`pct_change`), and `Ridge` learns from it: nobody knows it when the model is asked.",
    ),
    bad(
      "the next volume, by an array without its first value",
      `
df = pd.read_csv("prices.csv").sort_values("day")
volume = df["volume"].values
df["next"] = np.append(volume[1:], np.nan)
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has not happened yet
train, test = df[:800], df[800:]
model = Ridge().fit(train[["next"]], train["up"])
print(model.score(test[["next"]], test["up"]))
`,
      "`next` holds what a later row says (`append`), and `Ridge` learns from it: nobody knows it when the model is asked.",
    ),
    bad(
      "the next volume, rolled back",
      `
df = pd.read_csv("prices.csv").sort_values("day")
df["next"] = np.roll(df["volume"], -1)
#            ^^^^^^^^^^^^^^^^^^^^^^^^^ has not happened yet
train, test = df[:800], df[800:]
model = Ridge().fit(train[["next"]], train["up"])
print(model.score(test[["next"]], test["up"]))
`,
      "`next` holds what a later row says (`roll`), and `Ridge` learns from it: nobody knows it when the model is asked.",
    ),
    bad(
      "polars, of several columns, under their own names and under new ones",
      `
import polars as pl
df = pl.read_csv("weather.csv").sort("day")
df = df.with_columns(pl.col("warmth", "wind").shift(-1).name.suffix("_next"))
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tomorrow's
df = df.with_columns(pl.col(["rain", "sun"]).shift(-1).name.keep())
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tomorrow's
train, test = df[:800], df[800:]
inputs = ["warmth_next", "rain"]
model = Ridge().fit(train[inputs], train["sold"])
print(model.score(test[inputs], test["sold"]))
`,
      "`warmth_next` holds what a later row says (`shift`), and `Ridge` learns from it: nobody knows it when the model is asked.",
      "`rain` holds what a later row says (`shift`), and `Ridge` learns from it: nobody knows it when the model is asked.",
    ),
    bad(
      "renamed all at once",
      `
df = pd.read_csv("weather.csv").sort_values("day")
after = df[["warmth", "wind"]].shift(-1).add_suffix("_next")
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tomorrow's
df = pd.concat([df, after], axis=1)
train, test = df[:800], df[800:]
model = Ridge().fit(train[["warmth_next"]], train["sold"])
print(model.score(test[["warmth_next"]], test["sold"]))
`,
      "`warmth_next` holds what a later row says (`shift`), and `Ridge` learns from it: nobody knows it when the model is asked.",
    ),
    bad(
      "whether none of the same user comes later",
      `
df = pd.read_csv("visits.csv").sort_values("day")
df["last"] = ~df.duplicated("user", keep="last")
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ looks behind the row
train, test = df[:800], df[800:]
SVC().fit(train[["last"]], train["bought"]).score(test[["last"]], test["bought"])
`,
      "`last` holds what a later row says (`duplicated`), and `SVC` learns from it: nobody knows it when the model is asked.",
    ),
    bad(
      "how many of the same user are still to come",
      `
df = pd.read_csv("visits.csv").sort_values("day")
df["left"] = df.groupby("user").cumcount(ascending=False)
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ counts those behind the row
train, test = df[:800], df[800:]
SVC().fit(train[["left"]], train["bought"]).score(test[["left"]], test["bought"])
`,
      "`left` holds what a later row says (`cumcount`), and `SVC` learns from it: nobody knows it when the model is asked.",
    ),
    good(
      "how many of the same user were before, and the last row of each to look at",
      `
df = pd.read_csv("visits.csv").sort_values("day")
df["nth"], df["again"] = df.groupby("user").cumcount(), df.duplicated("user")
inputs = ["nth", "again"]
train, test = df[:800], df[800:]
SVC().fit(train[inputs], train["bought"]).score(test[inputs], test["bought"])
newest = df[~df.duplicated("user", keep="last")]
train, test = newest[:800], newest[800:]
SVC().fit(train[inputs], train["bought"]).score(test[inputs], test["bought"])
`,
    ),
    good(
      "polars, the earlier row of several columns, and the columns beside those that were shifted",
      `
import polars as pl
df = pl.read_csv("weather.csv").sort("day")
df = df.with_columns(pl.col("warmth", "wind").shift(1).name.suffix("_before"))
df = df.with_columns(pl.col("rain", "sun").shift(-1).name.prefix("next_"))
train, test = df[:800], df[800:]
inputs = ["warmth_before", "rain"]
model = Ridge().fit(train[inputs], train["sold"])
print(model.score(test[inputs], test["sold"]))
`,
    ),
    good(
      "the volume before, by an array without its last value",
      `
df = pd.read_csv("prices.csv").sort_values("day")
volume = df["volume"].values
df["before"] = np.append(np.nan, volume[:-1])
df["also"] = np.roll(df["volume"], 1)
train, test = df[:800], df[800:]
model = Ridge().fit(train[["before", "also"]], train["up"])
print(model.score(test[["before", "also"]], test["up"]))
`,
    ),
    good(
      "the next price is what is to be predicted",
      `
df = pd.read_csv("prices.csv").sort_values("day")
df["next"] = df["price"].shift(-1)
df["last"] = df["price"].shift(1)
train, test = df[:800], df[800:]
model = Ridge().fit(train[["last", "price"]], train["next"])
print(model.score(test[["last", "price"]], test["next"]))
`,
    ),
    good(
      "the target stands last, and is cut off by its place",
      `
df = pd.read_csv("prices.csv").sort_values("day")
df["next"] = df["price"].shift(-1)
train, test = df[:800], df[800:]
model = Ridge().fit(train.iloc[:, :-1], train.iloc[:, -1])
print(model.score(test.iloc[:, :-1], test.iloc[:, -1]))
`,
    ),
  ],
  check(facts, report) {
    for (const found of laterValues(facts, ({ label }) => shifts.has(label)))
      report({
        at: found.mark.at,
        message: `\`${found.column}\` holds what a later row says (\`${found.mark.label}\`), and \`${found.evaluations[0]?.fit.model}\` learns from it: nobody knows it when the model is asked.`,
        path: pathOf(facts, found),
        fixes: makesAnswers(found) ? [] : fixesOf(facts, found.mark),
      });
  },
});

/** Calls that take a value of a later row when told to go backward. */
const shifts: ReadonlySet<string> = new Set([
  "append",
  "concatenate",
  "cumcount",
  "diff",
  "duplicated",
  "hstack",
  "pct_change",
  "roll",
  "shift",
]);

/** Whether what is to be predicted is made of it: taken from an earlier row, the answers would be others, and could be told from the features. */
function makesAnswers({ mark, evaluations }: LaterValue): boolean {
  return evaluations.some(({ fit }) => fit.target?.marks.has(mark.id) === true);
}

/** `shift(-1)`: forward instead. */
function fixesOf(facts: NotebookFacts, { at, label }: Mark): Fix[] {
  const text = facts.textOf(at);
  const written = /\(\s*(?:periods\s*=\s*)?(-)\d+/.exec(text);
  if (!written || text.includes("\n")) return [];
  const place = at.start.character + written.index + written[0].indexOf("-");
  const { line } = at.start;
  return [
    {
      title: `Take the earlier row: ${label} forward`,
      kind: "suggestion",
      edits: [
        {
          cellId: at.cell,
          range: { start: { line, character: place }, end: { line, character: place + 1 } },
          newText: "",
        },
      ],
    },
  ];
}
