import { bad, good, leaksOf, rule } from "../../rule.ts";
import { columnsWith, listed } from "../names.ts";
import { modelsNamed, pathOf, scoresOf } from "../preparation/before-split.ts";
import { isGroupedBy, toldOfTarget } from "./told-of-target.ts";

/** A value of an input was filled, learned or made up with the help of the row's own answer. */
export const computedWithTarget = rule({
  id: "computed-with-target",
  kind: "target-in-features",
  tier: "core",
  severity: "error",
  title: "Computed with the target",
  why: "Such a value says something of its row's own answer, in test rows too: the score rests on what nobody knows in production.",
  instead:
    "Keep the target out of it: group by other columns, and take the target away before anything is fitted on the inputs.",
  source: "Kapoor and Narayanan 2023, L2; Kaufman et al. 2012, Leakage in data mining",
  examples: [
    bad(
      "gaps are filled by the median of those with the same answer",
      `
df = pd.read_csv("patients.csv")
df["insulin"] = df["insulin"].fillna(df.groupby("ill")["insulin"].transform("median"))
#                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is another value for the ill
X, y = df.drop(columns="ill"), df["ill"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`median` for `insulin` was computed within groups of `ill`, which `SVC` is to predict; 1 score rests on it.",
    ),
    bad(
      "by a table of each answer's medians",
      `
df = pd.read_csv("patients.csv")
usual = df.groupby("ill")["insulin"].median()
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is another value for the ill
df["insulin"] = df["insulin"].fillna(df["ill"].map(usual))
X, y = df.drop(columns="ill"), df["ill"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`median` for `insulin` was computed within groups of `ill`, which `SVC` is to predict; 1 score rests on it.",
    ),
    bad(
      "each part of a split by its own answers",
      `
df = pd.read_csv("patients.csv")
train, test = train_test_split(df)
for part in [train, test]:
    part["insulin"] = part.groupby("ill")["insulin"].ffill()
    #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ takes it from a row with the same answer
model = SVC().fit(train[["insulin"]], train["ill"])
model.score(test[["insulin"]], test["ill"])
`,
      "`ffill` for `insulin` was computed within groups of `ill`, which `SVC` is to predict; 1 score rests on it.",
    ),
    bad(
      "rows that are alike, and alike in the answer, fill each other's gaps",
      `
from sklearn.impute import KNNImputer
df = pd.read_csv("patients.csv")
df = pd.DataFrame(KNNImputer().fit_transform(df), columns=df.columns)
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is told the answer
X, y = df.drop(columns="ill"), df["ill"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`KNNImputer` was given `ill`, which `SVC` is to predict, among the columns that it computes each input from; 1 score rests on it.",
    ),
    bad(
      "components of all columns, the answer among them",
      `
df = pd.read_csv("patients.csv")
parts = PCA(3).fit_transform(df)
#       ^^^^^^^^^^^^^^^^^^^^^^^^ is told the answer
print(cross_val_score(SVC(), parts, df["ill"]))
`,
      "`PCA` was given `ill`, which `SVC` is to predict, among the columns that it computes each input from; 1 score rests on it.",
    ),
    bad(
      "a pipeline of which a step mixes the columns",
      `
from sklearn.impute import KNNImputer
df = pd.read_csv("patients.csv")
whole = make_pipeline(StandardScaler(), KNNImputer()).fit_transform(df)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is told the answer
df = pd.DataFrame(whole, columns=df.columns)
X, y = df.drop(columns="ill"), df["ill"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`Pipeline` was given `ill`, which `SVC` is to predict, among the columns that it computes each input from; 1 score rests on it.",
    ),
    bad(
      "those with one answer and those with the other, each by what is usual among them",
      `
df = pd.read_csv("patients.csv")
def centred(part):
    part["age"] = part["age"] - part["age"].mean()
    #                           ^^^^^^^^^^^^^^^^^^ is another value for the ill
    return part
df = pd.concat([centred(df[df["ill"] == 1].copy()), centred(df[df["ill"] == 0].copy())])
X_train, X_test, y_train, y_test = train_test_split(df[["age"]], df["ill"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`mean` for `age` was computed within groups of `ill`, which `SVC` is to predict; 1 score rests on it.",
    ),
    good(
      "how far each is from what is usual among the training rows with one answer",
      `
train, test = train_test_split(pd.read_csv("patients.csv"))
sick, well = train[train["ill"] == 1]["age"].mean(), train[train["ill"] == 0]["age"].mean()
for part in [train, test]:
    part["sick"], part["well"] = part["age"] - sick, part["age"] - well
model = SVC().fit(train[["sick", "well"]], train["ill"])
model.score(test[["sick", "well"]], test["ill"])
`,
    ),
    good(
      "by other columns, and without the answer",
      `
from sklearn.impute import KNNImputer
df = pd.read_csv("patients.csv")
train, test = train_test_split(df)
usual = train.groupby("sex")["insulin"].median()
for part in [train, test]:
    part["insulin"] = part["insulin"].fillna(part["sex"].map(usual))
X_train, X_test = train.drop(columns="ill"), test.drop(columns="ill")
imputer = KNNImputer().fit(X_train)
model = SVC().fit(imputer.transform(X_train), train["ill"])
model.score(imputer.transform(X_test), test["ill"])
`,
    ),
    good(
      "of groups of the target, to look at, or in a column that no model is given",
      `
df = pd.read_csv("patients.csv")
print(df.groupby("ill")["insulin"].median())
df["usual"] = df.groupby("ill")["insulin"].transform("median")
df["usual"].hist()
train, test = train_test_split(df)
model = SVC().fit(train[["insulin"]], train["ill"])
model.score(test[["insulin"]], test["ill"])
`,
    ),
    good(
      "each column by itself, the answer among them",
      `
train, test = train_test_split(pd.read_csv("patients.csv"))
imputer = SimpleImputer().fit(train)
train[:], test[:] = imputer.transform(train), imputer.transform(test)
model = SVC().fit(train.drop(columns="ill"), train["ill"])
model.score(test.drop(columns="ill"), test["ill"])
`,
    ),
  ],
  check(facts, report) {
    for (const { mark, evaluations } of leaksOf(
      facts,
      (one) => one.inputs.marks,
      (mark, one) => toldOfTarget(facts, mark, one),
    )) {
      const [one] = evaluations;
      const target = one?.fit.target;
      const named = `\`${target?.column ?? [...(target?.origins ?? [])][0] ?? "the target"}\``;
      const columns = listed(columnsWith(mark, evaluations));
      const what = `\`${mark.label}\`${columns === null ? "" : ` for ${columns}`}`;
      const models = modelsNamed(evaluations);
      const predicting = `which ${models} ${models.startsWith("`") ? "is" : "are"} to predict`;
      report({
        at: mark.at,
        message:
          one && isGroupedBy(mark, one)
            ? `${what} was computed within groups of ${named}, ${predicting}; ${scoresOf(evaluations)}.`
            : `\`${mark.label}\` was given ${named}, ${predicting}, among the columns that it computes each input from; ${scoresOf(evaluations)}.`,
        path: pathOf(facts, mark, evaluations, `${mark.label} is told the target`),
        about: { mark, evaluations },
      });
    }
  },
});
