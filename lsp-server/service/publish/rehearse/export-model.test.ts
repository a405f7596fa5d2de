import { beforeAll, expect, it } from "vitest";
import { chooseTier } from "../tier/choose-tier.ts";
import { exportAll, type Outcome } from "./fixture-export.ts";

/** Python expressions of what people fit, each of which ships as ONNX; each is fitted on 900 rows with texts, missing numbers and an epoch-seconds column. */
const models: Record<string, string> = {
  "boosted trees, one-hot": "pipe(raw(OneHotEncoder(sparse_output=False)), HistGradientBoostingClassifier())",
  "boosted trees, ordinal": "pipe(raw(ordinal), HistGradientBoostingClassifier(max_iter=30))",
  "boosted trees, three classes": "pipe(raw(ordinal), HistGradientBoostingClassifier(max_iter=9)).on(three)",
  "logistic regression": "pipe(filled(OneHotEncoder()), LogisticRegression())",
  "logistic regression, three classes": "pipe(filled(OneHotEncoder()), LogisticRegression()).on(three)",
  "a scaler over every column": "pipe(StandardScaler(), LogisticRegression()).of_names(['a', 'b'])",
  "a scaler over every column, before trees":
    "pipe(MinMaxScaler(), HistGradientBoostingRegressor(max_iter=9)).of_names(['a', 'b']).on(amount)",
  "scalers one after the other":
    "pipe(make_pipeline(RobustScaler(), StandardScaler()), LinearRegression()).of_names(['a', 'b']).on(amount)",
  "principal components of every column":
    "pipe(StandardScaler(), PCA(2), LogisticRegression()).of_names(['a', 'b'])",
  "steps beside each other, over every column":
    "pipe(make_union(StandardScaler(), MinMaxScaler()), LogisticRegression()).of_names(['a', 'b'])",
  "steps beside each other, over columns by name":
    "pipe(make_union(make_column_transformer((StandardScaler(), ['a', 't'])), make_column_transformer((MinMaxScaler(), ['b']))), LogisticRegression()).of_names(['a', 'b'])",
  "linear regression": "pipe(filled(OneHotEncoder()), LinearRegression()).on(amount)",
  "boosted regression": "pipe(raw(ordinal), HistGradientBoostingRegressor(max_iter=9)).on(amount)",
  "random forest": "pipe(raw(OneHotEncoder(sparse_output=False)), RandomForestClassifier(20))",
  "random forest, three classes": "pipe(filled(OneHotEncoder()), RandomForestClassifier(9)).on(three)",
  "random forest of amounts": "pipe(filled(OneHotEncoder()), RandomForestRegressor(9)).on(amount)",
  "gradient boosting": "pipe(filled(OneHotEncoder()), GradientBoostingClassifier(n_estimators=20))",
  "gradient boosting, three classes":
    "pipe(filled(OneHotEncoder()), GradientBoostingClassifier(n_estimators=5)).on(three)",
  "gradient boosting of amounts":
    "pipe(filled(OneHotEncoder()), GradientBoostingRegressor(n_estimators=20)).on(amount)",
  "categories in the trees":
    "pipe(raw(ordinal), HistGradientBoostingClassifier(max_iter=20, categorical_features=[0]))",
  "categories in the trees of amounts":
    "pipe(raw(ordinal), HistGradientBoostingRegressor(max_iter=20, categorical_features=[0, 3])).on(amount)",
  "a decision tree": "pipe(filled(OneHotEncoder()), DecisionTreeClassifier(max_depth=9))",
  "columns of any name":
    "pipe(make_column_transformer((StandardScaler(), ['t']), remainder='passthrough'), LogisticRegression()).of_names(['price-usd', 'Qty (kg)', 'a.b', '2nd', 'a_b', 'probabilities', 'variable', 'Größe'])",
  "trees over columns of any name":
    "pipe(HistGradientBoostingClassifier(max_iter=5)).of_names(['price-usd', 'lookback_sums', 'a b', 'a.b', ' '])",
  "a model that skl2onnx writes, over columns of any name":
    "pipe(StandardScaler(), GaussianNB()).of_names(['price-usd', 'label', 'probabilities', 'a b'])",
  "functions of columns":
    "pipe(make_column_transformer(*[(FunctionTransformer(each), ['t', 'i']) for each in (np.log1p, np.sqrt, np.abs, np.square, None)], (FunctionTransformer(np.log), ['t']), (FunctionTransformer(np.exp), ['i'])), StandardScaler(), LogisticRegression())",
};

const setup = `
import numpy as np, pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import *
from sklearn.impute import SimpleImputer
from sklearn.linear_model import *
from sklearn.naive_bayes import GaussianNB
from sklearn.decomposition import PCA
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.preprocessing import *
from sklearn.tree import DecisionTreeClassifier
random = np.random.default_rng(0)
n = 900
rows = pd.DataFrame({"c": random.choice(list("abcd"), n), "x": random.normal(size=n), "t": 1.37e9 + random.normal(size=n) * 3e6, "i": random.integers(0, 9, n)})
rows.loc[::7, "x"] = np.nan
amount = (rows.t - 1.37e9) / 3e6 + rows.i / 5 + random.normal(size=n)
times = rows.assign(seen=pd.to_datetime(rows.t, unit="s"))
late, three = amount > 0.5, rows.i % 3
raw = lambda encoder: make_column_transformer((encoder, ["c"]), remainder="passthrough")
ordinal = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
filled = lambda encoder: make_column_transformer((encoder, ["c"]), (make_pipeline(SimpleImputer(), StandardScaler()), ["x", "t", "i"]))
def pipe(*steps):
    model = make_pipeline(*steps)
    model.__class__.of_names = of_names
    model.__class__.on = lambda self, target: (setattr(self, "target", target), self)[1]
    return model
def of_names(self, names):
    self.frame = pd.DataFrame({"t": rows.t, **{name: rows.i * (at + 1) + random.normal(size=n) for at, name in enumerate(names)}})
    return self
def on_columns(self, columns):
    return self.fit(rows[["t", "i"]].to_numpy() if columns is None else rows[columns], late)
def fitted(model):
    frame = getattr(model, "frame", rows)
    model.fit(frame, getattr(model, "target", late))
    return model, {"rows": frame}
`;

let outcomes: Readonly<Record<string, Outcome>>;
beforeAll(async () => {
  const fits = Object.entries(models).map(([name, model]) => [name, `fitted(${model})`]);
  outcomes = await exportAll(setup, Object.fromEntries(fits));
}, 300_000);

it.each(Object.keys(models))(
  "%s: ONNX answers as scikit-learn does, and refuses what it refuses",
  async (name) => {
    const { exported, refused } = outcomes[name]!;
    expect(refused).toBeNull();
    expect(exported?.because).toBeNull();
    expect(exported?.hostile.expected.length).toBeGreaterThan(20);
    expect((await chooseTier(exported!)).runtime).toMatchObject({ kind: "onnx" });
  },
);
