import { ownScores } from "../../api/splitters.ts";
import { isScored, learnedSplit } from "../../facts/reach.ts";
import type { Data } from "../../facts/values/data.ts";
import type { Evaluation, Fit } from "../../facts/values/fit.ts";
import { overlap, sharePart, within } from "../../facts/values/rows.ts";
import { bad, distinct, good, type NotebookFacts, note, rule, scoreStep, step } from "../../rule.ts";

/** The only score of a model is of the very rows it learned from. */
export const evaluateOnTrain = rule({
  id: "evaluate-on-train",
  kind: "overlap",
  tier: "core",
  severity: "warning",
  title: "Scored only on its training rows",
  why: "A model that remembers its rows scores well on them and may know nothing about others.",
  instead: "Hold rows back with `train_test_split` and score those, or score by `cross_val_score`.",
  source: "Yang et al., ASE 2022; Kapoor and Narayanan 2023, L1.1",
  examples: [
    bad(
      "score on the rows it was fitted on",
      `
df = pd.read_csv("houses.csv")
X, y = df[["size"]], df["price"]
model = LinearRegression().fit(X, y)
print(model.score(X, y))
#     ^^^^^^^^^^^^^^^^^ the rows it learned from
`,
      "`LinearRegression` is scored on the rows it was fitted on, and on no others.",
    ),
    bad(
      "a metric of predictions for the training rows",
      `
df = pd.read_csv("houses.csv")
model = DecisionTreeRegressor()
model.fit(df[["size"]], df["price"])
guessed = model.predict(df[["size"]])
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ the rows it learned from
print(mean_absolute_error(df["price"], guessed))
`,
      "`DecisionTreeRegressor` is scored on the rows it was fitted on, and on no others.",
    ),
    bad(
      "beside answers for a file nobody scores",
      `
old, new = pd.read_csv("old.csv"), pd.read_csv("new.csv")
model = SVC().fit(old[["age"]], old["sold"])
answers = model.predict(new[["age"]])
print(model.score(old[["age"]], old["sold"]))
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the rows it learned from
`,
      "`SVC` is scored on the rows it was fitted on, and on no others.",
    ),
    bad(
      "cut so that some rows are on both sides",
      `
df = pd.read_csv("data.csv")
train, test = df.iloc[:8000], df.iloc[7000:]
model = SVC().fit(train[["a"]], train["y"])
print(model.score(test[["a"]], test["y"]))
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a thousand of them are training rows
`,
      "`SVC` is scored on some of the rows it was fitted on, and on no others.",
    ),
    bad(
      "two draws of one table, which share rows",
      `
df = pd.read_csv("houses.csv")
train, test = df.sample(frac=0.8), df.sample(frac=0.2)
model = LinearRegression().fit(train[["size"]], train["price"])
print(model.score(test[["size"]], test["price"]))
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ some of these are training rows
`,
      "`LinearRegression` is scored on some of the rows it was fitted on, and on no others.",
    ),
    note(
      "how well a regression fits its own rows",
      `
import statsmodels.api as sm
homes = pd.read_csv("homes.csv")
model = sm.OLS(homes["price"], sm.add_constant(homes[["area", "rooms"]])).fit()
print(model.rsquared)
#     ^^^^^^^^^^^^^^ of the rows it learned from
`,
      "`OLS` is scored on the rows it was fitted on, and on no others.",
    ),
    good(
      "a formula that meets other rows",
      `
import statsmodels.formula.api as smf
train, test = train_test_split(pd.read_csv("homes.csv"))
model = smf.ols("price ~ area + C(kind)", data=train).fit()
print(mean_squared_error(test["price"], model.predict(test)))
`,
    ),
    good(
      "what is left beside some rows",
      `
X, y = np.load("x.npy"), np.load("y.npy")
rows = np.random.choice(len(X), 100, replace=False)
model = SVC().fit(np.delete(X, rows, axis=0), np.delete(y, rows))
print(model.score(X[rows], y[rows]))
model = SVC().fit(X[::2], y[::2])
print(model.score(X[1::2], y[1::2]))
`,
    ),
    good(
      "folds cut by hand, one held out each time",
      `
df = pd.read_csv("data.csv").sample(frac=1, random_state=0)
folds = np.array_split(df, 5)
for i in range(5):
    train = pd.concat([folds[j] for j in range(5) if j != i])
    print(SVC().fit(train[["a"]], train["y"]).score(folds[i][["a"]], folds[i]["y"]))
for i in range(5):
    train = pd.concat(folds[:i] + folds[i + 1 :])
    print(SVC().fit(train[["a"]], train["y"]).score(folds[i][["a"]], folds[i]["y"]))
for i, test in enumerate(folds):
    train = pd.concat([fold for j, fold in enumerate(folds) if j != i])
    print(SVC().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"]))
rows = np.array_split(np.random.permutation(len(df)), 5)
X, y = df[["a"]].values, df["y"].values
for i in range(5):
    others = np.concatenate([rows[j] for j in range(5) if j != i])
    print(SVC().fit(X[others], y[others]).score(X[rows[i]], y[rows[i]]))
`,
    ),
    bad(
      "the fold that is scored was not held out",
      `
df = pd.read_csv("data.csv")
folds = np.array_split(df, 5)
for i in range(5):
    test = folds[i]
    model = SVC().fit(test[["a"]], test["y"])
    print(model.score(test[["a"]], test["y"]))
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the rows it learned from
`,
      "`SVC` is scored on the rows it was fitted on, and on no others.",
    ),
    good(
      "the last row of each customer is held out",
      `
df = pd.read_csv("data.csv").sort_values("customer")
test = df.groupby("customer").tail(1)
train = df.drop(test.index)
print(SVC().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"]))
`,
    ),
    good(
      "rows with a value and rows without, in SQL",
      `
import duckdb
known = duckdb.sql("SELECT x, y FROM 'data.parquet' WHERE checked_at IS NOT NULL").df()
new = duckdb.sql("SELECT x, y FROM 'data.parquet' WHERE checked_at IS NULL").df()
print(SVC().fit(known[["x"]], known["y"]).score(new[["x"]], new["y"]))
`,
    ),
    good(
      "what polars finds on one side only",
      `
import polars as pl
days = pl.read_csv("days.csv").with_row_index()
test = days.sample(fraction=0.2)
train = days.join(test, on="index", how="anti")
model = SVC().fit(train.select("x"), train["y"])
print(model.score(test.select("x"), test["y"]))
`,
    ),
    good(
      "cut from a place on, as polars does",
      `
import polars as pl
days = pl.read_csv("days.csv").sort("day")
k = int(days.height * 0.8)
train, test = days.slice(0, k), days.slice(k)
model = LinearRegression().fit(train.select("x"), train["y"])
print(model.score(test.select("x"), test["y"]))
`,
    ),
    good(
      "a mask that a seeded generator draws",
      `
df = pd.read_csv("data.csv")
X, y = df[["a"]].values, df["y"].values
mask = np.random.RandomState(1).rand(len(X)) < 0.75
model = SVC().fit(X[mask], y[mask])
print(model.score(X[~mask], y[~mask]))
drawn = np.random.RandomState(2)
mask = drawn.uniform(size=len(X)) < 0.75
model = SVC().fit(X[mask], y[mask])
print(model.score(X[~mask], y[~mask]))
`,
    ),
    good(
      "beside the score on held-out rows",
      `
df = pd.read_csv("houses.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["size"]], df["price"])
model = LinearRegression().fit(X_train, y_train)
print(model.score(X_train, y_train), model.score(X_test, y_test))
`,
    ),
    note(
      "the answers for the training rows are drawn, not scored",
      `
df = pd.read_csv("houses.csv")
model = LinearRegression().fit(df[["size"]], df["price"])
plt.plot(df["size"], model.predict(df[["size"]]))
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ the rows it learned from
`,
      "`LinearRegression` answers for the rows it was fitted on: how good these answers are says nothing of new rows.",
    ),
    note(
      "beside cross-validation",
      `
df = pd.read_csv("houses.csv")
model = LinearRegression().fit(df[["size"]], df["price"])
print(model.score(df[["size"]], df["price"]))
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the rows it learned from
print(cross_val_score(model, df[["size"]], df["price"]))
`,
      "`LinearRegression` is scored on the rows it was fitted on: the other scores speak of new rows, this one does not.",
    ),
    good(
      "rows that may be others",
      `
df = pd.read_csv("houses.csv")
model = LinearRegression().fit(df[chosen][["size"]], df["price"])
print(model.score(df[others][["size"]], df["price"]))
`,
    ),
    good(
      "a network that learns by a method of its own, which asks it",
      `
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.last = nn.Linear(20, 1)
    def forward(self, x):
        return self.last(x)
    def predict(self, x):
        return self(x)
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = Net()
optimizer = torch.optim.Adam(net.parameters())
for epoch in range(10):
    loss = nn.MSELoss()(net.predict(X_train), y_train)
    loss.backward()
    optimizer.step()
print(r2_score(y_test, net.predict(X_test).detach()))
`,
    ),
  ],
  check(facts, report) {
    const held = new Set<string>();
    for (const evaluation of facts.evaluations.values())
      if (isHeldOut(facts, evaluation)) held.add(placeOf(evaluation.fit));
    // Side by side in one statement, both numbers are looked at together: what they differ by is what the author asks.
    const shown = new Set<string>();
    for (const evaluation of facts.evaluations.values())
      if (isHeldOut(facts, evaluation) && isScored(facts, evaluation)) shown.add(statementOf(evaluation));
    const validated = new Set<string>();
    for (const { isFolds, fit } of facts.evaluations.values()) if (isFolds) validated.add(fit.model);
    // A search may be of any model: what it found is often fitted anew by hand.
    const isSearched = [...validated].some((model) => model.endsWith("SearchCV"));
    const met = [...facts.evaluations.values()].filter(
      // A model that was fitted on all rows after a split is another fault.
      (one) => meetsItself(one) && learnedSplit(facts, one) === null,
    );
    const scored = new Set(met.filter((one) => isScored(facts, one)).map((one) => placeOf(one.fit)));
    const reported = new Set<string>();
    for (const evaluation of met) {
      const { fit, at } = evaluation;
      const place = `${at.cell}:${at.from}`;
      if (reported.has(place) || shown.has(statementOf(evaluation))) continue;
      const isScore = isScored(facts, evaluation);
      if (!isScore && (scored.has(placeOf(fit)) || !isAskedOfItself(facts, evaluation))) continue;
      reported.add(place);
      const isBeside = held.has(placeOf(fit)) || validated.has(fit.model) || isSearched;
      report({
        at,
        severity:
          isScore &&
          !ownScores.has(evaluation.how) &&
          (isMixed(evaluation) || (isOfAll(evaluation) && !isBeside))
            ? "warning"
            : "information",
        message: messageOf(evaluation, isScore, isBeside),
        path: distinct([step("fit", fit.statement, `${fit.model} is fitted`), scoreStep(facts, evaluation)]),
        about: { evaluations: [evaluation] },
      });
    }
  },
});

