import { isScored } from "../../facts/reach.ts";
import type { Evaluation, Fit } from "../../facts/values/fit.ts";
import { markOf } from "../../facts/values/learn.ts";
import { within } from "../../facts/values/rows.ts";
import { bad, distinct, good, rule, step } from "../../rule.ts";

/** A model learns from what another says of the rows that one learned from: better answers than either will see again. */
export const stackingInSample = rule({
  id: "stacking-in-sample",
  kind: "preprocessing",
  tier: "core",
  severity: "warning",
  title: "Learns from answers for rows already learned",
  why: "On its own training rows a model is nearly always right, so the next one learns to trust it; on new rows it is not.",
  instead:
    "Use `cross_val_predict(model, X_train, y_train)` for the training rows, or a `StackingClassifier`.",
  source: "Wolpert 1992, Stacked generalization; scikit-learn, Stacked generalization",
  examples: [
    bad(
      "answers for the training rows become a feature",
      `
train, test = train_test_split(pd.read_csv("data.csv"))
forest = RandomForestClassifier().fit(train[["a", "b"]], train["y"])
train["guess"] = forest.predict_proba(train[["a", "b"]])[:, 1]
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the rows it learned from
test["guess"] = forest.predict_proba(test[["a", "b"]])[:, 1]
last = LogisticRegression().fit(train[["guess"]], train["y"])
print(last.score(test[["guess"]], test["y"]))
`,
      "`RandomForestClassifier` answers for rows it was fitted on, and `LogisticRegression` learned from these answers: on new rows they are worse.",
    ),
    bad(
      "several models learn from them",
      `
train, test = train_test_split(pd.read_csv("data.csv"))
forest = RandomForestClassifier().fit(train[["a", "b"]], train["y"])
train["guess"] = forest.predict(train[["a", "b"]])
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the rows it learned from
test["guess"] = forest.predict(test[["a", "b"]])
first = LogisticRegression().fit(train[["guess"]], train["y"])
second = SVC().fit(train[["guess"]], train["y"])
print(first.score(test[["guess"]], test["y"]))
print(second.predict(test[["guess"]]))
print(second.score(test[["guess"]], test["y"]))
`,
      "`RandomForestClassifier` answers for rows it was fitted on, and 2 models learned from these answers: on new rows they are worse.",
    ),
    good(
      "answers that no fold has learned",
      `
train, test = train_test_split(pd.read_csv("data.csv"))
forest = RandomForestClassifier()
train["guess"] = cross_val_predict(forest, train[["a", "b"]], train["y"])
forest.fit(train[["a", "b"]], train["y"])
test["guess"] = forest.predict(test[["a", "b"]])
last = LogisticRegression().fit(train[["guess"]], train["y"])
print(last.score(test[["guess"]], test["y"]))
`,
    ),
    good(
      "gaps filled by a model of the rows that have none",
      `
df = pd.read_csv("data.csv")
known, gaps = df[df["age"].notnull()], df[df["age"].isnull()]
ages = LinearRegression().fit(known[["a"]], known["age"])
gaps["age"] = ages.predict(gaps[["a"]])
train, test = train_test_split(pd.concat([known, gaps]))
print(SVC().fit(train[["age"]], train["y"]).score(test[["age"]], test["y"]))
`,
    ),
  ],
  check(facts, report) {
    const answers = new Map<string, Evaluation>();
    const scored = new Set<string>();
    for (const evaluation of facts.evaluations.values()) {
      const { at, inputs, fit, isFolds } = evaluation;
      if (isScored(facts, evaluation) || isFolds) scored.add(fit.id);
      if (!isFolds && inputs.rows && fit.inputs.rows && within(inputs.rows, fit.inputs.rows))
        answers.set(markOf("predicted", "", at, inputs.rows).id, evaluation);
    }
    const learners = new Map<string, { readonly answer: Evaluation; readonly fits: Fit[] }>();
    for (const fit of facts.fits.values())
      for (const mark of fit.inputs.marks.values()) {
        const answer = mark.kind === "predicted" ? answers.get(mark.id) : undefined;
        if (!answer || !scored.has(fit.id) || answer.fit.id === fit.id) continue;
        const place = `${mark.at.cell}:${mark.at.from}`;
        const learner = learners.get(place) ?? { answer, fits: [] };
        learner.fits.push(fit);
        learners.set(place, learner);
      }
    for (const { answer, fits } of learners.values())
      report({
        at: answer.at,
        message: `\`${answer.fit.model}\` answers for rows it was fitted on, and ${
          fits.length === 1 ? `\`${fits[0]?.model}\`` : `${fits.length} models`
        } learned from these answers: on new rows they are worse.`,
        path: distinct([
          step("fit", answer.fit.statement, `${answer.fit.model} is fitted`),
          step("source", answer.at, "it answers for the same rows"),
          ...fits.map((fit) => step("fit", fit.statement, `${fit.model} is fitted`)),
        ]),
        about: { evaluations: [answer] },
      });
  },
});
