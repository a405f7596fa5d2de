import type { Evaluation, Fit } from "../../facts/values/fit.ts";
import { within } from "../../facts/values/rows.ts";
import { bad, distinct, good, type NotebookFacts, rule, scoreStep, step } from "../../rule.ts";

/** One model goes on learning through the folds that score it. */
export const leakyCvRefit = rule({
  id: "leaky-cv-refit",
  kind: "overlap",
  tier: "core",
  severity: "error",
  title: "Learns on from fold to fold",
  why: "From the second fold on it has learned from the rows that the fold holds out, so the scores rise with every fold.",
  instead:
    "Make the model anew in every fold, or copy it: `clone(model)`, a function that builds the network.",
  source:
    "scikit-learn, Cross-validation: a model is fitted from scratch in every fold; Yang et al., ASE 2022",
  examples: [
    bad(
      "a network made before the folds",
      `
model = Sequential([Dense(1)])
model.compile(loss="mse")
for train, test in KFold(5).split(X):
    history = model.fit(X[train], y[train], epochs=5)
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ goes on
    print(model.evaluate(X[test], y[test]))
`,
      "`Sequential` is made before the folds and goes on learning in each: from the second on it has learned from the rows that `KFold` holds out.",
    ),
    bad(
      "a model that keeps what it knows",
      `
model = SGDClassifier(warm_start=True)
scores = []
for train, test in StratifiedKFold(5).split(X, y):
    fitted = model.fit(X[train], y[train])
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ goes on
    scores.append(model.score(X[test], y[test]))
`,
      "`SGDClassifier` is made before the folds and goes on learning in each: from the second on it has learned from the rows that `StratifiedKFold` holds out.",
    ),
    good(
      "made anew in every fold",
      `
def build():
    model = Sequential([Dense(1)])
    model.compile(loss="mse")
    return model
for train, test in KFold(5).split(X):
    model = build()
    model.fit(X[train], y[train], epochs=5)
    model.fit(X[train], y[train], epochs=5)
    print(model.evaluate(X[test], y[test]))
`,
    ),
    good(
      "put back before every fold",
      `
model = Sequential([Dense(1)])
fresh = model.get_weights()
for train, test in KFold(5).split(X):
    model.set_weights(fresh)
    model.fit(X[train], y[train], epochs=5)
    print(model.evaluate(X[test], y[test]))
`,
    ),
    good(
      "a model that begins anew whenever it is fitted",
      `
model = SVC()
for train, test in KFold(5).split(X):
    model.fit(X[train], y[train])
    print(model.score(X[test], y[test]))
`,
    ),
  ],
  check(facts, report) {
    const seen = new Map<Fit, Evaluation[]>();
    for (const evaluation of facts.evaluations.values()) {
      const { fit } = evaluation;
      if (fit.isContinued && foldOf(facts, evaluation)) seen.set(fit, [...(seen.get(fit) ?? []), evaluation]);
    }
    for (const [fit, evaluations] of seen) {
      const [first] = evaluations;
      const split = first && foldOf(facts, first);
      if (!split) continue;
      report({
        at: fit.at,
        message:
          `\`${fit.model}\` is made before the folds and goes on learning in each: from the second on it has learned from the ` +
          `rows that \`${split.label}\` holds out.`,
        path: distinct([
          step("split", split.at, split.label),
          step("fit", fit.statement, `${fit.model} goes on learning`),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
      });
    }
  },
});

/** The folds of which a model learned one side and is scored on the other. */
function foldOf(facts: NotebookFacts, { inputs, fit, isFolds }: Evaluation) {
  if (isFolds || !inputs.rows || !fit.inputs.rows || within(inputs.rows, fit.inputs.rows)) return null;
  for (const { cut, side } of inputs.rows.limits) {
    const split = facts.splits.get(cut);
    const isLearned = fit.inputs.rows.limits.some((limit) => limit.cut === cut && limit.side === "train");
    if (split?.folds != null && side === "test" && isLearned) return split;
  }
  return null;
}
