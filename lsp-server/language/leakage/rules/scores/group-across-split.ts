import { isScored } from "../../facts/reach.ts";
import type { Data } from "../../facts/values/data.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Grouping } from "../../facts/values/noted.ts";
import { overlap } from "../../facts/values/rows.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Place } from "../../ir.ts";
import { bad, distinct, good, type NotebookFacts, rule, scoreStep, step } from "../../rule.ts";
import { isIdentifier } from "../target/identifiers.ts";

/** Rows of one entity stand on both sides of a split. */
export const groupAcrossSplit = rule({
  id: "group-across-split",
  kind: "group",
  tier: "core",
  severity: "warning",
  title: "Rows of one entity on both sides of the split",
  why: "The model meets in the test whom it knows from training, and is scored for remembering; in production it meets others.",
  instead:
    "Keep all rows of an entity on one side: `GroupShuffleSplit`, `GroupKFold` or `StratifiedGroupKFold`, with the entity as `groups`.",
  source: "Kapoor and Narayanan 2023, L3.2; scikit-learn, Cross-validation iterators for grouped data",
  examples: [
    bad(
      "several visits of each patient",
      `
visits = pd.read_csv("visits.csv")
visits["before"] = visits.groupby("patient_id").cumcount()
train, test = train_test_split(visits, test_size=0.2)
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ by rows, not by patient_id
model = SVC().fit(train[["before"]], train["ill"])
model.score(test[["before"]], test["ill"])
`,
      "The rows are grouped by `patient_id` elsewhere, so it has several each, and `train_test_split` cuts by rows: the same `patient_id` may stand on both sides. This rests on the column's name.",
    ),
    bad(
      "folds that cut through users",
      `
clicks = pd.read_csv("clicks.csv")
clicks["seen"] = clicks.groupby(["user_id"]).cumcount()
X, y = clicks[["seen"]], clicks["bought"]
cross_val_score(SVC(), X, y, cv=KFold(5, shuffle=True))
#                               ^^^^^^^^^^^^^^^^^^^^^^ by rows, not by user_id
`,
      "The rows are grouped by `user_id` elsewhere, so it has several each, and `KFold` cuts by rows: the same `user_id` may stand on both sides. This rests on the column's name.",
    ),
    bad(
      "folds that are not written out",
      `
clicks = pd.read_csv("clicks.csv")
clicks["seen"] = clicks.groupby(["user_id"]).cumcount()
scores = cross_val_score(SVC(), clicks[["seen"]], clicks["bought"], cv=5)
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ by rows
`,
      "The rows are grouped by `user_id` elsewhere, so it has several each, and `cross_val_score` cuts by rows: the same `user_id` may stand on both sides. This rests on the column's name.",
    ),
    bad(
      "a mask that chance draws",
      `
clicks = pd.read_csv("clicks.csv")
clicks["seen"] = clicks.groupby("user_id").cumcount()
mask = np.random.rand(len(clicks)) < 0.8
train, test = clicks[mask], clicks[~mask]
model = SVC().fit(train[["seen"]], train["bought"])
print(model.score(test[["seen"]], test["bought"]))
#                 ^^^^^^^^^^^^^^ drawn by rows, not by user_id
`,
      "The rows are grouped by `user_id` elsewhere, so it has several each, and a draw by chance cuts by rows: the same `user_id` may stand on both sides. This rests on the column's name.",
    ),
    good(
      "folds that keep each patient together",
      `
visits = pd.read_csv("visits.csv")
visits["before"] = visits.groupby("patient_id").cumcount()
cross_val_score(SVC(), visits[["before"]], visits["ill"], cv=GroupKFold(5), groups=visits["patient_id"])
for train, test in GroupShuffleSplit(5).split(visits, groups=visits["patient_id"]):
    SVC().fit(visits.iloc[train][["before"]], visits.iloc[train]["ill"]).score(visits.iloc[test][["before"]], visits.iloc[test]["ill"])
`,
    ),
    good(
      "one row for each patient",
      `
visits = pd.read_csv("visits.csv")
patients = visits.groupby("patient_id").agg({"dose": "mean", "ill": "max"}).reset_index()
train, test = train_test_split(patients)
SVC().fit(train[["dose"]], train["ill"]).score(test[["dose"]], test["ill"])
`,
    ),
    good(
      "the patients are split, and then their rows",
      `
visits = pd.read_csv("visits.csv")
visits["before"] = visits.groupby("patient_id").cumcount()
old, new = train_test_split(visits["patient_id"].unique())
train, test = visits[visits["patient_id"].isin(old)], visits[visits["patient_id"].isin(new)]
SVC().fit(train[["before"]], train["ill"]).score(test[["before"]], test["ill"])
`,
    ),
    good(
      "cut in time, for entities that will be met again",
      `
visits = pd.read_csv("visits.csv").sort_values("day")
visits["before"] = visits.groupby("patient_id").cumcount()
train, test = visits[visits["day"] < "2024-01-01"], visits[visits["day"] >= "2024-01-01"]
SVC().fit(train[["before"]], train["ill"]).score(test[["before"]], test["ill"])
`,
    ),
    good(
      "groups that describe rows",
      `
df = pd.read_csv("titanic.csv")
df["fare"] = df.groupby("class").cumcount()
train, test = train_test_split(df)
SVC().fit(train[["fare"]], train["survived"]).score(test[["fare"]], test["survived"])
`,
    ),
  ],
  check(facts, report) {
    for (const { cut, label, at, inputs, scores, split } of cutsOf(facts)) {
      const found = entityOf(facts, inputs);
      if (found === null) continue;
      const { key, grouping } = found;
      report({
        at,
        message:
          `The rows are grouped by \`${key}\` elsewhere, so it has several each, and ${label.startsWith("a ") ? label : `\`${label}\``} cuts by rows: ` +
          `the same \`${key}\` may stand on both sides. This rests on the column's name.`,
        path: distinct([
          step("source", grouping.at, `grouped by ${key}`),
          step("split", cut, label),
          ...scores.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...scores.map((one) => scoreStep(facts, one)),
        ]),
        about: { grouping, evaluations: scores, ...(split ? { split } : {}) },
      });
    }
  },
});

