import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { timeOrderOf } from "../../facts/values/time-order.ts";
import type { Fix } from "../../finding.ts";
import { bad, distinct, good, leaksOf, type NotebookFacts, rule, scoreStep, step } from "../../rule.ts";
import { columnsWith, listed } from "../names.ts";
import { tableText } from "./later-rows.ts";

/** Rows of several, one behind the other: the first row of each is given the last of somebody else. */
export const ungroupedShift = rule({
  id: "ungrouped-shift",
  kind: "later-rows",
  tier: "named",
  severity: "warning",
  title: "An earlier row of somebody else",
  why: "The table goes through one after the other. Where the next begins, the row before is the last one of another, which is also the latest in time.",
  instead: "Keep them apart: `groupby(key)` before `shift`, `diff` or `rolling`.",
  source: "pandas, DataFrameGroupBy.shift",
  examples: [
    bad(
      "the last amount, of whoever stands before",
      `
df = pd.read_csv("payments.csv").sort_values(["user", "paid_at"])
df["previous"] = df["amount"].shift(1)
#                ^^^^^^^^^^^^^^^^^^^^^ may be somebody else's
train, test = df[df["paid_at"] < "2024-01-01"], df[df["paid_at"] >= "2024-01-01"]
model = SVC().fit(train[["previous"]], train["fraud"])
print(model.score(test[["previous"]], test["fraud"]))
`,
      "`previous` is taken from the row above (`shift` over `payments.csv`), whoever's it is: rows are sorted by `user`, and nothing stops where another begins.",
    ),
    bad(
      "what comes next is to be predicted, and may be another's",
      `
df = pd.read_csv("payments.csv").sort_values(["user", "paid_at"])
df["next"] = df["amount"].shift(-1)
#            ^^^^^^^^^^^^^^^^^^^^^^ may be somebody else's
train, test = df[df["paid_at"] < "2024-01-01"], df[df["paid_at"] >= "2024-01-01"]
model = Ridge().fit(train[["amount"]], train["next"])
print(model.score(test[["amount"]], test["next"]))
`,
      "`next` is taken from the row below (`shift` over `payments.csv`), whoever's it is: rows are sorted by `user`, and nothing stops where another begins.",
    ),
    good(
      "each by themselves",
      `
df = pd.read_csv("payments.csv").sort_values(["user", "paid_at"])
df["previous"] = df.groupby("user")["amount"].shift(1)
df["mean_3"] = df.groupby("user")["amount"].transform(lambda s: s.shift().rolling(3).mean())
train, test = df[df["paid_at"] < "2024-01-01"], df[df["paid_at"] >= "2024-01-01"]
model = SVC().fit(train[["previous", "mean_3"]], train["fraud"])
print(model.score(test[["previous", "mean_3"]], test["fraud"]))
`,
    ),
    good(
      "emptied where another begins",
      `
df = pd.read_csv("payments.csv").sort_values(["user", "paid_at"])
df["previous"] = df["amount"].shift(1)
df.loc[df["user"] != df["user"].shift(1), "previous"] = 0
train, test = df[df["paid_at"] < "2024-01-01"], df[df["paid_at"] >= "2024-01-01"]
model = SVC().fit(train[["previous"]], train["fraud"])
print(model.score(test[["previous"]], test["fraud"]))
`,
    ),
    good(
      "one of them alone",
      `
df = pd.read_csv("payments.csv").sort_values(["user", "paid_at"])
mine = df[df["user"] == "ada"].copy()
mine["previous"] = mine["amount"].shift(1)
train, test = mine[:80], mine[80:]
model = SVC().fit(train[["previous"]], train["fraud"])
print(model.score(test[["previous"]], test["fraud"]))
`,
    ),
    good(
      "polars, over the key",
      `
import polars as pl
df = pl.read_csv("payments.csv").sort("user", "paid_at")
df = df.with_columns(previous=pl.col("amount").shift(1).over("user"))
train, test = df.filter(pl.col("paid_at") < 9), df.filter(pl.col("paid_at") >= 9)
model = SVC().fit(train[["previous"]], train["fraud"])
print(model.score(test[["previous"]], test["fraud"]))
`,
    ),
    good(
      "one line of rows, in time alone",
      `
df = pd.read_csv("sales.csv").sort_values("day")
df["last"] = df["sold"].shift(1)
train, test = df[:800], df[800:]
model = Ridge().fit(train[["last"]], train["sold"])
print(model.score(test[["last"]], test["sold"]))
`,
    ),
  ],
  check(facts, report) {
    const marksOf = ({ fit: { inputs, target } }: Evaluation) =>
      new Map([
        ...[...inputs.marks].filter(([, { kind }]) => kind === "lag"),
        ...[...(target?.marks ?? [])].filter(([, { kind }]) => kind === "ahead"),
      ]);
    const isLeak = (mark: Mark, evaluation: Evaluation) =>
      (evaluation.isFolds || isScored(facts, evaluation)) && keyOf(facts, mark) !== null;
    for (const { mark, evaluations } of leaksOf(facts, marksOf, isLeak)) {
      const key = keyOf(facts, mark);
      if (key === null) continue;
      const target = evaluations[0]?.fit.target?.column;
      const columns =
        mark.kind === "lag" ? listed(columnsWith(mark, evaluations)) : target && `\`${target}\``;
      const where = mark.kind === "lag" ? "above" : "below";
      report({
        at: mark.at,
        message: `${columns ?? "What it gives"} is taken from the row ${where} (\`${mark.label}\`${tableText(" over", mark)}), whoever's it is: rows are sorted by \`${key}\`, and nothing stops where another begins.`,
        path: distinct([
          step("source", mark.at, `${mark.label} goes over from one ${key} to the next`),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        fixes: fixesOf(facts, mark, key),
      });
    }
  },
});

/** Whose rows follow each other in a table that a value was taken along; null where they are kept apart, or nobody says so. */
function keyOf({ shifted }: NotebookFacts, { along, of, rows }: Mark): string | null {
  if (!along || along.groups !== null) return null;
  const [key] = timeOrderOf(along.frame)?.within ?? [];
  if (key === undefined || of === key || shifted.has(key)) return null;
  const isOfOne = rows?.limits.some(({ cut }) => cut === `of:${key}`) === true;
  return isOfOne || along.frame?.isOneRowPer?.includes(key) ? null : key;
}

function fixesOf(facts: NotebookFacts, { at }: Mark, key: string): Fix[] {
  const text = facts.textOf(at);
  const written = /^([A-Za-z_]\w*)(\[[^[\]]*\]|\.\w+)\.(shift|diff|pct_change)\([^()]*\)$/.exec(text);
  const [, table = "", column = ""] = written ?? [];
  if (!written) return [];
  return [
    {
      title: `Keep each ${key} apart: groupby("${key}")`,
      kind: "automatic",
      edits: [
        {
          cellId: at.cell,
          range: at,
          newText: `${table}.groupby(${JSON.stringify(key)})${column}${text.slice(table.length + column.length)}`,
        },
      ],
    },
  ];
}
