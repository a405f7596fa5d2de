import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import { overlap, within } from "../../facts/values/rows.ts";
import { bad, distinct, good, note, rule, scoreStep, step } from "../../rule.ts";
import { heldOut } from "../held-out.ts";
import { isJudgedElsewhere } from "./judged-elsewhere.ts";

/** The rows that decide when training stops are the rows whose score is reported. */
export const earlyStopOnTest = rule({
  id: "early-stop-on-test",
  kind: "multi-test",
  tier: "core",
  severity: "error",
  title: "Stopped by the test rows",
  why: "Training went on until these very rows were answered best, so their score is the best of many and too good.",
  instead:
    "Stop by rows of their own: split the training rows once more, or give `validation_split`; score once, on rows that had no part in it.",
  source: "Yang et al., ASE 2022; Roth 2026, class II; XGBoost and Keras, early stopping",
  examples: [
    bad(
      "a booster stops by the rows it is scored on",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = XGBClassifier(early_stopping_rounds=20)
model = model.fit(X_train, y_train, eval_set=[(X_test, y_test)])
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the test rows say when to stop
print(model.score(X_test, y_test))
`,
      "`early_stopping_rounds` lets the test rows say when `XGBClassifier` is good: their score is the best of many.",
    ),
    bad(
      "a network stops by the rows it is evaluated on",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = Sequential([Dense(8), Dense(1)])
history = model.fit(X_train, y_train, validation_data=(X_test, y_test), callbacks=[EarlyStopping()])
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the test rows say when to stop
model.evaluate(X_test, y_test)
`,
      "`callbacks` lets the test rows say when `Sequential` is good: their score is the best of many.",
    ),
    bad(
      "a function trains on one dataset and stops by another",
      `
import lightgbm
X_train, X_test, y_train, y_test = train_test_split(X, y)
rows, others = lightgbm.Dataset(X_train, y_train), lightgbm.Dataset(X_test, y_test)
booster = lightgbm.train(settings, rows, valid_sets=[others], callbacks=[lightgbm.early_stopping(20)])
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the test rows say when to stop
print(roc_auc_score(y_test, booster.predict(X_test)))
`,
      "`callbacks` lets the test rows say when `booster` is good: their score is the best of many.",
    ),
    note(
      "watched by the test rows, and nothing is done by it",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = Sequential([Dense(8), Dense(1)])
history = model.fit(X_train, y_train, epochs=50, validation_data=(X_test, y_test))
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ somebody may choose the epochs by it
model.evaluate(X_test, y_test)
`,
      "`Sequential` is watched by the test rows while it learns: whoever chooses its settings by what is printed there has used them up.",
    ),
    bad(
      "the rows to stop by stand in their place",
      `
import xgboost
X_train, X_test, y_train, y_test = train_test_split(X, y)
rows, others = xgboost.DMatrix(X_train, y_train), xgboost.DMatrix(X_test, y_test)
booster = xgboost.train(settings, rows, 500, [(others, "test")], early_stopping_rounds=20)
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the test rows say when to stop
print(roc_auc_score(y_test, booster.predict(others)))
`,
      "`early_stopping_rounds` lets the test rows say when `booster` is good: their score is the best of many.",
    ),
    note(
      "callbacks that only write down what happens",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = Sequential([Dense(8), Dense(1)])
history = model.fit(X_train, y_train, validation_data=(X_test, y_test), callbacks=[TensorBoard()])
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ somebody may choose the epochs by it
model.evaluate(X_test, y_test)
`,
      "`Sequential` is watched by the test rows while it learns: whoever chooses its settings by what is printed there has used them up.",
    ),
    bad(
      "the best epoch by the test rows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = Sequential([Dense(1)])
history = model.fit(X_train, y_train, validation_data=(X_test, y_test), epochs=50)
print(max(history.history["val_accuracy"]))
#                         ^^^^^^^^^^^^^^ the best of fifty
`,
      "The best `val_accuracy` of all epochs is kept, and no other rows say how good `Sequential` is: it is the best of many.",
    ),
    good(
      "the best epoch by validation rows, and an axis as high as the loss",
      `
X_rest, X_test, y_rest, y_test = train_test_split(X, y)
X_train, X_val, y_train, y_val = train_test_split(X_rest, y_rest)
model = Sequential([Dense(1)])
history = model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=50)
print(max(history.history["val_accuracy"]), max(history.history["accuracy"]))
plt.ylim(0, max(history.history["val_loss"]))
print(model.evaluate(X_test, y_test))
`,
    ),
    note(
      "stopped by validation rows, whose score is shown beside that of the test rows",
      `
rest, test = train_test_split(df)
train, valid = train_test_split(rest)
model = XGBClassifier(early_stopping_rounds=20)
model = model.fit(train[["a"]], train["y"], eval_set=[(valid[["a"]], valid["y"])])
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ what it is stopped by is the best of many
print(model.score(valid[["a"]], valid["y"]), model.score(test[["a"]], test["y"]))
`,
      "`early_stopping_rounds` stops `XGBClassifier` by rows that are scored too: their score is the best of many, that of the other rows is not.",
    ),
    good(
      "watched by validation rows, whose score is shown beside that of the test rows",
      `
rest, test = train_test_split(df)
train, valid = train_test_split(rest)
model = Sequential([Dense(1)])
model.fit(train[["a"]], train["y"], validation_data=(valid[["a"]], valid["y"]), epochs=50)
print(model.evaluate(valid[["a"]], valid["y"]), model.evaluate(test[["a"]], test["y"]))
`,
    ),
    good(
      "stopped by rows of their own",
      `
rest, test = train_test_split(df)
train, valid = train_test_split(rest)
model = XGBClassifier(early_stopping_rounds=20)
model.fit(train[["a"]], train["y"], eval_set=[(valid[["a"]], valid["y"])])
print(model.score(test[["a"]], test["y"]))
`,
    ),
    good(
      "watched by its own training rows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = XGBClassifier()
model.fit(X_train, y_train, eval_set=[(X_train, y_train)])
print(model.score(X_test, y_test))
`,
    ),
  ],
  check(facts, report) {
    const stopped = new Map<string, Evaluation[]>();
    for (const evaluation of facts.evaluations.values()) {
      const { rows } = evaluation.inputs;
      const isWatched =
        rows !== null && evaluation.fit.watched.some((data) => data.rows !== null && within(rows, data.rows));
      if (!isWatched || !isScored(facts, evaluation)) continue;
      const place = `${evaluation.fit.at.cell}:${evaluation.fit.at.from}`;
      stopped.set(place, [...(stopped.get(place) ?? []), evaluation]);
    }
    for (const { mark } of facts.compared.values()) {
      const fit = [...facts.fits.values()].find(
        ({ inputs, watched }) =>
          mark.label.startsWith("val_") &&
          inputs.rows !== null &&
          watched.some(
            ({ rows }) => rows?.key === mark.rows?.key && rows && !overlap(rows, inputs.rows ?? rows),
          ),
      );
      if (!fit || isJudgedElsewhere(facts, mark)) continue;
      report({
        at: mark.at,
        severity: "warning",
        message: `The best \`${mark.label}\` of all epochs is kept, and no other rows say how good \`${fit.model}\` is: it is the best of many.`,
        path: distinct([
          step("fit", fit.statement, `${fit.model} is fitted`),
          step("evaluate", mark.at, mark.label),
        ]),
      });
    }
    for (const evaluations of stopped.values()) {
      const [first] = evaluations;
      if (!first) continue;
      const { fit, inputs } = first;
      // Each fold stops by itself, and the mean of all is reported: the harm is as much smaller.
      const isOfFolds = inputs.rows?.limits.some(
        ({ cut }) => (facts.splits.get(cut)?.folds ?? null) !== null,
      );
      // Where other rows say how good the model is, these are validation rows, and their score is shown beside.
      const isOfValidation = isJudgedElsewhere(facts, inputs);
      const heldBack = heldOut(facts, evaluations);
      if (isOfValidation && fit.stopping === null) continue;
      report({
        at: fit.at,
        severity: fit.stopping === null || isOfValidation ? "information" : isOfFolds ? "warning" : "error",
        message: isOfValidation
          ? `\`${fit.stopping}\` stops \`${fit.model}\` by rows that are scored too: their score is the best of many, that of the other rows is not.`
          : fit.stopping === null
            ? `\`${fit.model}\` is watched by the ${heldBack} rows while it learns: whoever chooses its settings by what is printed there has used them up.`
            : `\`${fit.stopping}\` lets the ${heldBack} rows say when \`${fit.model}\` is good: their score is the best of many.`,
        path: distinct([
          step("fit", fit.statement, `${fit.model} is fitted`),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        isOfValidation: isOfValidation || heldBack === "validation",
        ...(isOfValidation ? {} : { about: { evaluations, isStopped: true } }),
      });
    }
  },
});
