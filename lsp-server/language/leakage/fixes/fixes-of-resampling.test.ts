import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const start = `from collections import Counter
import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score, train_test_split
df = pd.read_csv("churn.csv")
X, y = df[["age", "calls"]], df["churned"]
sampler = SMOTE(random_state=1)
`;

const fixed = (code: string) =>
  firstFix("resample-before-split", start + code, python).text.slice(start.length);

test.each(['print("now %s" % Counter(y_more))', "print(len(X_more))", "print(y_more.value_counts())"])(
  "the training part is resampled where the resampled rows are only counted between: %s",
  (between) => {
    expect(
      fixed(`X_more, y_more = sampler.fit_resample(X, y)
${between}
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more, random_state=1)
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))`),
    ).toContain(`X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)
X_train, y_train = sampler.fit_resample(X_train, y_train)`);
  },
);

test.each(["y_more = y_more.replace(2, 1)", "clean(y_more)", "y_more[3] = 1"])(
  "it is not where they may be others by then: %s",
  (between) => {
    expect(
      fixed(`X_more, y_more = sampler.fit_resample(X, y)
${between}
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more, random_state=1)
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))`),
    ).toBe("");
  },
);

test("in front of folds, a pipeline resamples in each of them", () => {
  expect(
    fixed(`X_more, y_more = sampler.fit_resample(X, y)
print(cross_val_score(LogisticRegression(), X_more, y_more, cv=3).mean())
print(cross_val_score(LogisticRegression(C=3), X_more, y_more, cv=3).mean())`),
  ).toBe(`X_more, y_more = sampler.fit_resample(X, y)
from imblearn.pipeline import make_pipeline
print(cross_val_score(make_pipeline(sampler, LogisticRegression()), X, y, cv=3).mean())
print(cross_val_score(make_pipeline(sampler, LogisticRegression(C=3)), X, y, cv=3).mean())`);
});

test.each([
  ["scikit-learn's own", "from sklearn.pipeline import make_pipeline"],
  [
    "one in a function",
    "def scaled(model):\n    from sklearn.pipeline import make_pipeline\n    return make_pipeline(model)",
  ],
  ["one of the notebook's", "def make_pipeline(*steps):\n    return steps[-1]"],
  ["one from a module that may hold any", "from tools import *\nprint(make_pipeline())"],
])("the pipeline that resamples goes by another name where %s has that one", (_, above) => {
  const made = `X_more, y_more = sampler.fit_resample(X, y)\n`;
  expect(
    fixed(`${above}
${made}print(cross_val_score(LogisticRegression(), X_more, y_more, cv=3).mean())`),
  ).toBe(`${above}
${made}from imblearn.pipeline import make_pipeline as imblearn_make_pipeline
print(cross_val_score(imblearn_make_pipeline(sampler, LogisticRegression()), X, y, cv=3).mean())`);
});

test.each([
  ["make_pipeline", "from imblearn.pipeline import make_pipeline"],
  ["joined", "from imblearn.pipeline import make_pipeline as joined"],
])("a pipeline that resamples is used as it is there already: %s", (name, above) => {
  expect(
    fixed(`${above}
X_more, y_more = sampler.fit_resample(X, y)
print(cross_val_score(LogisticRegression(), X_more, y_more, cv=3).mean())`),
  ).toBe(`${above}
X_more, y_more = sampler.fit_resample(X, y)
print(cross_val_score(${name}(sampler, LogisticRegression()), X, y, cv=3).mean())`);
});

test("rows whose name the resampled ones take are kept under another", () => {
  expect(
    fixed(`X, y = sampler.fit_resample(X, y)
print(cross_val_score(LogisticRegression(), X, y, cv=3).mean())`),
  ).toBe(`X_raw, y_raw = X, y
X, y = sampler.fit_resample(X, y)
from imblearn.pipeline import make_pipeline
print(cross_val_score(make_pipeline(sampler, LogisticRegression()), X_raw, y_raw, cv=3).mean())`);
});

test("models that write into what they learn from leave nothing alone", () => {
  expect(
    fixed(`X_more, y_more = sampler.fit_resample(X, y)
model = Ridge(copy_X=False)
model.fit(X, y)
print(cross_val_score(LogisticRegression(), X_more, y_more, cv=3).mean())`),
  ).toBe("");
});

test.each(['X_more["age"] = X_more["age"] / 100', 'X["age"] = 3', "sampler.set_params(k_neighbors=3)"])(
  "no pipeline where the folds are of other rows by then, or the sampler is another: %s",
  (between) => {
    expect(
      fixed(`X_more, y_more = sampler.fit_resample(X, y)
${between}
print(cross_val_score(LogisticRegression(), X_more, y_more, cv=3).mean())`),
    ).toBe("");
  },
);