/** A fit and the statement its answer stands in. */
function statementOf({ fit, statement }: Evaluation): string {
  return `${placeOf(fit)}>${statement.cell}:${statement.from}`;
}

function placeOf({ at }: Fit): string {
  return `${at.cell}:${at.from}`;
}

/** Other rows of the same table, or any other rows that were scored; answers for another file may be a submission. */
function isHeldOut(facts: NotebookFacts, evaluation: Evaluation): boolean {
  const { fit, inputs, isFolds } = evaluation;
  if (isFolds || !inputs.rows || !fit.inputs.rows) return true;
  if (overlap(inputs.rows, fit.inputs.rows)) return false;
  const { tables } = fit.inputs.rows;
  return isScored(facts, evaluation) || inputs.rows.tables.some((table) => tables.includes(table));
}

/** What is said of a model that meets rows it has learned from. */
function messageOf(evaluation: Evaluation, isScore: boolean, isBeside: boolean): string {
  const { fit, inputs } = evaluation;
  const isMore =
    !isOfAll(evaluation) &&
    fit.inputs.rows !== null &&
    inputs.rows !== null &&
    within(fit.inputs.rows, inputs.rows);
  const which = isMore
    ? "rows that those it was fitted on are among"
    : `${isOfAll(evaluation) ? "the" : "some of the"} rows it was fitted on`;
  if (!isScore)
    return `\`${fit.model}\` answers for ${which}: how good these answers are says nothing of new rows.`;
  return isBeside
    ? `\`${fit.model}\` is scored on ${which}: the other scores speak of new rows, this one does not.`
    : `\`${fit.model}\` is scored on ${which}, and on no others.`;
}

