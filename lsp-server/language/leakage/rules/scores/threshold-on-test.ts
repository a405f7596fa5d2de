import type { Evaluation } from "../../facts/values/fit.ts";
import { markOf } from "../../facts/values/learn.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Tuned } from "../../facts/values/noted.ts";
import { overlap } from "../../facts/values/rows.ts";
import { bad, distinct, good, type NotebookFacts, rule, scoreStep, step } from "../../rule.ts";
import { isJudgedElsewhere } from "./judged-elsewhere.ts";

/** What turns answers into decisions was chosen on the very rows whose score is reported. */
export const thresholdOnTest = rule({
  id: "threshold-on-test",
  kind: "multi-test",
  tier: "core",
  severity: "warning",
  title: "Chosen on the rows that it is scored on",
  why: "The threshold fits the chance of these rows, so their score with it is the best of as many as there are thresholds.",
  instead:
    "Choose it on validation rows or by cross-validation (`TunedThresholdClassifierCV`), and apply it to the test rows.",
  source: "scikit-learn, Tuning the decision threshold; Lipton et al., ECML 2014",
  examples: [
    bad(
      "the best point of a curve of the test rows",
      `
import numpy as np
X_train, X_test, y_train, y_test = train_test_split(X, y)
chance = LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1]
precision, recall, thresholds = precision_recall_curve(y_test, chance)
#                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test labels
best = thresholds[np.argmax(2 * precision * recall / (precision + recall))]
print(f1_score(y_test, chance > best))
`,
      "`precision_recall_curve` of these rows chooses what they are scored with afterwards: `f1_score` is the best of many.",
    ),
    bad(
      "the best of many thresholds",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
chance = LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1]
best = 0
for t in [0.3, 0.4, 0.5]:
    score = f1_score(y_test, chance >= t)
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ chooses
    if score > best:
        best, threshold = score, t
print(best)
`,
      "`f1_score` of one model's answers about these rows is compared in each turn, and the best is kept: it is the best of many.",
    ),
    bad(
      "the best score of a list",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
chance = LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1]
print(max([f1_score(y_test, chance > t) for t in np.linspace(0, 1, 50)]))
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ chooses
`,
      "`f1_score` of one model's answers about these rows is compared in each turn, and the best is kept: it is the best of many.",
    ),
    bad(
      "the threshold with the best score",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
chance = LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1]
best = max(np.linspace(0, 1, 50), key=lambda t: f1_score(y_test, chance > t))
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test labels
print(f1_score(y_test, chance > best))
`,
      "`f1_score` of these rows chooses what they are scored with afterwards: `f1_score` is the best of many.",
    ),
    bad(
      "the best of many thresholds, after a look at the usual one",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = LogisticRegression().fit(X_train, y_train)
print("at 0.5", f1_score(y_test, model.predict(X_test)))
chance = model.predict_proba(X_test)[:, 1]
print(max((f1_score(y_test, chance > t), t) for t in np.linspace(0, 1, 50)))
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ chooses
`,
      "`f1_score` of one model's answers about these rows is compared in each turn, and the best is kept: it is the best of many.",
    ),
    good(
      "chosen on validation rows, applied to the test rows",
      `
import numpy as np
X_rest, X_test, y_rest, y_test = train_test_split(X, y)
X_train, X_valid, y_train, y_valid = train_test_split(X_rest, y_rest)
model = LogisticRegression().fit(X_train, y_train)
valid = model.predict_proba(X_valid)[:, 1]
precision, recall, thresholds = precision_recall_curve(y_valid, valid)
best = thresholds[np.argmax(precision * recall)]
print(f1_score(y_valid, valid > best))
print(f1_score(y_test, model.predict_proba(X_test)[:, 1] > best))
`,
    ),
    good(
      "features taken by a score, for the next look at the same rows",
      `
X_train, X_valid, y_train, y_valid = train_test_split(X, y)
scores = []
for column in range(5):
    tried = KNeighborsClassifier().fit(X_train[:, :column], y_train)
    scores.append(accuracy_score(y_valid, tried.predict(X_valid[:, :column])))
best = 1 + scores[0]
chosen = KNeighborsClassifier().fit(X_train[:, best], y_train)
print(accuracy_score(y_valid, chosen.predict(X_valid[:, best])))
`,
    ),
    good(
      "a score that others of a loop are held against",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
best = f1_score(y_test, LogisticRegression().fit(X_train, y_train).predict(X_test))
for depth in range(5):
    score = r2_score(y_train, np.full(len(y_train), depth))
    if score > best:
        best = score
`,
    ),
    good(
      "a curve beside a score at the usual threshold",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
chance = LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1]
fpr, tpr, thresholds = roc_curve(y_test, chance)
plt.plot(fpr, tpr)
print(auc(fpr, tpr), f1_score(y_test, chance > 0.5))
`,
    ),
  ],
  check(facts, report) {
    const choices = new Set([...facts.tuned.values()].map(({ by }) => by.id));
    for (const { mark, isRepeated } of facts.compared.values()) {
      // What it chose is scored again, which says more.
      if (choices.has(mark.id)) continue;
      const answers = answersAbout(facts, mark);
      const [first, another] = answers;
      const isOneAnswer = another === undefined && first?.turns.size === 1;
      if (!isRepeated || !first || !isOneAnswer || isJudgedElsewhere(facts, mark)) continue;
      report({
        at: mark.at,
        message: `\`${mark.label}\` of one model's answers about these rows is compared in each turn, and the best is kept: it is the best of many.`,
        path: distinct([
          step("fit", first.fit.statement, `${first.fit.model} is fitted`),
          step("source", mark.at, `${mark.label} chooses`),
          scoreStep(facts, first),
        ]),
      });
    }
    const byChoice = new Map<string, Tuned[]>();
    for (const tuned of facts.tuned.values())
      byChoice.set(tuned.by.id, [...(byChoice.get(tuned.by.id) ?? []), tuned]);
    for (const all of byChoice.values()) {
      const isOfSame = ({ by, rows }: Tuned) => by.rows !== null && overlap(by.rows, rows);
      const [first] = all;
      // Where other rows say how good the choice is, these are validation rows.
      if (!first || !all.every(isOfSame) || isJudgedElsewhere(facts, first.by)) continue;
      report({
        at: first.by.at,
        message: `\`${first.by.label}\` of these rows chooses what they are scored with afterwards: \`${first.how}\` is the best of many.`,
        path: distinct([
          step("source", first.by.at, `${first.by.label} sees the labels`),
          ...all.map(({ statement, how }) => step("evaluate", statement, how)),
        ]),
      });
    }
  },
});

/** The answers of models that a score is of, where they have not seen its rows. */
function answersAbout(facts: NotebookFacts, { id, rows }: Mark): Evaluation[] {
  const answered = facts.answered.get(id);
  return [...facts.evaluations.values()].filter(
    ({ at, inputs, fit, isFolds }) =>
      !isFolds &&
      (answered === undefined || answered.has(markOf("predicted", "", at, inputs.rows).id)) &&
      inputs.rows !== null &&
      inputs.rows.key === rows?.key &&
      fit.inputs.rows !== null &&
      !overlap(inputs.rows, fit.inputs.rows),
  );
}
