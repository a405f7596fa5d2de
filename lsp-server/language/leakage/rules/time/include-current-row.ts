import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Traits } from "../../facts/values/traits.ts";
import type { Fix } from "../../finding.ts";
import { withMoreArguments } from "../../fixes/call-text.ts";
import { expressionAt } from "../../fixes/names.ts";
import type { Expression, Place } from "../../ir.ts";
import { bad, distinct, good, leaksOf, type NotebookFacts, note, rule, scoreStep, step } from "../../rule.ts";
import { tableText } from "./later-rows.ts";

/** A window over what is to be predicted ends with the very row that is to be predicted. */
export const includeCurrentRow = rule({
  id: "include-current-row",
  kind: "later-rows",
  tier: "core",
  severity: "error",
  title: "A window of the target with the row itself",
  why: "The value that is to be predicted is one of the values the feature is made of: with three rows, a third of the answer.",
  instead: 'Shift first (`shift(1).rolling(3)`), or leave the row out of the window (`closed="left"`).',
  source: "Kapoor and Narayanan 2023, L3.1; pandas, DataFrame.rolling",
  examples: [
    bad(
      "a mean of the last three days, today's among them",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["mean_3"] = df["sold"].rolling(3).mean()
#              ^^^^^^^^^^^^^^^^^^^^^ the row's own answer is in it
train, test = df[:800], df[800:]
model = Ridge().fit(train[["mean_3"]], train["sold"])
print(model.score(test[["mean_3"]], test["sold"]))
`,
      "`mean_3` is made of `sold` of the row itself and of rows before it (`rolling` over `sales.csv`), and `sold` is what `Ridge` is asked for.",
    ),
    bad(
      "everything so far of each shop",
      `
df = pd.read_csv("sales.csv").sort_values(["shop", "day"])
df["so_far"] = df.groupby("shop")["sold"].transform(lambda s: s.expanding().mean())
#                                                             ^^^^^^^^^^^^^ the row's own answer is in it
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
model = Ridge().fit(train[["so_far"]], train["sold"])
print(model.score(test[["so_far"]], test["sold"]))
`,
      "`so_far` is made of `sold` of the row itself and of rows before it (`expanding` over `sales.csv`), and `sold` is what `Ridge` is asked for.",
    ),
    bad(
      "the change that led to the answer",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["last"], df["change"] = df["sold"].shift(1), df["sold"].diff()
#                                               ^^^^^^^^^^^^^^^^^ the row's own answer is in it
train, test = df[:800], df[800:]
model = Ridge().fit(train[["last", "change"]], train["sold"])
print(model.score(test[["last", "change"]], test["sold"]))
`,
      "`change` is made of `sold` of the row itself and of rows before it (`diff` over `sales.csv`), and `sold` is what `Ridge` is asked for.",
    ),
    note(
      "one of thirty values, or of all so far, tells little",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["mean_30"] = df["sold"].rolling(30).mean()
#               ^^^^^^^^^^^^^^^^^^^^^^ one of thirty
df["so_far"] = df["sold"].expanding().mean()
#              ^^^^^^^^^^^^^^^^^^^^^^ one of many
train, test = df[:800], df[800:]
model = Ridge().fit(train[["mean_30", "so_far"]], train["sold"])
print(model.score(test[["mean_30", "so_far"]], test["sold"]))
`,
      "`mean_30` is made of `sold` of the row itself and of rows before it (`rolling` over `sales.csv`), and `sold` is what `Ridge` is asked for.",
      "`so_far` is made of `sold` of the row itself and of rows before it (`expanding` over `sales.csv`), and `sold` is what `Ridge` is asked for.",
    ),
    bad(
      "what came together so far, the row's own value with it",
      `
df = pd.read_csv("orders.csv").sort_values("day")
df["bought_before"] = df.groupby("user")["bought"].cumsum()
#                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the row's own answer is in it
train, test = df[:800], df[800:]
model = SVC().fit(train[["bought_before"]], train["bought"])
print(model.score(test[["bought_before"]], test["bought"]))
`,
      "`bought_before` is made of `bought` of the row itself and of rows before it (`cumsum` over `orders.csv`), and `bought` is what `SVC` is asked for.",
    ),
    bad(
      "polars, of each user",
      `
import polars as pl
df = pl.read_csv("orders.csv").sort("day")
df = df.with_columns(pl.col("bought").cum_sum().over("user").alias("bought_before"))
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ the row's own answer is in it
train, test = df[:800], df[800:]
model = SVC().fit(train[["bought_before"]], train["bought"])
print(model.score(test[["bought_before"]], test["bought"]))
`,
      "`bought_before` is made of `bought` of the row itself and of rows before it (`cum_sum` over `orders.csv`), and `bought` is what `SVC` is asked for.",
    ),
    bad(
      "what came together from the last row on",
      `
df = pd.read_csv("orders.csv").sort_values("day", ascending=False)
df["left"] = df.groupby("user")["bought"].cumsum()
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the row's own answer is in it
train, test = df[:800], df[800:]
SVC().fit(train[["left"]], train["bought"]).score(test[["left"]], test["bought"])
`,
      "`left` is made of `bought` of the row itself and of rows after it (`cumsum` over `orders.csv`), and `bought` is what `SVC` is asked for.",
    ),
    bad(
      "something else taken off than the row's own value",
      `
df = pd.read_csv("orders.csv").sort_values("day")
df["usual"] = df["bought"].rolling(7).sum() - df["returned"]
#             ^^^^^^^^^^^^^^^^^^^^^^^ the row's own answer is in it
train, test = df[:800], df[800:]
SVC().fit(train[["usual"]], train["bought"]).score(test[["usual"]], test["bought"])
`,
      "`usual` is made of `bought` of the row itself and of rows before it (`rolling` over `orders.csv`), and `bought` is what `SVC` is asked for.",
    ),
    good(
      "what came together before, the row's own value taken off or shifted away",
      `
import polars as pl
df = pd.read_csv("orders.csv").sort_values("day")
users = df.groupby("user")["bought"]
df["a"] = users.cumsum() - df["bought"]
df["b"] = users.transform(lambda s: s.cumsum().shift())
df["c"] = users.transform(lambda s: s.shift().cumsum())
df["d"] = users.cumcount()
df["e"] = df["bought"].rolling(7).sum() - df["bought"]
df["f"] = (df["bought"].expanding().sum() - df.bought) / 7
df["g"] = users.transform(lambda s: s.rolling(3, min_periods=1).sum() - s)
train, test = df[:800], df[800:]
names = ["a", "b", "c", "d", "e", "f", "g"]
SVC().fit(train[names], train["bought"]).score(test[names], test["bought"])
other = pl.read_csv("orders.csv").sort("day")
other = other.with_columns(
    (pl.col("bought").cum_sum().over("user") - pl.col("bought")).alias("a"),
    pl.col("bought").shift(1).cum_sum().over("user").alias("b"),
)
train, test = other[:800], other[800:]
SVC().fit(train[["a", "b"]], train["bought"]).score(test[["a", "b"]], test["bought"])
`,
    ),
    bad(
      "a window that a loop moves, with the answer at its end",
      `
prices = pd.read_csv("prices.csv").sort_values("day")["price"].values
X, y = [], []
for i in range(10, len(prices)):
    X.append(prices[i - 9 : i + 1])
#                   ^^^^^^^^^^^^^ holds the answer
    y.append(prices[i])
X, y = np.array(X), np.array(y)
cut = int(len(X) * 0.8)
print(Ridge().fit(X[:cut], y[:cut]).score(X[cut:], y[cut:]))
`,
      "The window `i - 9 : i + 1` of `price` holds the very value that `Ridge` is asked for.",
    ),
    good(
      "a window that a loop moves, with the answer behind it",
      `
prices = pd.read_csv("prices.csv").sort_values("day")["price"].values
size = 10
X, y, ahead = [], [], []
for i in range(len(prices) - 11):
    X.append(prices[i : i + size])
    y.append(prices[i + size])
    ahead.append(prices[i + size + 1])
X, y, ahead = np.array(X), np.array(y), np.array(ahead)
cut = int(len(X) * 0.8)
print(Ridge().fit(X[:cut], y[:cut]).score(X[cut:], y[cut:]))
print(Ridge().fit(X[:cut], ahead[:cut]).score(X[cut:], ahead[cut:]))
`,
    ),
    good(
      "shifted before, behind, or left out",
      `
df = pd.read_csv("sales.csv").sort_values(["shop", "day"])
shops = df.groupby("shop")["sold"]
df["a"] = shops.transform(lambda s: s.shift().expanding().mean())
df["b"] = shops.transform(lambda s: s.rolling(3).mean().shift(1))
df["c"] = shops.rolling(3, closed="left").mean().reset_index(level=0, drop=True)
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
model = Ridge().fit(train[["a", "b", "c"]], train["sold"])
print(model.score(test[["a", "b", "c"]], test["sold"]))
`,
    ),
    good(
      "a window of something that is known when the model is asked",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["warmth"] = df["forecast"].rolling(3).mean()
train, test = df[:800], df[800:]
model = Ridge().fit(train[["warmth"]], train["sold"])
print(model.score(test[["warmth"]], test["sold"]))
`,
    ),
    bad(
      "gaps of the target are filled from both sides",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["sold"] = df["sold"].interpolate()
df["mean_3"] = df["sold"].rolling(3).mean()
#              ^^^^^^^^^^^^^^^^^^^^^ with the day itself
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price", "mean_3"]], train["sold"])
print(model.score(test[["price", "mean_3"]], test["sold"]))
`,
      "`mean_3` is made of `sold` of the row itself and of rows before it (`rolling` over `sales.csv`), and `sold` is what `Ridge` is asked for.",
    ),
    good(
      "the next day's value is to be predicted, and today's is known",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["next"] = df["sold"].shift(-1)
df["mean_3"] = df["sold"].rolling(3).mean()
train, test = df[:800], df[800:]
model = Ridge().fit(train[["mean_3"]], train["next"])
print(model.score(test[["mean_3"]], test["next"]))
`,
    ),
    good(
      "only drawn",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["sold"].rolling(30).mean().plot()
df["last"] = df["sold"].shift(1)
train, test = df[:800], df[800:]
model = Ridge().fit(train[["last"]], train["sold"])
print(model.score(test[["last"]], test["sold"]))
`,
    ),
  ],
  check(facts, report) {
    const isLeak = (mark: Mark, evaluation: Evaluation) =>
      (evaluation.isFolds || isScored(facts, evaluation)) && columnOf(mark, evaluation) !== null;
    for (const { mark, evaluations } of leaksOf(facts, ({ fit }) => fit.inputs.marks, isLeak)) {
      const [first] = evaluations;
      const column = first && columnOf(mark, first);
      if (!first || !column) continue;
      report({
        at: mark.at,
        severity: isDiluted(mark) ? "information" : "error",
        message: `\`${column}\` is made of \`${mark.of}\` of the row itself and of rows ${mark.kind === "ahead" ? "after" : "before"} it (\`${mark.label}\`${tableText(" over", mark)}), and \`${mark.of}\` is what \`${first.fit.model}\` is asked for.`,
        path: distinct([
          step("source", mark.at, `${mark.label} takes the row itself`),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        fixes: mark.kind === "ahead" ? [] : fixesOf(facts, mark),
      });
    }
    const isOfAnswer = (mark: Mark, evaluation: Evaluation) =>
      (evaluation.isFolds || isScored(facts, evaluation)) && holdsAnswer(mark, evaluation);
    for (const { mark, evaluations } of leaksOf(facts, ({ fit }) => fit.inputs.marks, isOfAnswer))
      report({
        at: mark.at,
        message: `The window \`${mark.label}\` of \`${mark.of}\` holds the very value that \`${evaluations[0]?.fit.model}\` is asked for.`,
        path: distinct([
          step("source", mark.at, "the window takes the answer"),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
      });
  },
});

/** Whether a window that a loop moves holds the row whose value is the answer of the same turn. */
function holdsAnswer({ kind, places: window, of, rows }: Mark, { fit: { target } }: Evaluation): boolean {
  if (kind !== "lag" || window === null || of === null) return false;
  return [...(target?.marks.values() ?? [])].some(
    (answer) =>
      answer.kind === "place" &&
      answer.of === of &&
      answer.rows?.key === rows?.key &&
      answer.places?.counter === window.counter &&
      window.from <= answer.places.from &&
      answer.places.to <= window.to,
  );
}

/** The feature that is made of the target of its own row; null where it is not. */
function columnOf(mark: Mark, { fit: { inputs, target } }: Evaluation): string | null {
  const { along, of } = mark;
  if (
    !along?.isOwnRowIn ||
    // Of later rows, a window is told as such.
    (mark.kind !== "lag" && mark.kind !== "carried" && !isRunning(mark)) ||
    of === null ||
    of !== target?.column
  )
    return null;
  if (target && [...target.marks.values()].some(({ kind, isFilling }) => kind === "ahead" && !isFilling))
    return null;
  for (const [name, traits] of inputs.columns ?? [])
    if (name !== of && traits.marks.has(mark.id) && !isShifted(traits)) return name;
  return null;
}

/** What came together up to each row, from whichever end. */
function isRunning({ kind, label }: Mark): boolean {
  return kind === "ahead" && label.startsWith("cum");
}

/**
 * The row's own value is one of many. Of seven values it added up to .26 to the R² of noise and .03 to that of a daily demand, of fourteen
 * a tenth and a hundredth; of three, a half and a seventh.
 */
function isDiluted({ label, along }: Mark): boolean {
  if (label === "expanding" || label.startsWith("cum")) return along?.groups === null;
  return /^rolling/.test(label) && (along?.periods ?? 0) > 7;
}

function isShifted({ marks }: Traits): boolean {
  return [...marks.values()].some(({ kind, along }) => kind === "lag" && along?.isOwnRowIn === false);
}

/** `.shift(1)` before the window; of groups, the row left out of it. */
function fixesOf(facts: NotebookFacts, { at, label }: Mark): Fix[] {
  const text = facts.textOf(at);
  const from = text.lastIndexOf(`.${label}(`);
  if (from < 0) return [];
  const isOfGroups = /\.groupby\s*\(/.test(text);
  if (isOfGroups && label !== "rolling") return [];
  const newText = isOfGroups
    ? withMoreArguments(text, 'closed="left"')
    : `${text.slice(0, from)}.shift(1)${text.slice(from)}`;
  const title = isOfGroups ? 'Leave the row out: closed="left"' : "Shift first: shift(1)";
  const isKnown = hasGaps(facts, at, label);
  return [
    {
      title: isKnown ? title : `${title}; a row with none before it has no value then`,
      kind: isKnown ? "automatic" : "suggestion",
      edits: [{ cellId: at.cell, range: at, newText }],
    },
  ];
}

/** Whether a row with none before it has no value already, so that what is below knows of missing ones: a window waits for several rows, and a difference for two. */
function hasGaps(facts: NotebookFacts, at: Place, label: string): boolean {
  if (label === "diff" || label === "pct_change") return true;
  const call = expressionAt(facts, at);
  if (label !== "rolling" || call?.op !== "call") return false;
  const told = (place: number, name: string) =>
    call.args.find((one, index) => one.name === name || (one.name === null && index === place))?.value;
  const isSeveral = (one: Expression | undefined) =>
    one?.op === "constant" && typeof one.value === "number" && one.value > 1;
  const least = told(1, "min_periods");
  return isSeveral(told(0, "window")) && (least === undefined || isSeveral(least));
}
