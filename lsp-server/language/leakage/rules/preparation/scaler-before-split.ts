import { reachesScore } from "../../facts/reach.ts";
import type { Evaluation, Mark, Marks } from "../../facts/values/value.ts";
import type { Fix } from "../../finding.ts";
import {
  bad,
  type Draft,
  distinct,
  good,
  leaksOf,
  type NotebookFacts,
  note,
  rule,
  step,
} from "../../rule.ts";

/** A statistic learned from every row carries the test rows into training. */
export const scalerBeforeSplit = rule({
  id: "scaler-before-split",
  kind: "preprocessing",
  tier: "core",
  severity: "error",
  title: "Fitted before the split",
  why: "It has seen the test rows, so the score is not what production will be.",
  instead: "Split first; fit on the training rows; only `transform` the test rows. A pipeline does both.",
  source: "Yang et al., ASE 2022; scikit-learn, Common pitfalls; Kapoor and Narayanan 2023, L1.2",
  examples: [
    bad(
      "fitted in an earlier cell",
      `
customers = pd.read_csv("customers.csv")
scaled = StandardScaler().fit_transform(customers[["age", "spend"]])
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
# %%
X_train, X_test, y_train, y_test = train_test_split(scaled, customers["churned"])
model = LogisticRegression().fit(X_train, y_train)
model.score(X_test, y_test)
`,
    ),
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
    ),
    bad(
      "in a function, through an alias, before cross-validation",
      `
def scale(frame):
    return MinMaxScaler().fit_transform(frame)
    #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
data = pd.read_csv("data.csv")
X, y = scale(data.drop(columns=["y"])), data["y"]
features = X
cross_val_score(SVC(), features, y)
`,
    ),
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
    ),
    bad(
      "scaled before a generator hands over the batches",
      `
def batches(X, y, size):
    for start in range(0, len(X), size):
        yield X[start : start + size], y[start : start + size]
df = pd.read_csv("data.csv")
X = MinMaxScaler().fit_transform(df[["a", "b"]])
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
model = Sequential([Dense(1)])
model.fit_generator(generator=batches(X_train, y_train, 32))
model.evaluate(X_test, y_test)
`,
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
    ),
    bad(
      "means of the target stand beside the rows they were made of",
      `
df = pd.read_csv("data.csv")
df["city_mean"] = df.groupby("city").price.transform("mean")
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the answers of the test rows
X_train, X_test, y_train, y_test = train_test_split(df[["city_mean"]], df["price"])
Ridge().fit(X_train, y_train).score(X_test, y_test)
`,
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
    ),
    bad(
      "scaled before a curve is drawn by the model itself",
      `
from sklearn.metrics import RocCurveDisplay
df = pd.read_csv("data.csv")
X = StandardScaler().fit_transform(df[["a", "b"]])
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
model = LogisticRegression().fit(X_train, y_train)
RocCurveDisplay.from_estimator(model, X_test, y_test)
`,
    ),
    note(
      "the target says what is above the mean of all rows",
      `
df = pd.read_csv("data.csv")
high = df["price"] > df["price"].mean()
#                    ^^^^^^^^^^^^^^^^^^ has seen the test rows
X_train, X_test, y_train, y_test = train_test_split(df[["a", "b"]], high)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
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
    good(
      "fitted on the training rows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler().fit(X_train)
model = SVC().fit(scaler.transform(X_train), y_train)
model.score(scaler.transform(X_test), y_test)
`,
    ),
    good(
      "a pipeline is fitted anew in every fold",
      `
cross_val_score(make_pipeline(StandardScaler(), SVC()), X, y)
search = GridSearchCV(Pipeline([("scale", StandardScaler()), ("svc", SVC())]), {"svc__C": [1, 10]})
X_train, X_test, y_train, y_test = train_test_split(X, y)
search.fit(X_train, y_train)
search.score(X_test, y_test)
`,
    ),
    good(
      "the scaled rows are only plotted",
      `
df = pd.read_csv("data.csv")
shown = PCA(2).fit_transform(df)
plt.scatter(shown[:, 0], shown[:, 1])
train, test = train_test_split(df)
model = SVC().fit(train[["a"]], train["y"])
model.score(test[["a"]], test["y"])
`,
    ),
    good(
      "the name was given to something else since",
      `
df = pd.read_csv("data.csv")
X = StandardScaler().fit_transform(df[["a", "b"]])
X = df[["a", "b"]]
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
    good(
      "encoders of labels and dummies learn nothing that matters",
      `
df = pd.read_csv("data.csv")
y = LabelEncoder().fit_transform(df["y"])
X = pd.get_dummies(df[["a", "b"]].astype(str))
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
    good(
      "the last fit, after every score, may use all rows",
      `
df = pd.read_csv("data.csv")
train, test = train_test_split(df)
model = SVC().fit(train[["a"]], train["y"])
model.score(test[["a"]], test["y"])
final = SVC().fit(StandardScaler().fit_transform(df[["a"]]), df["y"])
`,
    ),
  ],
  check(facts, report) {
    for (const { mark, evaluations } of leaksOf(facts, (one) => one.fit.inputs.marks, reaches))
      report({
        ...leakOf(facts, mark, evaluations),
        severity: isOfTarget(mark, evaluations)
          ? "error"
          : isMild(mark, evaluations)
            ? "information"
            : "warning",
        isTransductive:
          mark.kind === "statistic" && (mark.rows?.tables.length ?? 0) > 1 && !isOfTarget(mark, evaluations),
        fixes: fixesOf(facts, mark, evaluations),
      });
    // What is to be predicted is known for every row once it is measured: the score means another thing in production, and is no better.
    for (const { mark, evaluations } of leaksOf(facts, targetMarks, reaches)) {
      const leak = leakOf(facts, mark, evaluations);
      const message = leak.message.replace("learned from the result", "learned to answer the result");
      report({ ...leak, message, severity: "information" });
    }
  },
});

