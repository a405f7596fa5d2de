import { bad, good, rule } from "../../rule.ts";
import { reportBeforeSplit } from "./before-split.ts";

/** Group means of the target that rest on rows that are scored later. */
export const targetEncodingBeforeSplit = rule({
  id: "target-encoding-before-split",
  kind: "preprocessing",
  tier: "core",
  severity: "error",
  title: "Encoded by the target before the split",
  why: "Each category carries the mean answer of its rows, test rows included: the fewer rows it has, the more of its own answer a test row is told.",
  instead:
    "Split first; learn the means on the training rows, out of fold. scikit-learn's `TargetEncoder` in a pipeline does both.",
  source:
    "Micci-Barreca 2001; scikit-learn, Target Encoder's Internal Cross fitting; Kapoor and Narayanan 2023, L1.3",
  examples: [
    bad(
      "means of the target stand beside the rows they were made of",
      `
df = pd.read_csv("data.csv")
df["city_mean"] = df.groupby("city").price.transform("mean")
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the answers of the test rows
X_train, X_test, y_train, y_test = train_test_split(df[["city_mean"]], df["price"])
Ridge().fit(X_train, y_train).score(X_test, y_test)
`,
      "`mean` for `city_mean` was computed from all rows of `data.csv`, test rows included, and `Ridge` learned from the result; 1 score rests on it.",
    ),
    bad(
      "each row's place among the answers of its city",
      `
df = pd.read_csv("data.csv")
df["place"] = df.groupby("city")["price"].rank(pct=True)
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the answers of the test rows
X_train, X_test, y_train, y_test = train_test_split(df[["place"]], df["price"])
Ridge().fit(X_train, y_train).score(X_test, y_test)
`,
      "`rank` for `place` was computed from all rows of `data.csv`, test rows included, and `Ridge` learned from the result; 1 score rests on it.",
    ),
    bad(
      "an encoder learns the means of every row",
      `
from sklearn.preprocessing import TargetEncoder
df = pd.read_csv("data.csv")
X, y = df.drop(columns="price"), df["price"]
X = TargetEncoder().fit_transform(X, y)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the answers of the test rows
X_train, X_test, y_train, y_test = train_test_split(X, y)
Ridge().fit(X_train, y_train).score(X_test, y_test)
`,
      "`TargetEncoder` was computed from all rows of `data.csv`, test rows included, and `Ridge` learned from the result; 1 score rests on it.",
    ),
    bad(
      "polars, beside the rows they were made of",
      `
import polars as pl
df = pl.read_csv("data.csv")
df = df.with_columns(pl.col("price").mean().over("city").alias("city_mean"))
#                    ^^^^^^^^^^^^^^^^^^^^^^ has seen the answers of the test rows
train, test = train_test_split(df)
Ridge().fit(train[["city_mean"]], train["price"]).score(test[["city_mean"]], test["price"])
`,
      "`mean` for `city_mean` was computed from all rows of `data.csv`, test rows included, and `Ridge` learned from the result; 1 score rests on it.",
    ),
    bad(
      "by a function of each group",
      `
df = pd.read_csv("data.csv")
def encode(group):
    group["city_mean"] = group["price"].mean()
#                        ^^^^^^^^^^^^^^^^^^^^^ has seen the answers of the test rows
    return group
df = df.groupby("city").apply(encode)
train, test = train_test_split(df)
Ridge().fit(train[["city_mean"]], train["price"]).score(test[["city_mean"]], test["price"])
`,
      "`mean` for `city_mean` was computed from all rows of `data.csv`, test rows included, and `Ridge` learned from the result; 1 score rests on it.",
    ),
    bad(
      "in a table of each group's statistics",
      `
df = pd.read_csv("data.csv")
cities = df.groupby("city").agg(area=("area", "mean"), price_mean=("price", "mean")).reset_index()
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the answers of the test rows
df = df.merge(cities, on="city")
train, test = train_test_split(df)
Ridge().fit(train[["price_mean"]], train["price"]).score(test[["price_mean"]], test["price"])
`,
      "`agg` for `price_mean` was computed from all rows of `data.csv`, test rows included, and `Ridge` learned from the result; 1 score rests on it.",
    ),
    bad(
      "polars, in a table of each group's statistics",
      `
import polars as pl
df = pl.read_csv("data.csv")
cities = df.group_by("city").agg(pl.col("price").mean().alias("price_mean"))
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the answers of the test rows
df = df.join(cities, on="city")
train, test = train_test_split(df)
Ridge().fit(train[["price_mean"]], train["price"]).score(test[["price_mean"]], test["price"])
`,
      "`agg` for `price_mean` was computed from all rows of `data.csv`, test rows included, and `Ridge` learned from the result; 1 score rests on it.",
    ),
    good(
      "of earlier rows alone, by the method's name",
      `
df = pd.read_csv("data.csv").sort_values("day")
df["before"] = df.groupby("city")["price"].transform("shift")
train, test = df[:800], df[800:]
Ridge().fit(train[["before"]], train["price"]).score(test[["before"]], test["price"])
`,
    ),
    good(
      "the encoder is a step that every fold repeats",
      `
df = pd.read_csv("data.csv")
X, y = df.drop(columns="price"), df["price"]
cross_val_score(make_pipeline(TargetEncoder(), Ridge()), X, y)
`,
    ),
  ],
  check(facts, report) {
    reportBeforeSplit(facts, report, "target-encoding");
  },
});
