import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const fixed = (answer: string) =>
  firstFix(
    "negative-shift-feature",
    `
import pandas as pd
from sklearn.svm import SVC
df = pd.read_csv("prices.csv", parse_dates=["day"]).sort_values("day")
df["next"] = df["price"].shift(-1)
${answer}
df = df.dropna()
X = df[["next", "volume"]]
train, test = X.iloc[:300], X.iloc[300:]
model = SVC().fit(train, df["up"].iloc[:300])
print(model.score(test, df["up"].iloc[300:]))`,
    python,
  );

test("a feature takes the earlier row in place of the later one", () => {
  expect(fixed("").titles).toEqual(["Take the earlier row: shift forward"]);
});

test.each([
  'df["up"] = (df["next"] > df["price"]).astype(int)',
  'df["rise"] = df["next"] - df["price"]\ndf["up"] = df["rise"] > 0',
])("what the answers are made of stays what it is: %s", (answer) => {
  expect(fixed(answer).titles).toEqual([]);
});

test("that values stay missing where no earlier row has one is said", () => {
  const { titles } = firstFix(
    "backfilled-feature",
    `
import pandas as pd
from sklearn.linear_model import Ridge
df = pd.read_csv("prices.csv", parse_dates=["day"]).sort_values("day")
df["volume"] = df["volume"].bfill()
train, test = df[:800], df[800:]
model = Ridge().fit(train[["volume"]], train["price"])
print(model.score(test[["volume"]], test["price"]))`,
    python,
  );
  expect(titles).toEqual(["Fill from earlier rows; where there are none, values stay missing"]);
});
