import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { overlap } from "../../facts/values/rows.ts";
import { bad, distinct, good, leaksOf, rule, scoreStep, step } from "../../rule.ts";
import { heldOut } from "../held-out.ts";

/** A sampler changed the test rows: the score is of rows, or of a balance, that production does not have. */
export const resampleTest = rule({
  id: "resample-test",
  kind: "resample-test",
  tier: "core",
  severity: "error",
  title: "The test rows are resampled",
  why: "The score is of rows that were made up, repeated or chosen; production has another balance.",
  instead: "Resample the training rows alone, and score the test rows as they are.",
  source: "imbalanced-learn, Common pitfalls; Kapoor and Narayanan 2023, L3.3",
  examples: [
    bad(
      "both halves, each by itself",
      `
df = pd.read_csv("cards.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["fraud"])
X_train, y_train = RandomUnderSampler().fit_resample(X_train, y_train)
X_test, y_test = RandomUnderSampler().fit_resample(X_test, y_test)
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ changes the test rows
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`RandomUnderSampler` changes the test rows before `SVC` is scored on them.",
    ),
    bad(
      "a file of its own",
      `
X_train, y_train, X_test, y_test = np.load("x.npy"), np.load("y.npy"), np.load("x_test.npy"), np.load("y_test.npy")
X_test, y_test = SMOTE().fit_resample(X_test, y_test)
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ changes the test rows
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`SMOTE` changes the test rows before `SVC` is scored on them.",
    ),
    good(
      "the training half alone, and a stratified split",
      `
df = pd.read_csv("cards.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["fraud"], stratify=df["fraud"])
X_train, y_train = RandomUnderSampler().fit_resample(X_train, y_train)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
  ],
  check(facts, report) {
    for (const { mark, evaluations } of leaksOf(facts, (one) => one.inputs.marks, isOfTest)) {
      const { line, character } = mark.at.end;
      const text = facts.sourceOf(mark.at.cell).split("\n")[line] ?? "";
      const rows = `${heldOut(facts, evaluations)} rows`;
      const isAlone = /^(\w+)\s*,\s*(\w+)\s*=\s*.+\(\s*\1\s*,\s*\2\s*\)\s*$/.test(text);
      report({
        at: mark.at,
        isOfValidation: rows === "validation rows",
        message: `\`${mark.label}\` changes the ${rows} before \`${evaluations[0]?.fit.model}\` is scored on them.`,
        path: distinct([
          step("source", mark.at, `${mark.label} resamples the ${rows}`),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        fixes: isAlone
          ? [
              {
                title: `Leave the ${rows} as they are`,
                kind: "automatic",
                meets: "everywhere",
                edits: [
                  {
                    cellId: mark.at.cell,
                    range: {
                      start: { line, character: 0 },
                      end: { line, character: Math.max(character, text.length) },
                    },
                    newText: "",
                  },
                ],
              },
            ]
          : [],
      });
    }
  },
});

function isOfTest(mark: Mark, { fit, inputs, isFolds }: Evaluation): boolean {
  if (isFolds || mark.kind !== "resample" || !mark.rows || !inputs.rows || !fit.inputs.rows) return false;
  return overlap(mark.rows, inputs.rows) && !overlap(mark.rows, fit.inputs.rows);
}
