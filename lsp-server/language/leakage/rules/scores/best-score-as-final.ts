import type { Evaluation } from "../../facts/values/fit.ts";
import { overlap } from "../../facts/values/rows.ts";
import { distinct, good, note, rule, scoreStep, step } from "../../rule.ts";

/** The score that chose among many settings is read, and no score of rows apart. */
export const bestScoreAsFinal = rule({
  id: "best-score-as-final",
  kind: "best-score-as-final",
  tier: "core",
  severity: "information",
  title: "The score that chose is the only one",
  why: "A search keeps the settings that did best on its folds: the best of many scores is too good by chance, and by more the more were tried.",
  instead:
    "Hold rows back before the search and score its best estimator on them, or put the search into `cross_val_score`.",
  source: "Cawley and Talbot, JMLR 2010; scikit-learn, Nested versus non-nested cross-validation",
  examples: [
    note(
      "the best score of a search is printed",
      `
search = GridSearchCV(SVC(), {"C": [1, 10]}).fit(X, y)
print(search.best_score_)
#     ^^^^^^^^^^^^^^^^^^ the best of many
`,
      "`best_score_` is the best of all that `GridSearchCV` tried, and nothing else here says how good it is on new rows.",
    ),
    good(
      "beside a score of rows that were held back",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
search = GridSearchCV(SVC(), {"C": [1, 10]}).fit(X_train, y_train)
print(search.best_score_, search.score(X_test, y_test))
`,
    ),
    good(
      "the best estimator is scored on rows that were held back",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
search = RandomizedSearchCV(SVC(), {"C": [1, 10]}).fit(X_train, y_train)
print(search.best_score_)
best = search.best_estimator_
print(accuracy_score(y_test, best.predict(X_test)))
`,
    ),
    good(
      "the search is one step of a cross-validation",
      `
search = GridSearchCV(SVC(), {"C": [1, 10]})
print(cross_val_score(search, X, y))
search.fit(X, y)
print(search.best_score_)
`,
    ),
  ],
  check(facts, report) {
    const all = [...facts.evaluations.values()];
    const isElsewhere = ({ fit, inputs, isFolds, how }: Evaluation): boolean =>
      isFolds ? how.startsWith("cross_val") : isHeldOut(fit.inputs.rows, inputs.rows);
    const reported = new Set<string>();
    for (const evaluation of all) {
      const { fit, at, how } = evaluation;
      const place = `${at.cell}:${at.from}`;
      if (how !== "best_score_" || reported.has(place) || all.some(isElsewhere)) continue;
      reported.add(place);
      report({
        at,
        message: `\`best_score_\` is the best of all that \`${fit.model}\` tried, and nothing else here says how good it is on new rows.`,
        path: distinct([step("fit", fit.statement, `${fit.model} is fitted`), scoreStep(facts, evaluation)]),
      });
    }
  },
});

function isHeldOut(learned: Evaluation["inputs"]["rows"], rows: Evaluation["inputs"]["rows"]): boolean {
  return learned !== null && rows !== null && !overlap(learned, rows);
}
