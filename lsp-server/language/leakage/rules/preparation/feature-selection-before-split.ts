import { bad, good, rule } from "../../rule.ts";
import { reportBeforeSplit } from "./before-split.ts";

/** Columns, or projections, chosen with the labels of rows that are scored later. */
export const featureSelectionBeforeSplit = rule({
  id: "feature-selection-before-split",
  kind: "preprocessing",
  tier: "core",
  severity: "error",
  title: "Chosen by the labels before the split",
  why: "The labels of the test rows took part in the choice: columns that fit them by chance stay, and the score rises with nothing learned.",
  instead: "Choose on the training rows, or make the choice a step of a pipeline, which every fold repeats.",
  source: "scikit-learn, Common pitfalls; Hastie et al., ESL 7.10.2; Kapoor and Narayanan 2023, L1.3",
  examples: [
    bad(
      "columns chosen by their correlation with the label, over all rows",
      `
df = pd.read_csv("data.csv")
strength = df.corr()["y"].abs()
#          ^^^^^^^^^ has seen the test rows
chosen = strength[strength > 0.3].index
X_train, X_test, y_train, y_test = train_test_split(df[chosen], df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`corr` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ),
    bad(
      "the largest of a series of what it found important",
      `
df = pd.read_csv("data.csv")
X, y = df.drop(columns="y"), df["y"]
probe = RandomForestClassifier().fit(X, y)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
top = pd.Series(probe.feature_importances_, index=X.columns).nlargest(10).index
X_train, X_test, y_train, y_test = train_test_split(X[top], y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`RandomForestClassifier` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ),
    bad(
      "listed with their importance",
      `
df = pd.read_csv("data.csv")
X, y = df.drop(columns="y"), df["y"]
probe = RandomForestClassifier().fit(X, y)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
top = [name for name, weight in zip(X.columns, probe.feature_importances_) if weight > 0.01]
X_train, X_test, y_train, y_test = train_test_split(X[top], y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`RandomForestClassifier` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ),
    bad(
      "the head of a table of importances",
      `
df = pd.read_csv("data.csv")
X, y = df.drop(columns="y"), df["y"]
probe = RandomForestClassifier().fit(X, y)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
top = pd.DataFrame({"name": X.columns, "weight": probe.feature_importances_}).sort_values("weight")["name"].tail(10)
X_train, X_test, y_train, y_test = train_test_split(X[top], y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`RandomForestClassifier` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ),
    bad(
      "columns chosen by their correlation with each other",
      `
df = pd.read_csv("data.csv")
X, y = df[["a", "b", "c"]], df["y"]
alike = X.corr().abs()
#       ^^^^^^^^ has seen the test rows
X = X.drop(columns=[c for c in alike.columns if any(alike[c] > 0.95)])
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`corr` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ),
    bad(
      "columns chosen by what a model of all rows found important",
      `
df = pd.read_csv("data.csv")
X, y = df.drop(columns="y"), df["y"]
forest = RandomForestClassifier().fit(X, y)
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
top = X.columns[forest.feature_importances_ > 0.1]
X_train, X_test, y_train, y_test = train_test_split(X[top], y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`RandomForestClassifier` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ),
    bad(
      "projected by a discriminant of all rows and their labels",
      `
df = pd.read_csv("data.csv")
X, y = df.drop(columns="y"), df["y"]
shown = LinearDiscriminantAnalysis(n_components=1).fit_transform(X, y)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test labels
X_train, X_test, y_train, y_test = train_test_split(shown, y)
LogisticRegression().fit(X_train, y_train).score(X_test, y_test)
`,
      "`LinearDiscriminantAnalysis` was computed from all rows of `data.csv`, test rows included, and `LogisticRegression` learned from the result; 1 score rests on it.",
    ),
    bad(
      "projected in two steps, by partial least squares",
      `
df = pd.read_csv("data.csv")
X, y = df.drop(columns="y"), df["y"]
pls = PLSRegression(n_components=2).fit(X, y)
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test labels
X = pls.transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y)
Ridge().fit(X_train, y_train).score(X_test, y_test)
`,
      "`PLSRegression` was computed from all rows of `data.csv`, test rows included, and `Ridge` learned from the result; 1 score rests on it.",
    ),
    bad(
      "columns chosen by all labels before a search reports its best score",
      `
df = pd.read_csv("data.csv")
X, y = df.drop(columns="y"), df["y"]
X = SelectKBest(k=5).fit_transform(X, y)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the labels of every fold
search = RandomizedSearchCV(SVC(), {"C": [1, 10]}).fit(X, y)
print(search.best_score_)
`,
      "`SelectKBest` was computed from all rows of `data.csv`, test rows included, and `RandomizedSearchCV` learned from the result; 1 score rests on it.",
    ),
    bad(
      "columns chosen by all labels before what the bootstrap left out is scored",
      `
df = pd.read_csv("data.csv")
X = SelectKBest(k=5).fit_transform(df.drop(columns="y"), df["y"])
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen every label
forest = RandomForestClassifier(oob_score=True).fit(X, df["y"])
print(forest.oob_score_)
`,
      "`SelectKBest` was computed from all rows of `data.csv`, test rows included, and `RandomForestClassifier` learned from the result; 1 score rests on it.",
    ),
    good(
      "projected by the training rows, and the search looks at them alone",
      `
df = pd.read_csv("data.csv")
X, y = df.drop(columns="y"), df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
lda = LinearDiscriminantAnalysis().fit(X_train, y_train)
model = SVC().fit(lda.transform(X_train), y_train)
model.score(lda.transform(X_test), y_test)
lda.score(X_test, y_test)
search = GridSearchCV(make_pipeline(SelectKBest(k=5), SVC()), {"svc__C": [1, 10]}).fit(X_train, y_train)
print(search.best_score_, search.cv_results_["mean_test_score"], search.score(X_test, y_test))
`,
    ),
    good(
      "columns chosen by the training rows alone",
      `
df = pd.read_csv("data.csv")
train, test = train_test_split(df)
strength = train.corr()["y"].abs()
chosen = strength[strength > 0.3].index
model = SVC().fit(train[chosen], train["y"])
model.score(test[chosen], test["y"])
`,
    ),
  ],
  check(facts, report) {
    reportBeforeSplit(facts, report, "selection");
  },
});
