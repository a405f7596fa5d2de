import { isScored } from "../../facts/reach.ts";
import type { Data } from "../../facts/values/data.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Grouping } from "../../facts/values/noted.ts";
import { overlap } from "../../facts/values/rows.ts";
import { isShuffled } from "../../facts/values/shuffled.ts";
import type { Split } from "../../facts/values/split.ts";
import { timeOrderOf } from "../../facts/values/time-order.ts";
import type { Place } from "../../ir.ts";
import { bad, distinct, good, type NotebookFacts, note, rule, scoreStep, step } from "../../rule.ts";
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
    bad(
      "shuffled, and then cut where they stand",
      `
visits = pd.read_csv("visits.csv").sort_values("day")
visits["before"] = visits.groupby("patient_id").cumcount()
visits = visits.reindex(np.random.permutation(visits.index))
train, test = train_test_split(visits, shuffle=False)
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ by rows, not by patient_id
model = SVC().fit(train[["before"]], train["ill"])
model.score(test[["before"]], test["ill"])
`,
      "The rows are grouped by `patient_id` elsewhere, so it has several each, and `train_test_split` takes them as chance shuffled them: the same `patient_id` may stand on both sides. This rests on the column's name.",
    ),
    bad(
      "shuffled in place, and cut by number",
      `
visits = pd.read_csv("visits.csv")
visits["before"] = visits.groupby("patient_id").cumcount()
rows = visits[["before", "ill"]].values
np.random.shuffle(rows)
train, test = rows[:800], rows[800:]
model = SVC().fit(train[:, :1], train[:, 1])
print(model.score(test[:, :1], test[:, 1]))
#                 ^^^^^^^^^^^ by rows, not by patient_id
`,
      "The rows are grouped by `patient_id` elsewhere, so it has several each, and a cut by place takes them as chance shuffled them: the same `patient_id` may stand on both sides. This rests on the column's name.",
    ),
    note(
      "kept in an order that nobody states",
      `
visits = pd.read_csv("visits.csv")
visits["before"] = visits.groupby("patient_id").cumcount()
train, test = train_test_split(visits, shuffle=False)
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ of time, of patient_id, or of neither
model = SVC().fit(train[["before"]], train["ill"])
model.score(test[["before"]], test["ill"])
cross_val_score(SVC(), visits[["before"]], visits["ill"], cv=TimeSeriesSplit(5))
#                                                            ^^^^^^^^^^^^^^^^^^
`,
      "The rows are grouped by `patient_id` elsewhere, so it has several each, and `train_test_split` takes them as they stand, which is not known to be in the order of time or of `patient_id`: in any other the same `patient_id` may stand on both sides. This rests on the column's name.",
      "The rows are grouped by `patient_id` elsewhere, so it has several each, and `TimeSeriesSplit` takes them as they stand, which is not known to be in the order of time or of `patient_id`: in any other the same `patient_id` may stand on both sides. This rests on the column's name.",
    ),
    good(
      "kept in time's order, or one patient behind the other",
      `
visits = pd.read_csv("visits.csv").sort_values("day")
visits["before"] = visits.groupby("patient_id").cumcount()
train, test = train_test_split(visits, shuffle=False)
SVC().fit(train[["before"]], train["ill"]).score(test[["before"]], test["ill"])
cross_val_score(SVC(), visits[["before"]], visits["ill"], cv=TimeSeriesSplit(5))
visits = visits.sort_values(["patient_id", "day"])
train, test = train_test_split(visits, shuffle=False)
SVC().fit(train[["before"]], train["ill"]).score(test[["before"]], test["ill"])
`,
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
    for (const { cut, label, at, inputs, isInPlace, scores, split } of cutsOf(facts)) {
      const found = entityOf(facts, inputs);
      if (found === null) continue;
      const { key, grouping } = found;
      const isByChance = inputs.rows !== null && isShuffled(inputs.rows);
      if (isInPlace && !isByChance && keepsTogether(inputs, key)) continue;
      const who = label.startsWith("a ") ? label : `\`${label}\``;
      const how = !isInPlace
        ? `${who} cuts by rows: the same \`${key}\` may stand on both sides`
        : isByChance
          ? `${who} takes them as chance shuffled them: the same \`${key}\` may stand on both sides`
          : `${who} takes them as they stand, which is not known to be in the order of time or of \`${key}\`: in any other the same \`${key}\` may stand on both sides`;
      report({
        at,
        severity: isInPlace && !isByChance ? "information" : "warning",
        message: `The rows are grouped by \`${key}\` elsewhere, so it has several each, and ${how}. This rests on the column's name.`,
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
  /** The rows are cut where they stand. */
  readonly isInPlace: boolean;
  readonly scores: readonly Evaluation[];
  /** Null for folds that the call of a score makes itself. */
  readonly split: Split | null;
}

function cutsOf(facts: NotebookFacts): Cut[] {
  const evaluations = [...facts.evaluations.values()];
  const splits = [...facts.splits.values()];
  const isSame = (a: Place, b: Place): boolean => a.cell === b.cell && a.from === b.from;
  const written = splits
    .filter(({ how, label }) => (how === "ordered" ? inPlace.has(label) : !label.includes("Group")))
    .map((split): Cut => {
      const { at, decidedAt, how, id, label, inputs } = split;
      const scores = evaluations.filter((one) =>
        one.isFolds ? isSame(one.at, at) : one.inputs.rows?.limits.some(({ cut }) => cut === id),
      );
      return { cut: at, at: decidedAt, label, inputs, isInPlace: how === "ordered", scores, split };
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
        isInPlace: false,
        scores: [one],
        split: null,
      }),
    );
  const unwritten: Cut[] = [];
  for (const cut of evaluations.filter((one) => isScored(facts, one)).flatMap(unwrittenCut)) {
    // Rows that several models are asked about, and a place that a function comes to with several tables, are one cut.
    const known = unwritten.findIndex(({ scores }) =>
      scores.some(({ inputs }) => isSame(inputs.at, cut.at) || inputs.rows?.key === cut.inputs.rows?.key),
    );
    const one = unwritten[known];
    if (one) unwritten[known] = { ...one, scores: [...one.scores, ...cut.scores] };
    else unwritten.push(cut);
  }
  return [...written, ...own, ...unwritten].filter(({ scores }) => scores.length > 0);
}

/** Calls that cut rows where they stand, and know nothing of what order that is; those of libraries of series are told it. */
const inPlace: ReadonlySet<string> = new Set(["TimeSeriesSplit", "train_test_split"]);

/** Rows that the model has not seen, because a mask or a sample drawn by chance, or a place among them, left them to the test. */
function unwrittenCut(one: Evaluation): Cut[] {
  const { inputs, fit, isFolds } = one;
  if (isFolds || !inputs.rows || !fit.inputs.rows || overlap(inputs.rows, fit.inputs.rows)) return [];
  const { limits } = inputs.rows;
  const isDrawn = limits.some(({ cut }) => /^(sample:|by:#)/.test(cut));
  if (!isDrawn && !limits.some(({ cut }) => cut.startsWith("position"))) return [];
  const label = isDrawn ? "a draw by chance" : "a cut by place";
  return [{ cut: inputs.at, at: inputs.at, label, inputs, isInPlace: !isDrawn, scores: [one], split: null }];
}

/** Whether rows stand in time's order, so that whoever is met again is met later, or one entity behind the other. */
function keepsTogether({ frame }: Data, key: string): boolean {
  const order = timeOrderOf(frame);
  return order?.within.length === 0 || frame?.sortedBy?.column === key;
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
