import { learnedSplit } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Split } from "../../facts/values/split.ts";
import { bad, distinct, good, rule, scoreStep, step } from "../../rule.ts";

/** A model learned from all rows, the test half of a split included, and is scored on that half. */
export const refitOnAllThenTest = rule({
  id: "refit-on-all-then-test",
  kind: "overlap",
  tier: "core",
  severity: "error",
  title: "Fitted on all rows, scored on the test rows",
  why: "The model has learned the answers it is asked for, so the score says nothing about new rows.",
  instead: "Fit on the training rows; fit on all rows only after the last score, for the model you ship.",
  source: "Yang et al., ASE 2022; scikit-learn, Common pitfalls",
  examples: [
    bad(
      "split, then fitted on everything",
      `
df = pd.read_csv("houses.csv")
X, y = df[["size"]], df["price"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = Ridge().fit(X, y)
#       ^^^^^^^^^^^^^^^^^ learns the test rows
print(model.score(X_test, y_test))
`,
      "`Ridge` is fitted on all rows, those `train_test_split` put aside for testing included; 1 score rests on them.",
    ),
    bad(
      "settings searched on everything",
      `
df = pd.read_csv("houses.csv")
X, y = df[["size"]], df["price"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
search = GridSearchCV(SVR(), {"C": [1, 10]}).fit(X, y)
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ learns the test rows
print(search.score(X_test, y_test))
`,
      "`GridSearchCV` is fitted on all rows, those `train_test_split` put aside for testing included; 1 score rests on them.",
    ),
    good(
      "fitted on the training rows",
      `
df = pd.read_csv("houses.csv")
X, y = df[["size"]], df["price"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
search = GridSearchCV(SVR(), {"C": [1, 10]}).fit(X_train, y_train)
print(search.score(X_test, y_test))
`,
    ),
    good(
      "fitted on all rows after the score, for rows of another file",
      `
df, new = pd.read_csv("houses.csv"), pd.read_csv("new.csv")
X, y = df[["size"]], df["price"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = Ridge().fit(X_train, y_train)
print(model.score(X_test, y_test))
model.fit(X, y)
answers = model.predict(new[["size"]])
`,
    ),
    good(
      "split again inside the training rows",
      `
df = pd.read_csv("houses.csv")
rest, test = train_test_split(df)
train, valid = train_test_split(rest)
first = Ridge().fit(train[["size"]], train["price"])
print(first.score(valid[["size"]], valid["price"]))
last = Ridge().fit(rest[["size"]], rest["price"])
print(last.score(test[["size"]], test["price"]))
`,
    ),
  ],
  check(facts, report) {
    const leaks = new Map<string, { split: Split; evaluations: Evaluation[] }>();
    for (const evaluation of facts.evaluations.values()) {
      const split = learnedSplit(facts, evaluation);
      if (!split) continue;
      const { at } = evaluation.fit;
      const place = `${at.cell}:${at.from}:${at.to}`;
      const leak = leaks.get(place) ?? { split, evaluations: [] };
      leak.evaluations.push(evaluation);
      leaks.set(place, leak);
    }
    for (const { split, evaluations } of leaks.values()) {
      const [first] = evaluations;
      if (!first) continue;
      const scores = new Set(evaluations.map((one) => `${one.at.cell}:${one.at.from}`)).size;
      report({
        at: first.fit.at,
        message:
          `\`${first.fit.model}\` is fitted on all rows, those \`${split.label}\` put aside for testing included; ` +
          `${scores === 1 ? "1 score rests" : `${scores} scores rest`} on them.`,
        path: distinct([
          step("split", split.at, split.label),
          step("fit", first.fit.statement, `${first.fit.model} is fitted`),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        about: { evaluations },
      });
    }
  },
});