function leakOf(facts: NotebookFacts, mark: Mark, evaluations: readonly Evaluation[]): Draft {
  const scores = new Set(evaluations.map((one) => `${one.at.cell}:${one.at.from}`)).size;
  const cuts = new Set(evaluations.flatMap((one) => one.inputs.rows?.limits.map((limit) => limit.cut) ?? []));
  const models = new Set(evaluations.map((one) => one.fit.at.from)).size;
  return {
    at: mark.at,
    message:
      `\`${mark.label}\` was computed from all rows, ${isInsideTraining(mark) ? "validation" : "test"} rows included, and ` +
      `${models === 1 ? `\`${evaluations[0]?.fit.model}\`` : `${models} models`} learned from the result; ` +
      `${scores === 1 ? "1 score rests" : `${scores} scores rest`} on it.`,
    path: distinct([
      step("source", mark.at, `${mark.label} learns from all rows`),
      ...[...facts.splits.values()]
        .filter((split) => cuts.has(split.id))
        .map((split) => step("split", split.at, split.label)),
      ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
      ...evaluations.map((one) => step("evaluate", one.statement, one.how)),
    ]),
  };
}

/** Learned inside the training part, or before folds only: the measured effect is below .005 of AUC (Roth 2026). */
function isMild(mark: Mark, evaluations: readonly Evaluation[]): boolean {
  return mark.kind === "statistic" && (isInsideTraining(mark) || evaluations.every((one) => one.isFolds));
}

/** Group means of what is to be predicted hand each row its own answer: the fewer rows a group has, the more of it. */
function isOfTarget({ of, rows }: Mark, evaluations: readonly Evaluation[]): boolean {
  return (
    of !== null && !isInsideTraining({ rows }) && evaluations.some(({ fit }) => fit.target?.column === of)
  );
}

function isInsideTraining({ rows }: Pick<Mark, "rows">): boolean {
  return rows?.limits.some((limit) => limit.cut.startsWith("split:") && limit.side === "train") ?? false;
}

/** What the target went through, and the inputs did not. */
function targetMarks({ fit: { inputs, target } }: Evaluation): Marks {
  return new Map([...(target?.marks ?? [])].filter(([id]) => !inputs.marks.has(id)));
}

function reaches(mark: Mark, evaluation: Evaluation): boolean {
  return (mark.kind === "statistic" || mark.kind === "supervised") && reachesScore(mark, evaluation);
}

/** For the straight line `scaled = scaler.fit_transform(X)` … `a, b, … = train_test_split(scaled, …)`: fit after the split. */
function fixesOf(facts: NotebookFacts, mark: Mark, evaluations: readonly Evaluation[]): Fix[] {
  const { written } = mark;
  if (!written) return [];
  const split = [...facts.splits.values()].find((one) =>
    evaluations.every((evaluation) => evaluation.inputs.rows?.limits.some((limit) => limit.cut === one.id)),
  );
  const [train, test] = split?.targets ?? [];
  if (split?.label !== "train_test_split" || train === undefined || test === undefined) return [];
  const isNamed = /^[A-Za-z_]\w*$/.test(written.transformer);
  const name = isNamed ? written.transformer : "scaler";
  const lines = isNamed ? [] : [`${name} = ${written.transformer}`];
  lines.push(`${written.target} = ${written.argument}`);
  const indent = " ".repeat(split.statement.start.character);
  return [
    {
      title: `Split first, then fit ${mark.label} on the training rows`,
      kind: "automatic",
      edits: [
        {
          cellId: written.statement.cell,
          range: written.statement,
          newText: lines.join(`\n${" ".repeat(written.statement.start.character)}`),
        },
        {
          cellId: split.statement.cell,
          range: { start: split.statement.end, end: split.statement.end },
          newText: `\n${indent}${train} = ${name}.fit_transform(${train})\n${indent}${test} = ${name}.transform(${test})`,
        },
      ],
    },
  ];
}
