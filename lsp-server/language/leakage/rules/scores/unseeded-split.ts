import { bad, good, rule, step } from "../../rule.ts";

/** Chance cuts the rows another way each time. */
export const unseededSplit = rule({
  id: "unseeded-split",
  kind: "reproducibility",
  tier: "extra",
  severity: "information",
  title: "Split by chance without a seed",
  why: "Each run scores other rows: two scores differ by chance, and whoever runs it again gets a third.",
  instead: "Give `random_state` a number, or seed the library once.",
  source: "scikit-learn, Controlling randomness",
  examples: [
    bad(
      "no seed anywhere",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
#                                  ^^^^^^^^^^^^^^^^^^^^^^ by chance
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`train_test_split` cuts these rows another way each time: nothing seeds it.",
    ),
    good(
      "seeded where it stands, or once for all",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)
SVC().fit(X_train, y_train).score(X_test, y_test)
train, test = train_test_split(df, shuffle=False)
SVC().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"])
`,
    ),
    good(
      "seeded once for all",
      `
np.random.seed(1)
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
  ],
  check(facts, report) {
    if (facts.seeds.size > 0) return;
    for (const split of facts.splits.values())
      if (split.how === "random" && !split.isSeeded)
        report({
          at: split.decidedAt,
          message: `\`${split.label}\` cuts these rows another way each time: nothing seeds it.`,
          path: [step("split", split.at, split.label)],
        });
  },
});
