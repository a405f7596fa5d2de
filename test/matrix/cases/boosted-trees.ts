import type { CaptureCases } from "../capture-case.ts";

const data = `
import numpy as np, pandas as pd
X = pd.DataFrame(np.random.default_rng(0).normal(size=(400, 3)), columns=list("abc")); y = (X.a + .3 * X.b > 0).astype(int)
Xa, Xb, ya, yb = X[:300], X[300:], y[:300], y[300:]
from sklearn.metrics import roc_auc_score
`;
/** The answers of a model that has a name, to rows that it was fitted on. */
const asked = { why: "fit", rows: 150, of: 300, stored: true };
const trained = { variable: "model", rows: 300, width: 3 };
const score = { name: "score", rows: 100, split: "held out" };
const auc = { name: "roc_auc_score", rows: 100, split: "held out" };

export const lightgbmModels: CaptureCases = {
  library: "LightGBM",
  needs: ["lightgbm", "pandas"],
  cases: [
    {
      name: "its estimator",
      setup: data,
      cells: [
        "import lightgbm\nmodel = lightgbm.LGBMClassifier(n_estimators=5, verbose=-1).fit(Xa, ya); value = model.score(Xb, yb)",
      ],
      expects: {
        models: [{ className: "lightgbm.LGBMClassifier", ...trained, parameters: { n_estimators: 5 } }],
        metrics: [score],
      },
    },
    {
      name: "train",
      setup: data,
      cells: [
        `
import lightgbm
training = lightgbm.Dataset(Xa, ya)
model = lightgbm.train({"objective": "binary", "verbose": -1, "num_leaves": 7}, training, 5)
value = roc_auc_score(yb, model.predict(Xb))
`,
      ],
      expects: {
        models: [
          {
            className: "lightgbm.Booster",
            method: "train",
            ...trained,
            parameters: { num_leaves: 7, num_boost_round: 5 },
            importances: { length: 3 },
            samples: { 1: asked },
          },
        ],
        metrics: [auc],
      },
    },
    {
      name: "train, watched on another set",
      setup: data,
      cells: [
        `
import lightgbm
training = lightgbm.Dataset(Xa, ya)
model = lightgbm.train({"objective": "binary", "metric": "auc", "verbose": -1}, training, 5, valid_sets=[training, training.create_valid(Xb, yb)], valid_names=["training", "later"])
`,
      ],
      expects: {
        models: [{ className: "lightgbm.Booster", ...trained }],
        metrics: [
          { name: "training auc", split: "train" },
          { name: "later auc", split: "held out" },
        ],
      },
    },
    {
      name: "train, watched on sets that are no more: one of the same rows is not held out",
      setup: data,
      cells: [
        `
import lightgbm
training, course = lightgbm.Dataset(Xa, ya), {}
others = [lightgbm.Dataset(Xa.copy(), ya), lightgbm.Dataset(Xb.copy(), yb), lightgbm.Dataset(X, y)]
model = lightgbm.train({"objective": "binary", "metric": "auc", "verbose": -1}, training, 5, valid_sets=others, valid_names=["again", "later", "all"])
`,
      ],
      expects: {
        models: [{ className: "lightgbm.Booster", ...trained }],
        metrics: [
          { name: "again auc", split: "train" },
          { name: "later auc", split: "held out" },
          { name: "all auc", split: "mixed" },
        ],
      },
    },
    {
      name: "cv, over folds of the person's own",
      setup: data,
      cells: [
        'import lightgbm\nfrom sklearn.model_selection import KFold\nvalues = lightgbm.cv({"objective": "binary", "metric": "auc", "verbose": -1}, lightgbm.Dataset(Xa, ya), 3, folds=KFold(4))',
      ],
      expects: { metrics: [{ name: "cv valid auc", folds: 4, rows: 300, split: "cross-validation" }] },
    },
    {
      name: "cv",
      setup: data,
      cells: [
        'import lightgbm\nvalues = lightgbm.cv({"objective": "binary", "metric": "auc", "verbose": -1}, lightgbm.Dataset(Xa, ya), 3, nfold=3)',
      ],
      expects: { metrics: [{ name: "cv valid auc", folds: 3, rows: 300, split: "cross-validation" }] },
    },
  ],
};

