import type { Mark } from "../../facts/values/mark.ts";
import { wholeOrderText } from "../../facts/values/time-order.ts";
import type { Fix } from "../../finding.ts";
import { bad, good, type NotebookFacts, note, rule } from "../../rule.ts";
import { isIdentifier } from "../target/identifiers.ts";
import {
  type FillInTime,
  filledText,
  fillInTime,
  type LaterValue,
  laterFills,
  pathOf,
} from "./later-rows.ts";

/** What is missing is filled with what comes next, and a model learns from it. */
export const backfilledFeature = rule({
  id: "backfilled-feature",
  kind: "later-rows",
  tier: "core",
  severity: "error",
  title: "Filled from later rows",
  why: "Where a value is missing when the model is asked, the next one has not been measured yet: the score speaks of a model that waits for it.",
  instead:
    "Fill forward (`ffill()`), from what was known before; what is missing at the beginning stays missing.",
  source: "Kapoor and Narayanan 2023, L3.1; pandas, DataFrame.bfill",
  examples: [
    bad(
      "a gap in a sorted table takes the next day's value",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["price"] = df["price"].bfill()
#             ^^^^^^^^^^^^^^^^^^^ not measured yet
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
      "`price` of `sales.csv` is filled from later rows (`bfill`; they are in the order of `day`), and the score of `Ridge` rests on it.",
    ),
    bad(
      "every column of a table with moments as its index",
      `
df = pd.read_csv("load.csv", index_col="hour", parse_dates=True)
df = df.fillna(method="bfill")
#    ^^^^^^^^^^^^^^^^^^^^^^^^^ not measured yet
train, test = df[:800], df[800:]
model = Ridge().fit(train.drop(columns="load"), train["load"])
print(model.score(test.drop(columns="load"), test["load"]))
`,
      "Every column of `load.csv` is filled from later rows (`fillna`; they are in the order of `hour`), and the score of `Ridge` rests on it.",
    ),
    bad(
      "the hours that a resampling has made",
      `
df = pd.read_csv("load.csv", parse_dates=["at"]).set_index("at")
hourly = df.resample("h").bfill()
#        ^^^^^^^^^^^^^^^^^^^^^^^^ not measured yet
X_train, X_test, y_train, y_test = train_test_split(hourly[["wind"]], hourly["load"], shuffle=False)
print(Ridge().fit(X_train, y_train).score(X_test, y_test))
`,
      "`wind` of `load.csv` is filled from later rows (`bfill`; they are in the order of the index), and the score of `Ridge` rests on it.",
    ),
    bad(
      "polars, in an expression",
      `
import polars as pl
df = pl.read_csv("sales.csv").sort("day")
df = df.with_columns(price=pl.col("price").fill_null(strategy="backward"))
#                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not measured yet
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
      "`price` of `sales.csv` is filled from later rows (`fill_null`; they are in the order of `day`), and the score of `Ridge` rests on it.",
    ),
    bad(
      "within each shop, and the test rows alone",
      `
df = pd.read_csv("sales.csv").sort_values(["shop", "day"])
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
test = test.assign(price=test.groupby("shop")["price"].bfill())
#                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not measured yet
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
      "`price` of `sales.csv` is filled from later rows (`bfill`; they are in the order of `day`), and the score of `Ridge` rests on it.",
    ),
    bad(
      "forward, over rows that are turned around",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["price"] = df["price"][::-1].ffill()[::-1]
#             ^^^^^^^^^^^^^^^^^^^^^^^^^ not measured yet
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
      "`price` of `sales.csv` is filled from later rows (`ffill`; they are in the order of `day`, the latest first), and the score of `Ridge` rests on it.",
    ),
    bad(
      "forward, where the latest stands first",
      `
df = pd.read_csv("sales.csv").sort_values("day", ascending=False)
df["price"] = df["price"].ffill()
#             ^^^^^^^^^^^^^^^^^^^ not measured yet
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
      "`price` of `sales.csv` is filled from later rows (`ffill`; they are in the order of `day`, the latest first), and the score of `Ridge` rests on it.",
    ),
    note(
      "only what stands before the first value",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["price"] = df["price"].ffill().bfill()
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ the first rows alone
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
      "`price` of `sales.csv` is filled from later rows (`bfill`), the first ones only: earlier rows filled what they could before.",
    ),
    note(
      "rows with a moment, in an order nobody knows",
      `
df = pd.read_csv("sales.csv", parse_dates=["day"])
df["price"] = df["price"].bfill()
#             ^^^^^^^^^^^^^^^^^^^ if they are in time's order
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
      "`price` of `sales.csv` is filled from the rows below (`bfill`), which are later ones if the table is in the order of `day`; nothing here sorts it.",
    ),
    good(
      "from earlier rows",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["price"] = df["price"].ffill().fillna(0)
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
    ),
    good(
      "the latest row stands first, so the row below is the one before",
      `
df = pd.read_csv("sales.csv").sort_values("day", ascending=False)
df["price"] = df["price"].bfill()
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
    ),
    bad(
      "several columns of several files",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df = df.merge(pd.read_csv("costs.csv"), on="product")
df = df.bfill()
#    ^^^^^^^^^^
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price", "cost"]], train["sold"])
print(model.score(test[["price", "cost"]], test["sold"]))
`,
      "`price` and `cost` are filled from later rows (`bfill`; they are in the order of `day`), and the score of `Ridge` rests on it.",
    ),
    bad(
      "in the order of time within each shop, beside how many rows came before",
      `
df = pd.read_csv("sales.csv").sort_values(["shop", "day"])
df["price"] = df["price"].bfill()
#             ^^^^^^^^^^^^^^^^^^^
df["turn"] = df.groupby("shop").cumcount()
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
model = Ridge().fit(train[["price", "turn"]], train["sold"])
print(model.score(test[["price", "turn"]], test["sold"]))
`,
      "`price` of `sales.csv` is filled from later rows (`bfill`; they are in the order of `shop`, then `day`), and the score of `Ridge` rests on it.",
    ),
    good(
      "rows of people, who are in no order",
      `
df = pd.read_csv("people.csv")
df["age"] = df["age"].bfill()
train, test = train_test_split(df)
model = SVC().fit(train[["age"]], train["ill"])
print(model.score(test[["age"]], test["ill"]))
`,
    ),
    good(
      "only drawn",
      `
df = pd.read_csv("sales.csv").sort_values("day")
plt.plot(df["price"].bfill())
train, test = df[:800], df[800:]
model = Ridge().fit(train[["promotion"]], train["sold"])
print(model.score(test[["promotion"]], test["sold"]))
`,
    ),
    good(
      "what is to be predicted, and nothing else",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["sold"] = df["sold"].bfill()
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price"]], train["sold"])
print(model.score(test[["price"]], test["sold"]))
`,
    ),
  ],
  check(facts, report) {
    for (const found of laterFills(facts, isFill)) {
      const time = fillInTime(found.mark);
      if (!time) continue;
      const isSure = time.order !== null && !time.along.isOfFirstRows;
      report({
        at: found.mark.at,
        severity: isSure ? "error" : "information",
        message: messageOf(found, time),
        path: pathOf(facts, found),
        fixes: isSure ? fixesOf(facts, found, time) : [],
      });
    }
  },
});

/** A call that fills what is missing with what stands behind it. */
function isFill({ label }: Mark): boolean {
  return /^(bfill|backfill|backward_fill|ffill|forward_fill|fillna|fill_null|asfreq|reindex)$/.test(label);
}

function messageOf(found: LaterValue, { along, order }: FillInTime): string {
  const { mark, evaluations } = found;
  const what = `${filledText(found)} filled from`;
  if (along.isOfFirstRows)
    return `${what} later rows (\`${mark.label}\`), the first ones only: earlier rows filled what they could before.`;
  if (!order) {
    const [time] = along.frame?.timeColumns ?? [];
    return `${what} the rows below (\`${mark.label}\`), which are later ones if the table is in the order of \`${time?.name}\`; nothing here sorts it.`;
  }
  const way = order.isDescending ? ", the latest first" : "";
  return `${what} later rows (\`${mark.label}\`; they are in the order of ${wholeOrderText(order, along.groups)}${way}), and the score of \`${evaluations[0]?.fit.model}\` rests on it.`;
}

/** The same, filled from earlier rows. */
function fixesOf(facts: NotebookFacts, found: LaterValue, time: FillInTime): Fix[] {
  const { at } = found.mark;
  const text = facts.textOf(at);
  const newText = text
    .replace(/\.(bfill|backfill)\(([^()]*)\)$/, ".ffill($2)")
    .replace(/\.backward_fill\(([^()]*)\)$/, ".forward_fill($1)")
    .replace(/(["'])(bfill|backfill)\1(?=[^()]*\)$)/, "$1ffill$1")
    .replace(/(["'])backward\1(?=[^()]*\)$)/, "$1forward$1");
  if (newText === text) return [];
  return [
    {
      title: "Fill from earlier rows; where there are none, values stay missing",
      kind: isOfOneSeries(facts, found, time) ? "automatic" : "suggestion",
      edits: [{ cellId: at.cell, range: at, newText }],
    },
  ];
}

/** Whether one column is filled that no model predicts, of a table whose rows are about one thing: what else a fill changes is for a person to judge. */
function isOfOneSeries(
  facts: NotebookFacts,
  { mark, evaluations }: LaterValue,
  { along, order }: FillInTime,
): boolean {
  const isInput = evaluations.every(({ fit }) => fit.target?.column != null && fit.target.column !== mark.of);
  const isOfMany =
    along.groups !== null ||
    (order?.within ?? []).length > 0 ||
    Object.keys(along.frame?.types ?? {}).some(isIdentifier) ||
    [...facts.groupings.values()].some(({ rows }) =>
      rows?.tables.some((table) => mark.rows?.tables.includes(table)),
    );
  return mark.of !== null && isInput && !isOfMany;
}
