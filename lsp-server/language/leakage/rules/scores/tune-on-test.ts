import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { overlap, within } from "../../facts/values/rows.ts";
import { bad, distinct, good, leaksOf, type NotebookFacts, note, rule, scoreStep, step } from "../../rule.ts";
import { isJudgedElsewhere } from "./judged-elsewhere.ts";

/** The rows that chose a model, or its settings, are those that say how good it is. */
export const tuneOnTest = rule({
  id: "tune-on-test",
  kind: "tuning",
  tier: "core",
  severity: "error",
  title: "Chosen by the rows that score it",
  why: "The best of many tries on some rows is partly luck on those rows: scored on them again, the luck counts as skill.",
  instead:
    "Choose on the training rows alone, by cross-validation or on validation rows; score what was chosen on test rows that took no part.",
  source: "Cawley and Talbot 2010; scikit-learn, Nested versus non-nested cross-validation",
  examples: [
    bad(
      "settings found on all rows",
      `
search = GridSearchCV(SVC(), {"C": [1, 10]}).fit(X, y)
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = SVC(**search.best_params_).fit(X_train, y_train)
model.score(X_test, y_test)
`,
      "`GridSearchCV` chose what `SVC` is, by rows that score it afterwards; 1 score rests on it.",
    ),
    bad(
      "the best of a loop, scored again",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
best = 0
for c in [1, 10, 100]:
    score = SVC(C=c).fit(X_train, y_train).score(X_test, y_test)
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ chooses
    if score > best:
        best, best_c = score, c
final = SVC(C=best_c).fit(X_train, y_train)
print(final.score(X_test, y_test))
`,
      "`SVC` scored rows here by which `SVC` was chosen, and it is scored on them again; 1 score rests on it.",
    ),
    bad(
      "a model kept for its accuracy on the test rows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
best, kept = 0, None
for model in [SVC(), GaussianNB()]:
    model.fit(X_train, y_train)
    accuracy = accuracy_score(y_test, model.predict(X_test))
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ chooses
    if accuracy > best:
        best, kept = accuracy, model
print(roc_auc_score(y_test, kept.predict_proba(X_test)[:, 1]))
`,
      "`accuracy_score` scored rows here by which `SVC` was chosen, and it is scored on them again; 1 score rests on it.",
    ),
    bad(
      "an objective that scores the test rows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
def objective(trial):
    model = SVC(C=trial.suggest_float("C", 0.1, 10)).fit(X_train, y_train)
    return accuracy_score(y_test, model.predict(X_test))
    #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ chooses
study = optuna.create_study(direction="maximize")
study.optimize(objective, n_trials=50)
print(study.best_value)
`,
      "`accuracy_score` of these rows is what settings are searched by: the best it finds is the best of many tries on them.",
    ),
    bad(
      "the setting with the least error, which was written by hand",
      `
import numpy as np
X_train, X_test, y_train, y_test = train_test_split(X, y)
alphas, errors = [0.1, 1, 10], []
for alpha in alphas:
    tried = Ridge(alpha=alpha).fit(X_train, y_train)
    errors.append(np.sqrt(np.mean((tried.predict(X_test) - y_test) ** 2)))
    #                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ chooses
final = Ridge(alpha=alphas[int(np.argmin(errors))]).fit(X_train, y_train)
print(np.sqrt(np.mean((final.predict(X_test) - y_test) ** 2)))
`,
      "`mean` scored rows here by which `Ridge` was chosen, and it is scored on them again; 1 score rests on it.",
    ),
    note(
      "folds of the rows that the search looked at",
      `
search = RandomizedSearchCV(SVC(), {"C": [1, 10]}).fit(X, y)
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen every fold
print(cross_val_score(search.best_estimator_, X, y))
`,
      "`RandomizedSearchCV` chose its best, by rows that score it afterwards; 1 score rests on it.",
    ),
    good(
      "searched on the training rows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
search = GridSearchCV(SVC(), {"C": [1, 10]}).fit(X_train, y_train)
model = SVC(**search.best_params_).fit(X_train, y_train)
model.score(X_test, y_test)
search.best_estimator_.score(X_test, y_test)
`,
    ),
    note(
      "a validation score of what validation rows chose, beside a test score",
      `
rest, test = train_test_split(df)
train, valid = train_test_split(rest)
best = 0
for c in [1, 10, 100]:
    score = SVC(C=c).fit(train[["a"]], train["y"]).score(valid[["a"]], valid["y"])
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ chooses
    if score > best:
        best, best_c = score, c
final = SVC(C=best_c).fit(train[["a"]], train["y"])
print(final.score(valid[["a"]], valid["y"]), final.score(test[["a"]], test["y"]))
`,
      "`SVC` scored rows here by which `SVC` was chosen, and it is scored on them again; 1 score rests on it.",
    ),
    good(
      "chosen on validation rows",
      `
rest, test = train_test_split(df)
train, valid = train_test_split(rest)
best = 0
for c in [1, 10, 100]:
    score = SVC(C=c).fit(train[["a"]], train["y"]).score(valid[["a"]], valid["y"])
    if score > best:
        best, best_c = score, c
final = SVC(C=best_c).fit(rest[["a"]], rest["y"])
print(final.score(test[["a"]], test["y"]))
`,
    ),
    good(
      "an error written by hand chooses on validation rows",
      `
import numpy as np
rest, test = train_test_split(df)
train, valid = train_test_split(rest)
alphas, errors = [0.1, 1, 10], []
for alpha in alphas:
    tried = Ridge(alpha=alpha).fit(train[["a"]], train["y"])
    errors.append(np.mean((tried.predict(valid[["a"]]) - valid["y"]) ** 2))
final = Ridge(alpha=alphas[int(np.argmin(errors))]).fit(rest[["a"]], rest["y"])
print(np.mean(np.abs(final.predict(test[["a"]]) - test["y"])))
`,
    ),
    good(
      "answers and errors that choose nothing",
      `
import numpy as np
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = Ridge().fit(X_train, y_train)
errors = y_test - model.predict(X_test)
print(errors.mean(), errors.std(), model.predict(X_test).mean(), errors.abs().max())
plt.xlim(errors.min(), errors.max())
`,
    ),
    good(
      "a search in every fold",
      `
cross_val_score(GridSearchCV(SVC(), {"C": [1, 10]}), X, y)
`,
    ),
    good(
      "an objective that scores folds",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
def objective(trial):
    return cross_val_score(SVC(C=trial.suggest_float("C", 0.1, 10)), X_train, y_train).mean()
study = optuna.create_study(direction="maximize")
study.optimize(objective, n_trials=50)
model = SVC(**study.best_params).fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
    ),
    good(
      "the last fit, on all rows, that nobody scores",
      `
search = GridSearchCV(SVC(), {"C": [1, 10]}).fit(X, y)
final = SVC(**search.best_params_).fit(X, y)
final.predict(new_rows)
`,
    ),
  ],
  check(facts, report) {
    const leaks = leaksOf(
      facts,
      (one) => one.chosenBy,
      (mark, one) => (one.isFolds || isScored(facts, one)) && isOfItsRows(mark, one),
    );
    const said = new Set<string>();
    for (const { mark, evaluations } of leaks) {
      said.add(mark.id);
      const scores = new Set(evaluations.map(({ at }) => `${at.cell}:${at.from}`)).size;
      const rest = scores === 1 ? "1 score rests" : `${scores} scores rest`;
      const model = evaluations[0]?.fit.model;
      report({
        at: mark.at,
        message:
          mark.kind === "searched"
            ? `\`${mark.label}\` chose ${model === mark.label ? "its best" : `what \`${model}\` is`}, by rows that score it afterwards; ${rest} on it.`
            : `\`${mark.label}\` scored rows here by which \`${model}\` was chosen, and it is scored on them again; ${rest} on it.`,
        severity:
          evaluations.every(({ isFolds }) => isFolds) || isJudgedElsewhere(facts, mark)
            ? "information"
            : "error",
        about: { mark, evaluations },
        path: distinct([
          step("source", mark.at, `${mark.label} chooses`),
          ...evaluations.map(({ fit }) => step("fit", fit.statement, `${fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
      });
    }
    for (const { mark, by } of facts.compared.values()) {
      const judged = by === null || said.has(mark.id) ? [] : heldOutBy(facts, mark);
      if (by === null || judged.length === 0 || isJudgedElsewhere(facts, mark)) continue;
      report({
        at: mark.at,
        message: `\`${mark.label}\` of these rows is what settings are searched by: the best it finds is the best of many tries on them.`,
        path: distinct([
          ...judged.map(({ fit }) => step("fit", fit.statement, `${fit.model} is fitted`)),
          step("source", mark.at, `${mark.label} chooses`),
          step("evaluate", by, "searches for the best"),
        ]),
      });
    }
  },
});

/** The models that a score is of, where they have not learned its rows. */
function heldOutBy(facts: NotebookFacts, { rows }: Mark): Evaluation[] {
  return [...facts.evaluations.values()].filter(
    ({ inputs, fit, isFolds }) =>
      !isFolds &&
      inputs.rows !== null &&
      inputs.rows.key === rows?.key &&
      fit.inputs.rows !== null &&
      !overlap(inputs.rows, fit.inputs.rows),
  );
}

/** Whether the rows that chose took part in the score, and are no rows that the model learned from anyway. */
function isOfItsRows({ rows, at }: Mark, { inputs, fit, isFolds, at: scored }: Evaluation): boolean {
  if (!rows || !inputs.rows || !fit.inputs.rows || !overlap(rows, inputs.rows)) return false;
  if (at.cell === scored.cell && at.from === scored.from) return false;
  return isFolds || (!within(inputs.rows, fit.inputs.rows) && !within(rows, fit.inputs.rows));
}