/** Rows cut into parts without a look at whom they are about, and the scores that rest on it. */
interface Cut {
  readonly cut: Place;
  readonly label: string;
  /** What decides how rows are cut. */
  readonly at: Place;
  readonly inputs: Data;
  readonly scores: readonly Evaluation[];
  /** Null for folds that the call of a score makes itself. */
  readonly split: Split | null;
}

function cutsOf(facts: NotebookFacts): Cut[] {
  const evaluations = [...facts.evaluations.values()];
  const splits = [...facts.splits.values()];
  const isSame = (a: Place, b: Place): boolean => a.cell === b.cell && a.from === b.from;
  const written = splits
    .filter(({ how, label }) => how !== "ordered" && !label.includes("Group"))
    .map((split): Cut => {
      const { at, decidedAt, id, label, inputs } = split;
      const scores = evaluations.filter((one) =>
        one.isFolds ? isSame(one.at, at) : one.inputs.rows?.limits.some(({ cut }) => cut === id),
      );
      return { cut: at, at: decidedAt, label, inputs, scores, split };
    });
  // Folds that the call makes itself.
  const own = evaluations
    .filter((one) => one.isFolds && !/_$/.test(one.how) && !splits.some(({ at }) => isSame(at, one.at)))
    .map(
      (one): Cut => ({
        cut: one.at,
        at: one.at,
        label: one.how,
        inputs: one.inputs,
        scores: [one],
        split: null,
      }),
    );
  const drawn = evaluations
    .filter((one) => isDrawn(one) && isScored(facts, one))
    .map((one): Cut => {
      const { at } = one.inputs;
      return { cut: at, at, label: "a draw by chance", inputs: one.inputs, scores: [one], split: null };
    });
  return [...written, ...own, ...drawn].filter(({ scores }) => scores.length > 0);
}

/** Rows that the model has not seen, because a mask or a sample drawn by chance left them to the test. */
function isDrawn({ inputs, fit, isFolds }: Evaluation): boolean {
  if (isFolds || !inputs.rows || !fit.inputs.rows || overlap(inputs.rows, fit.inputs.rows)) return false;
  return inputs.rows.limits.some(({ cut }) => /^(sample:|by:#)/.test(cut));
}

/** The entity by which the split rows were grouped, one row after the other: whatever was made one row an entity has rows of its own. */
function entityOf(
  facts: NotebookFacts,
  inputs: Data,
): { readonly key: string; readonly grouping: Grouping } | null {
  for (const grouping of facts.groupings.values()) {
    const [key, another] = grouping.keys;
    if (key === undefined || another !== undefined || !isIdentifier(key) || inputs.column === key) continue;
    const isOfTable = grouping.rows?.tables.some((table) => inputs.rows?.tables.includes(table)) ?? false;
    if (isOfTable && !inputs.frame?.isOneRowPer?.includes(key)) return { key, grouping };
  }
  return null;
}