export const xgboostModels: CaptureCases = {
  library: "XGBoost",
  needs: ["xgboost", "pandas"],
  cases: [
    {
      name: "its estimator",
      setup: data,
      cells: [
        "import xgboost\nmodel = xgboost.XGBClassifier(n_estimators=5).fit(Xa, ya); value = model.score(Xb, yb)",
      ],
      expects: { models: [{ className: "xgboost.XGBClassifier", ...trained }], metrics: [score] },
    },
    {
      name: "train",
      setup: data,
      cells: [
        `
import xgboost
training, later = xgboost.DMatrix(Xa, ya), xgboost.DMatrix(Xb, yb)
model = xgboost.train({"objective": "binary:logistic", "max_depth": 3}, training, 4)
value = roc_auc_score(yb, model.predict(later))
`,
      ],
      expects: {
        models: [
          {
            className: "xgboost.Booster",
            method: "train",
            ...trained,
            parameters: { max_depth: 3 },
            // Of each its name and weight, the largest first.
            importances: { 0: { 0: "a" } },
            samples: { length: 1, 0: asked },
          },
        ],
        metrics: [auc],
      },
    },
    {
      name: "train, watched on another set",
      setup: data,
      cells: [
        `
import xgboost
training, later, course = xgboost.DMatrix(Xa, ya), xgboost.DMatrix(Xb, yb), {}
model = xgboost.train({"objective": "binary:logistic", "eval_metric": "auc"}, training, 4, evals=[(training, "training"), (later, "later")], evals_result=course, verbose_eval=False)
`,
      ],
      expects: {
        models: [{ className: "xgboost.Booster", ...trained }],
        metrics: [
          { name: "training auc", split: "train" },
          { name: "later auc", split: "held out" },
        ],
      },
    },
    {
      name: "train, watched on the same rows by another name",
      setup: data,
      cells: [
        `
import xgboost
course = {}
model = xgboost.train({"objective": "binary:logistic", "eval_metric": "auc"}, xgboost.DMatrix(Xa, ya), 4, evals=[(xgboost.DMatrix(Xa, ya), "later")], evals_result=course, verbose_eval=False)
`,
      ],
      expects: {
        models: [{ className: "xgboost.Booster", ...trained }],
        metrics: [{ name: "later auc", split: "train" }],
      },
    },
    {
      name: "cv, over folds of the person's own",
      setup: data,
      cells: [
        'import xgboost\nrows = list(range(300))\nfolds = [(rows[:200], rows[200:]), (rows[100:], rows[:100])]\nvalues = xgboost.cv({"objective": "binary:logistic", "eval_metric": "auc"}, xgboost.DMatrix(Xa, ya), 3, folds=folds)',
      ],
      expects: { metrics: [{ name: "cv test-auc", folds: 2, rows: 300, split: "cross-validation" }] },
    },
    {
      name: "cv",
      setup: data,
      cells: [
        'import xgboost\nvalues = xgboost.cv({"objective": "binary:logistic", "eval_metric": "auc"}, xgboost.DMatrix(Xa, ya), 3, nfold=3)',
      ],
      expects: { metrics: [{ name: "cv test-auc", folds: 3, rows: 300, split: "cross-validation" }] },
    },
  ],
};

export const catboostModels: CaptureCases = {
  library: "CatBoost",
  needs: ["catboost", "pandas"],
  cases: [
    {
      name: "its estimator",
      setup: data,
      cells: [
        "import catboost\nmodel = catboost.CatBoostClassifier(iterations=5, verbose=False, allow_writing_files=False).fit(Xa, ya)\nvalue = roc_auc_score(yb, model.predict_proba(Xb)[:, 1])",
      ],
      expects: { models: [{ className: "catboost.CatBoostClassifier", ...trained }], metrics: [auc] },
    },
    {
      name: "train",
      setup: data,
      cells: [
        'import catboost\nmodel = catboost.train(catboost.Pool(Xa, ya), {"iterations": 4, "loss_function": "Logloss", "verbose": False, "allow_writing_files": False})',
      ],
      expects: {
        models: [{ className: "catboost.CatBoost", method: "train", ...trained, samples: { 0: asked } }],
      },
    },
  ],
};
