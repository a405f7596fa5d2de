import { isScored, reachesScore } from "../../facts/reach.ts";
import { type Filter, filterBehind } from "../../facts/values/filter.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { sameLimit } from "../../facts/values/rows.ts";
import { good, type NotebookFacts, note, rule } from "../../rule.ts";
import { heldOut } from "../held-out.ts";
import { pathOf, scoresOf } from "./before-split.ts";

/** Rows that are far from the others were taken away before some of them became test rows. */
export const outliersBeforeSplit = rule({
  id: "outliers-before-split",
  kind: "preprocessing",
  tier: "core",
  severity: "information",
  title: "Outliers cut before the split",
  why: "Test rows said what is usual, and those that are not were taken away: the score is of easier rows than those that will come.",
  instead:
    "Split first; learn the bounds on the training rows, cut these by them, and leave the test rows as they are.",
  source: "Kapoor and Narayanan 2023, L3.3; scikit-learn, Common pitfalls",
  examples: [
    note(
      "what is far from the mean of all rows",
      `
df = pd.read_csv("homes.csv")
df = df[(df["area"] - df["area"].mean()).abs() < 3 * df["area"].std()]
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bounds of all rows
X_train, X_test, y_train, y_test = train_test_split(df[["area"]], df["sold"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`mean` and `std` of all rows say which are kept, test rows too; 1 score rests on it.",
    ),
    note(
      "between two quantiles",
      `
df = pd.read_csv("homes.csv")
low, high = df["area"].quantile(0.01), df["area"].quantile(0.99)
df = df[(df["area"] > low) & (df["area"] < high)]
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bounds of all rows
X_train, X_test, y_train, y_test = train_test_split(df[["area"]], df["sold"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`quantile` of all rows says which are kept, test rows too; 1 score rests on it.",
    ),
    note(
      "taken away by their index",
      `
df = pd.read_csv("homes.csv")
df = df.drop(df[df["area"] > df["area"].quantile(0.99)].index)
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bounds of all rows
X_train, X_test, y_train, y_test = train_test_split(df[["area"]], df["sold"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`quantile` of all rows says which are kept, test rows too; 1 score rests on it.",
    ),
    good(
      "bounds of the training rows, which are cut alone",
      `
train, test = train_test_split(pd.read_csv("homes.csv"))
high = train["area"].quantile(0.99)
train = train[train["area"] < high]
SVC().fit(train[["area"]], train["sold"]).score(test[["area"]], test["sold"])
`,
    ),
    good(
      "by a bound that is known",
      `
df = pd.read_csv("homes.csv")
df = df[(df["area"] > 10) & (df["area"] < 1000)]
train, test = train_test_split(df)
SVC().fit(train[["area"]], train["sold"]).score(test[["area"]], test["sold"])
`,
    ),
  ],
  check(facts, report) {
    const found = new Map<
      string,
      { filter: Filter; learned: Map<string, Mark>; evaluations: Set<Evaluation> }
    >();
    for (const evaluation of facts.evaluations.values()) {
      if (!evaluation.isFolds && !isScored(facts, evaluation)) continue;
      for (const { filter, mark } of cutsOf(facts, evaluation)) {
        const key = `${filter.at.cell}:${filter.at.from}`;
        const entry = found.get(key) ?? { filter, learned: new Map(), evaluations: new Set() };
        entry.learned.set(mark.label, mark);
        entry.evaluations.add(evaluation);
        found.set(key, entry);
      }
    }
    for (const { filter, learned, evaluations } of found.values()) {
      const labels = [...learned.keys()].map((label) => `\`${label}\``);
      const [mark] = learned.values();
      if (!mark) continue;
      const heldBack = heldOut(facts, [...evaluations]);
      report({
        at: filter.at,
        isOfValidation: heldBack === "validation",
        message: `${labels.join(" and ")} of all rows ${labels.length === 1 ? "says" : "say"} which are kept, ${heldBack} rows too; ${scoresOf([...evaluations])}.`,
        path: pathOf(facts, { ...mark, at: filter.at }, [...evaluations], "rows are kept by it"),
      });
    }
  },
});

/** By which statistics of test rows both the rows that a model learned from and those that it is scored on were kept. */
function cutsOf(facts: NotebookFacts, evaluation: Evaluation): { filter: Filter; mark: Mark }[] {
  const { fit, inputs, isFolds } = evaluation;
  return (fit.inputs.rows?.limits ?? []).flatMap((limit) => {
    const isOfBoth = isFolds || inputs.rows?.limits.some((other) => sameLimit(other, limit)) === true;
    const filter = isOfBoth ? filterBehind(facts.filters, limit) : null;
    const learned = filter?.learned.filter((mark) => reachesScore(mark, evaluation)) ?? [];
    return learned.flatMap((mark) => (filter ? [{ filter, mark }] : []));
  });
}
