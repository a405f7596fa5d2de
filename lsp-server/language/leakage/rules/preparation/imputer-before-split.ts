import { bad, good, rule } from "../../rule.ts";
import { reportBeforeSplit } from "./before-split.ts";

/** Gaps filled by a statistic of rows that are scored later. */
export const imputerBeforeSplit = rule({
  id: "imputer-before-split",
  kind: "preprocessing",
  tier: "core",
  severity: "warning",
  title: "Filled before the split",
  why: "What fills the gaps has seen the test rows, so the score is not what production will be.",
  instead:
    "Split first; learn the value that fills on the training rows and fill both parts by it. `SimpleImputer` in a pipeline does both.",
  source: "Yang et al., ASE 2022; scikit-learn, Common pitfalls",
  examples: [
    bad(
      "a median of all rows fills the gaps",
      `
df = pd.read_csv("titanic.csv")
df["Age"] = df["Age"].fillna(df["Age"].median())
#                            ^^^^^^^^^^^^^^^^^^ has seen the test rows
train, test = train_test_split(df)
model = RandomForestClassifier()
model.fit(train[["Age", "Fare"]], train["Survived"])
print(accuracy_score(test["Survived"], model.predict(test[["Age", "Fare"]])))
`,
      "`median` for `Age` was computed from all rows of `titanic.csv`, test rows included, and `RandomForestClassifier` learned from the result; 1 score rests on it.",
    ),
    bad(
      "filled in place, column by column, in a list of columns computed from the frame",
      `
df = pd.read_csv("data.csv")
for column in df.select_dtypes("number").columns:
    df[column].fillna(df[column].median(), inplace=True)
    #                 ^^^^^^^^^^^^^^^^^^^ has seen the test rows
train, test = train_test_split(df)
SVC().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"])
`,
      "`median` for `a` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ),
    bad(
      "the most frequent value of all rows fills the gaps",
      `
df = pd.read_csv("titanic.csv")
df["Deck"] = df["Deck"].fillna(df["Deck"].value_counts().index[0])
#                              ^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
train, test = train_test_split(df)
model = CatBoostClassifier().fit(train[["Deck", "Fare"]], train["Survived"])
print(model.score(test[["Deck", "Fare"]], test["Survived"]))
`,
      "`value_counts` for `Deck` was computed from all rows of `titanic.csv`, test rows included, and `CatBoostClassifier` learned from the result; 1 score rests on it.",
    ),
    good(
      "filled column by column after the split",
      `
df = pd.read_csv("data.csv")
train, test = train_test_split(df)
for column in df.select_dtypes("number").columns:
    middle = train[column].median()
    train[column].fillna(middle, inplace=True)
    test[column].fillna(middle, inplace=True)
SVC().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"])
`,
    ),
  ],
  check(facts, report) {
    reportBeforeSplit(facts, report, "imputer");
  },
});
