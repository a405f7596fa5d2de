import type { Fit } from "../../facts/values/fit.ts";
import { bad, distinct, good, type NotebookFacts, rule, scoreStep, step } from "../../rule.ts";
import { answerAmong } from "./answer-among.ts";
import type { Answer } from "./computed-from.ts";

/** The model is given what it is to predict, or a column that says it in other words. */
export const targetInFeatures = rule({
  id: "target-in-features",
  kind: "target-in-features",
  tier: "core",
  severity: "error",
  title: "The target is among the inputs",
  why: "The model reads the answer off its inputs: the score says nothing, and in production the column is empty.",
  instead: "Drop the column, and every column computed from it, before the model is fitted.",
  source: "Kapoor and Narayanan 2023, L2; Kaufman et al. 2012, Leakage in data mining",
  examples: [
    bad(
      "another column was dropped, and this one was not",
      `
customers = pd.read_csv("customers.csv")
X = customers.drop(columns=["customer_id"])
y = customers["churned"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = LogisticRegression().fit(X_train, y_train)
#                                ^^^^^^^ holds the answer
model.score(X_test, y_test)
`,
      "`churned`, which `LogisticRegression` is to predict, is among its inputs.",
    ),
    bad(
      "named in the list of inputs",
      `
df = pd.read_csv("data.csv")
inputs = ["age", "income", "bought"]
#                          ^^^^^^^^ is the answer
train, test = train_test_split(df)
model = SVC().fit(train[inputs], train["bought"])
model.score(test[inputs], test["bought"])
`,
      "`bought`, which `SVC` is to predict, is among its inputs.",
    ),
    bad(
      "in other words",
      `
df = pd.read_csv("data.csv")
df["price_in_cents"] = df["price"] * 100
X, y = df.drop(columns="price"), df["price"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
Ridge().fit(X_train, y_train).score(X_test, y_test)
#           ^^^^^^^ holds the answer
`,
      "`price_in_cents` is computed from `price`, which `Ridge` is to predict, and is among its inputs.",
    ),
    bad(
      "in other words, with another column's help",
      `
homes = pd.read_csv("homes.csv")
homes["per_metre"] = homes["price"] / homes["area"]
inputs = ["area", "per_metre"]
#                 ^^^^^^^^^^^ holds the answer
train, test = train_test_split(homes)
Ridge().fit(train[inputs], train["price"]).score(test[inputs], test["price"])
`,
      "`per_metre` is computed from `price`, which `Ridge` is to predict, and is among its inputs.",
    ),
    bad(
      "what the target was made of",
      `
wine = pd.read_csv("wine.csv")
wine["good"] = wine["quality"] > 6
X, y = wine.drop(columns="good"), wine["good"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
#         ^^^^^^^ holds the answer
`,
      "`quality` is among the inputs of `SVC`, which is to predict `good`, computed from it alone.",
    ),
    bad(
      "computed from what the target was made of",
      `
homes = pd.read_csv("homes.csv")
homes["log_price"] = np.log(homes["price"])
homes["per_metre"] = homes["price"] / homes["area"]
inputs = ["rooms", "per_metre"]
#                  ^^^^^^^^^^^ holds the answer
train, test = train_test_split(homes)
Ridge().fit(train[inputs], train["log_price"]).score(test[inputs], test["log_price"])
`,
      "`per_metre`, computed from `price`, is among the inputs of `Ridge`, which is to predict `log_price`, computed from it alone.",
    ),
    bad(
      "what the target was made of, and a number of all rows",
      `
homes = pd.read_csv("homes.csv")
homes["dear"] = homes["price"] > homes["price"].median()
X_train, X_test, y_train, y_test = train_test_split(homes.drop(columns="dear"), homes["dear"])
SVC().fit(X_train, y_train).score(X_test, y_test)
#         ^^^^^^^ holds the answer
`,
      "`price` is among the inputs of `SVC`, which is to predict `dear`, computed from it alone.",
    ),
    bad(
      "in a table that was joined, among dummies",
      `
homes = pd.read_csv("homes.csv").merge(pd.read_csv("streets.csv"), on="street")
X_train, X_test, y_train, y_test = train_test_split(pd.get_dummies(homes), homes["price"])
Ridge().fit(X_train, y_train).score(X_test, y_test)
#           ^^^^^^^ holds the answer
`,
      "`price`, which `Ridge` is to predict, is among its inputs.",
    ),
    good(
      "one number of it for all rows, categories taken away one by one, and the row before in its place",
      `
homes = pd.read_csv("homes.csv").sort_values("day")
homes["usual"], homes["large"] = homes["price"].mean(), homes["area"] > homes["price"].mean()
Ridge().fit(homes[["usual", "large"]], homes["price"])
SVC().fit(pd.get_dummies(homes).drop(columns=["kind_flat", "kind_house"]), homes["kind"])
Ridge().fit(homes.shift(1), homes["price"])
`,
    ),
    good(
      "another thing that the same text or moment says",
      `
df = pd.read_csv("reviews.csv")
df["mood"] = df["review"].apply(mood_of)
df["length"] = df["review"].str.len()
df["shouts"] = df["review"].map(lambda text: text.isupper())
df["month"], df["is_late"] = df["written_at"].dt.month, df["written_at"] > "2024-01-01"
inputs = ["length", "shouts", "month"]
train, test = train_test_split(df)
Ridge().fit(train[inputs], train["mood"]).score(test[inputs], test["mood"])
SVC().fit(train[inputs], train["is_late"]).score(test[inputs], test["is_late"])
`,
    ),
    bad(
      "dropped, and the result thrown away",
      `
df = pd.read_csv("data.csv")
df.drop("y", axis=1)
X_train, X_test, y_train, y_test = train_test_split(df, df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
#         ^^^^^^^ holds the answer
`,
      "`y`, which `SVC` is to predict, is among its inputs.",
    ),
    bad(
      "in other words, in a formula",
      `
import statsmodels.formula.api as smf
homes = pd.read_csv("homes.csv")
homes["price_k"] = homes["price"] / 1000
train, test = train_test_split(homes)
model = smf.ols("price ~ price_k + C(kind) + np.log(area)", data=train).fit()
#                        ^^^^^^^ holds the answer
print(mean_squared_error(test["price"], model.predict(test)))
`,
      "`price_k` is computed from `price`, which `ols` is to predict, and is among its inputs.",
    ),
    bad(
      "what the target was made of, in a formula that is put together",
      `
from statsmodels.formula.api import logit
wine = pd.read_csv("wine.csv")
wine["good"] = (wine["quality"] > 6).astype(int)
inputs = ["acid", "quality"]
formula = "good ~ " + " + ".join(inputs)
print(logit(formula, wine).fit().summary())
#           ^^^^^^^ holds the answer
`,
      "`quality` is among the inputs of `logit`, which is to predict `good`, computed from it alone.",
    ),
    bad(
      "a model that is given the truth first",
      `
import statsmodels.api as sm
customers = pd.read_csv("customers.csv")
X = sm.add_constant(customers[["churned", "age"]])
#                              ^^^^^^^^^ is the answer
print(sm.Logit(customers["churned"], X).fit().summary())
`,
      "`churned`, which `Logit` is to predict, is among its inputs.",
    ),
    bad(
      "a formula's matrices",
      `
from patsy import dmatrices
homes = pd.read_csv("homes.csv")
homes["price_k"] = homes["price"] / 1000
y, X = dmatrices("price ~ area + price_k", data=homes)
#                                ^^^^^^^ holds the answer
print(cross_val_score(Ridge(), X, y))
Ridge().fit(X, y)
`,
      "`price_k` is computed from `price`, which `Ridge` is to predict, and is among its inputs.",
    ),
    good(
      "dropped, popped and deleted",
      `
df = pd.read_csv("data.csv")
y = df["y"]
X_train, X_test, y_train, y_test = train_test_split(df.drop("y", axis=1), y)
SVC().fit(X_train, y_train).score(X_test, y_test)
train, test = train_test_split(df)
labels, truth = train.pop("y"), test.pop("y")
SVC().fit(train, labels).score(test, truth)
del df["y"]
cross_val_score(SVC(), df, y)
GaussianNB().fit(df, y)
`,
    ),
    good(
      "dropped as polars and Spark do",
      `
import polars as pl
df = pl.read_csv("data.csv")
X, y = df.drop("y"), df["y"]
SVC().fit(X, y)
SVC().fit(df.drop("id", "y"), y)
SVC().fit(df.drop(["id", "y"]), y)
SVC().fit(df.select(pl.exclude("y")), y)
`,
    ),
    good(
      "left out by a list of the other columns",
      `
df = pd.DataFrame({"a": [1, 2], "b": [3, 4], "y": [0, 1]})
names = [c for c in df.columns if c != "y"]
others = list(df.columns)
others.remove("y")
for X in [df[names], df[others], df[df.columns.drop("y")], df[list(set(df.columns) - {"y"})], df.loc[:, df.columns != "y"], df.iloc[:, :-1]]:
    SVC().fit(X, df["y"])
`,
    ),
    good(
      "left out of a formula, or put in as it was before",
      `
import statsmodels.formula.api as smf
homes = pd.read_csv("homes.csv").sort_values("day")
homes["price_k"] = homes["price"] / 1000
homes["before"] = homes["price"].shift(1)
train, test = homes[:300], homes[300:]
for formula in ["price ~ area * rooms - 1", "np.log(price) ~ before + Q('floor price')", "price ~ area + price_k - price_k", "area ~ price_k"]:
    print(smf.ols(formula, data=train).fit().predict(test))
columns = homes.columns.difference(["price", "price_k"])
smf.glm("price ~ " + " + ".join(columns), data=train).fit()
smf.ols(f"price ~ {others}", train).fit()
`,
    ),
    good(
      "truth first, and no answer among what comes second",
      `
import statsmodels.api as sm
homes = pd.read_csv("homes.csv")
y = homes.pop("price")
model = sm.OLS(y, sm.add_constant(homes))
model.fit(cov_type="HC1").summary()
sm.tsa.SARIMAX(y, order=(1, 0, 1)).fit()
`,
    ),
    bad(
      "the last column, of a table whose columns nobody knows",
      `
table = pd.read_csv("table.csv")
X, y = table.iloc[:, 1:].values, table.iloc[:, -1].values
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
#         ^^^^^^^ holds the answer
`,
      "`[:, -1]`, which `SVC` is to predict, is among its inputs.",
    ),
    good(
      "one column by its place, and others that may leave it out",
      `
df = pd.read_csv("data.csv")
for X, y in [[df.iloc[:, :-1], df.iloc[:, 1]], [df.iloc[:, 1:], df.iloc[:, 0]], [df.iloc[:, :3], df.iloc[:, 3]], [df.iloc[:, 1:], df.iloc[:, -2]], [df.iloc[:, :-1], df["y"]], [df.drop(columns="y"), df.iloc[:, -1]], [df.values[:, :, 1:], df.values[:, -1, 0]], [df.iloc[:, 2:], df.iloc[:, :2].iloc[:, -1]], [df.iloc[:, :-2], df.iloc[:, :-1].iloc[:, -1]]]:
    SVC().fit(X, y)
y = df.iloc[:, -1]
df.pop("y")
SVC().fit(df, y)
`,
    ),
    good(
      "left out by its place, whatever the columns are",
      `
df = pd.read_csv("data.csv")
for X in [df[df.columns[1:]], df.iloc[:, 1:], df.values[:, 1:], df[list(df)[1:]], df.filter(regex="^x")]:
    SVC().fit(X, df["y"])
Model([a, b], c).fit([df.user, df.book], df.rating)
`,
    ),
    bad(
      "all columns of numbers, to predict one of them",
      `
homes = pd.read_csv("homes.csv")
numbers = homes.select_dtypes(include="number").columns.tolist()
X, y = homes[numbers], homes["price"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
Ridge().fit(X_train, y_train).score(X_test, y_test)
#           ^^^^^^^ holds the answer
`,
      "`price`, which `Ridge` is to predict, is among its inputs.",
    ),
    good(
      "all columns of numbers but the one to predict",
      `
homes = pd.read_csv("homes.csv")
numbers = homes.select_dtypes("number").columns
names = numbers.tolist()
names.remove("price")
rest = list(numbers)
rest.pop()
lists = [numbers.drop("price"), numbers.difference(["price"]), names, rest, numbers[:-1], [c for c in numbers if c != "price"], set(numbers) - {"price"}]
for inputs in lists:
    Ridge().fit(homes[inputs], homes["price"])
Ridge().fit(homes.select_dtypes("number").drop(columns="price"), homes["price"])
Ridge().fit(homes.drop(columns="price")[homes.drop(columns="price").select_dtypes("number").columns], homes["price"])
SVC().fit(homes[numbers], homes["kind"])
`,
    ),
    good(
      "columns of a kind, which may leave it out",
      `
df = pd.read_csv("data.csv")
X = df.select_dtypes("number")
SVC().fit(X, df["label"])
keep = [c for c in df.columns if not c.startswith("label")]
SVC().fit(df[keep], df["label"])
`,
    ),
    good(
      "yesterday's value of what is to be predicted today",
      `
sales = pd.read_csv("sales.csv").sort_values("day")
sales["before"] = sales["amount"].shift(1)
train, test = sales[:300], sales[300:]
Ridge().fit(train[["before"]], train["amount"]).score(test[["before"]], test["amount"])
`,
    ),
    good(
      "how often it was so before",
      `
payments = pd.read_csv("payments.csv").sort_values("paid_at")
payments["before"] = payments.groupby("card")["fraud"].cumsum() - payments["fraud"]
train, test = payments[:300], payments[300:]
SVC().fit(train[["before"]], train["fraud"]).score(test[["before"]], test["fraud"])
`,
    ),
    good(
      "today's value, to predict tomorrow's",
      `
prices = pd.read_csv("prices.csv").sort_values("day")
y = prices["close"].shift(-1)
train, test = prices[:300], prices[300:]
Ridge().fit(train, y[:300]).score(test, y[300:])
`,
    ),
    good(
      "made of rows and noise, to show how a line is fitted",
      `
df = pd.DataFrame({"x": np.random.randn(100)})
df["y"] = 3 * df["x"] + np.random.randn(100)
LinearRegression().fit(df[["x"]], df["y"])
`,
    ),
  ],
  check(facts, report) {
    const seen = new Map<string, { found: Answer; fits: Fit[] }>();
    for (const fit of facts.fits.values()) {
      const found = fit.target && answerAmong(fit, fit.target);
      if (!found) continue;
      // The same table, handed to many models, holds it once.
      const key = `${found.column}:${fit.inputs.rows?.tables.join()}`;
      const entry = seen.get(key) ?? { found, fits: [] };
      entry.fits.push(fit);
      seen.set(key, entry);
    }
    for (const { found, fits } of seen.values())
      report({
        at: found.at,
        message: found.message,
        severity: found.isMadeOf ? "warning" : "error",
        path: distinct([
          step("source", found.at, `${found.column} is an input`),
          ...fits.map((fit) => step("fit", fit.statement, `${fit.model} is fitted`)),
          ...scoresOf(facts, fits),
        ]),
        about: { columns: [found.column], fits },
      });
  },
});

function scoresOf(facts: NotebookFacts, fits: readonly Fit[]) {
  const ids = new Set(fits.map(({ id }) => id));
  return [...facts.evaluations.values()]
    .filter(({ fit }) => ids.has(fit.id))
    .map((one) => scoreStep(facts, one));
}