/** Whether a model meets rows of its fit: all of them, some, or others beside them. */
function meetsItself({ fit, inputs, isFolds }: Evaluation): boolean {
  if (isFolds || !inputs.rows || !fit.inputs.rows || !isSameColumns(inputs, fit.inputs)) return false;
  return (
    within(inputs.rows, fit.inputs.rows) ||
    within(fit.inputs.rows, inputs.rows) ||
    sharePart(inputs.rows, fit.inputs.rows)
  );
}

/** Rows to test and rows to train were cut so that some are both. */
function isMixed({ fit, inputs }: Evaluation): boolean {
  return inputs.rows !== null && fit.inputs.rows !== null && sharePart(inputs.rows, fit.inputs.rows);
}

/**
 * Whether answers that are not scored are meant to show how well the model does: those about its own rows; about some of them where it
 * learned a target, for without one they may be about later rows; about others beside them where those were put aside before.
 */
function isAskedOfItself(facts: NotebookFacts, { fit, inputs }: Evaluation): boolean {
  const learned = fit.inputs.rows;
  if (!learned || !inputs.rows || learned.key === inputs.rows.key) return true;
  if (within(inputs.rows, learned)) return fit.target !== null;
  return learned.limits.some(({ cut }) => facts.splits.has(cut));
}

/** Exactly the rows of the fit. */
function isOfAll({ fit, inputs }: Evaluation): boolean {
  return inputs.rows?.key === fit.inputs.rows?.key;
}

function isSameColumns(a: Data, b: Data): boolean {
  return a.origins.size === b.origins.size && [...a.origins].every((name) => b.origins.has(name));
}
