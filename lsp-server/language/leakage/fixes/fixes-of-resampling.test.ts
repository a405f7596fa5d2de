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

const spoiling = `class Prep:
    def fit(self, t):
        t["age"] = 0
        return self
def spoil(t):
    t["age"] = 0
    return t
`;

test.each([
  "p = Prep()\np.fit(X_more)",
  "p = Prep()\nq = p\nq.fit(X_more)",
  "from helpers import Cleaner\nCleaner().fit(X_more)",
  "from helpers import StandardScaler\nStandardScaler().fit(X_more)",
  "from helpers import remove_some\nremove_some(X_more)",
  "make_pipeline(Prep()).fit(X_more)",
  "m = make_pipeline(FunctionTransformer(spoil))\nm.fit(X_more)",
  "X_more.pipe(spoil)",
  "X_more.apply(spoil, axis=1)",
  "X_more.apply(lambda row: spoil(row), axis=1)",
  "X_more.groupby('age').apply(spoil)",
  'X_more.drop_in_place("age")',
  'X_more.insert(0, "b", 1)',
  "X_more.drop('age', axis=1, **{'inplace': True})",
  "np.putmask(X_more, X_more > 1, 0)",
  "np.exp(X_more, out=X_more)",
  'exec("X_more = 1")',
  "def go():\n    X_more['age'] = 0\ngo()",
  "print([spoil(t) for t in [X_more]])",
  "for i, t in enumerate([X_more]): t['age'] = 0",
  "[X_more, y_more][0]['age'] = 0",
  "other = X_more\nother['age'] = 0",
  "held = Prep().fit(X_more)\nheld.describe()",
])("nor where code that nobody has read, or that writes, is given them: %s", (between) => {
  expect(
    fixed(`import numpy as np
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
${spoiling}X_more, y_more = sampler.fit_resample(X, y)
${between}
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more, random_state=1)
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))`),
  ).toBe("");
});

test("nor where what was resampled may be changed by what was given it before", () => {
  expect(
    fixed(`from helpers import Prep
p = Prep(X)
X_more, y_more = sampler.fit_resample(X, y)
p.describe()
p.go()
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more, random_state=1)
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))`),
  ).toBe("");
});

test.each([
  "scaler = StandardScaler()\nscaler.fit(X_more)",
  "print(make_pipeline(StandardScaler(), LogisticRegression(C=3)).fit(X_more, y_more))",
  "print(X_more.groupby('age').agg('mean'))",
  "print(pd.Series(y_more).value_counts())",
])("a library's own that only asks leaves them alone: %s", (between) => {
  expect(
    fixed(`from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
X_more, y_more = sampler.fit_resample(X, y)
${between}
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more, random_state=1)
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))`),
  ).toContain("X_train, y_train = sampler.fit_resample(X_train, y_train)");
});

test.each(["y[:] = 0", "spoil(y)", "labels[:] = 0"])(
  "no pipeline of labels that are others by then, where the rows alone are given anew: %s",
  (between) => {
    expect(
      fixed(`${spoiling}labels = y
X, y2 = sampler.fit_resample(X, y)
${between}
print(cross_val_score(LogisticRegression(), X, y2, cv=3).mean())`),
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
