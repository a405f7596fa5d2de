import { good, note, type RuleText } from "../rule.ts";

/** A comment that names a rule as an allowance does, and is written otherwise. It allows nothing. */
export const misspeltAllowance: RuleText = {
  id: "misspelt-allowance",
  kind: "suppression",
  tier: "core",
  severity: "information",
  title: "Misspelt allowance",
  why: "It reads as if the finding were allowed, and it is reported all the same, or will be.",
  instead: "Write `# lookback: allow <rule-id> — reason`.",
  source: "Lookback: an exception is part of the project and is reviewed like its code",
  examples: [
    note(
      "in other letters",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
print(SVC().fit(X_train, y_train).score(X_test, y_test))
print(GaussianNB().fit(X_train, y_train).score(X_test, y_test))  # Lookback: Allow multi-test — both are shown
#                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
      "This comment allows nothing: an allowance begins `lookback: allow multi-test`.",
    ),
    note(
      "by another word",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
print(SVC().fit(X_train, y_train).score(X_test, y_test))
print(GaussianNB().fit(X_train, y_train).score(X_test, y_test))  # lookback: ignore multi-test — both are shown
#                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
      "This comment allows nothing: an allowance begins `lookback: allow multi-test`.",
    ),
    good(
      "a comment about something else",
      `
# Lookback: ignore the first 30 days
df = pd.read_csv("houses.csv")
`,
    ),
  ],
};
