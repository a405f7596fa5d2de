import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Fix } from "../../finding.ts";
import { withArgument, withMoreArguments } from "../../fixes/call-text.ts";
import type { Place } from "../../ir.ts";
import { bad, distinct, good, leaksOf, type NotebookFacts, rule, scoreStep, step } from "../../rule.ts";

/** Answers that are known some rows later reach over the cut between training and test. */
export const noGapBetweenWindows = rule({
  id: "no-gap-between-windows",
  kind: "temporal-split",
  tier: "extra",
  severity: "warning",
  title: "No gap where answers reach over the cut",
  why: "The answers of the last training rows are values of the first test rows, which nobody has when the model is fitted.",
  instead: "Leave as many rows out at the cut as an answer lies ahead: `TimeSeriesSplit(gap=h)`.",
  source:
    "scikit-learn, TimeSeriesSplit: gap; Lopez de Prado 2018, Advances in Financial Machine Learning, 7.4",
  examples: [
    bad(
      "five days ahead, and folds that touch each other",
      `
df = pd.read_csv("prices.csv").sort_values("day")
df["ahead"] = df["price"].shift(-5)
cross_val_score(Ridge(), df[["price"]], df["ahead"], cv=TimeSeriesSplit(n_splits=5))
#                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ five rows reach over
`,
      "`ahead` of a row is the value 5 rows later (`shift`), and `TimeSeriesSplit` leaves no gap of 5: the answers of the last 5 training rows are values of test rows.",
    ),
    bad(
      "five days ahead, and cut in two",
      `
df = pd.read_csv("prices.csv").sort_values("day")
df["ahead"] = df["price"].shift(-5)
train, test = df[:800], df[800:]
model = Ridge().fit(train[["price"]], train["ahead"])
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ five rows reach over
print(model.score(test[["price"]], test["ahead"]))
`,
      "`ahead` of a row is the value 5 rows later (`shift`), and the cut leaves no gap of 5: the answers of the last 5 training rows are values of test rows.",
    ),
    good(
      "a gap of as many rows",
      `
df = pd.read_csv("prices.csv").sort_values("day")
df["ahead"] = df["price"].shift(-5)
cross_val_score(Ridge(), df[["price"]], df["ahead"], cv=TimeSeriesSplit(n_splits=5, gap=5))
train, test = df[:795], df[800:]
model = Ridge().fit(train[["price"]], train["ahead"])
print(model.score(test[["price"]], test["ahead"]))
`,
    ),
    good(
      "the answer is the row's own",
      `
df = pd.read_csv("prices.csv").sort_values("day")
df["last"] = df["price"].shift(5)
cross_val_score(Ridge(), df[["last"]], df["price"], cv=TimeSeriesSplit(n_splits=5))
`,
    ),
  ],
  check(facts, report) {
    const isLeak = (mark: Mark, evaluation: Evaluation) =>
      (evaluation.isFolds || isScored(facts, evaluation)) &&
      ahead(mark) > 1 &&
      cutOf(facts, evaluation, ahead(mark)) !== null;
    for (const { mark, evaluations } of leaksOf(facts, ({ fit }) => fit.target?.marks ?? new Map(), isLeak)) {
      const [first] = evaluations;
      const cut = first && cutOf(facts, first, ahead(mark));
      if (!first || !cut) continue;
      const rows = ahead(mark);
      const target = first.fit.target?.column;
      report({
        at: cut.at,
        message: `${target ? `\`${target}\`` : "The answer"} of a row is the value ${rows} rows later (\`${mark.label}\`), and ${cut.split ? `\`${cut.split.label}\`` : "the cut"} leaves no gap of ${rows}: the answers of the last ${rows} training rows are values of test rows.`,
        path: distinct([
          step("source", mark.at, `${rows} rows ahead`),
          ...(cut.split ? [step("split", cut.split.at, cut.split.label)] : []),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        fixes: cut.split?.label === "TimeSeriesSplit" ? fixesOf(facts, cut.at, rows) : [],
      });
    }
  },
});

/** How many rows ahead a target was taken from; 0 where it is not, or not written. */
function ahead({ kind, label, along }: Mark): number {
  return kind === "ahead" && label === "shift" ? -(along?.periods ?? 0) : 0;
}

/** Where rows in order are cut without a gap of so many rows; null where they are not, or nobody knows. */
function cutOf(
  { splits }: NotebookFacts,
  { at, inputs, fit, isFolds }: Evaluation,
  rows: number,
): { readonly at: Place; readonly split: Split | null } | null {
  const cuts = new Set(inputs.rows?.limits.map(({ cut }) => cut) ?? []);
  for (const split of splits.values()) {
    const isItsOwn = isFolds ? split.at.cell === at.cell && split.at.from === at.from : cuts.has(split.id);
    if (isItsOwn && split.how === "ordered" && split.gap < rows) return { at: split.decidedAt, split };
  }
  const touches = inputs.rows?.limits.some(
    ({ cut, side, bound }) =>
      /^position($| by )/.test(cut) &&
      side === "high" &&
      fit.inputs.rows?.limits.some((one) => one.cut === cut && one.side === "low" && one.bound === bound),
  );
  return touches && !isFolds ? { at: fit.at, split: null } : null;
}

function fixesOf(facts: NotebookFacts, at: Place, rows: number): Fix[] {
  const text = facts.textOf(at);
  if (!/TimeSeriesSplit\(/.test(text)) return [];
  const newText = withArgument(text, "gap", String(rows)) ?? withMoreArguments(text, `gap=${rows}`);
  return [
    {
      title: `Leave ${rows} rows out: gap=${rows}`,
      kind: "automatic",
      edits: [{ cellId: at.cell, range: at, newText }],
    },
  ];
}
