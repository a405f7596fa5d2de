import type { CaptureCases } from "../capture-case.ts";

/** Each case's data: 400 rows of which 300 are trained on. */
const data = `
import numpy as np, pandas as pd
from sklearn.datasets import make_classification
X, y = make_classification(400, 6, random_state=0)
Xa, Xb, ya, yb = X[:300], X[300:], y[:300], y[300:]
frame = pd.DataFrame(Xa, columns=list("abcdef")); later = pd.DataFrame(Xb, columns=list("abcdef"))
from sklearn.linear_model import LogisticRegression, Ridge, SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
`;

const logistic = "sklearn.linear_model.LogisticRegression";

export const scikitLearnModels: CaptureCases = {
  library: "scikit-learn models",
  needs: ["sklearn", "pandas"],
  cases: [
    {
      name: "fit",
      setup: data,
      cells: ["model = LogisticRegression(C=2).fit(frame, ya)"],
      expects: {
        models: [
          {
            className: logistic,
            variable: "model",
            method: "fit",
            rows: 300,
            width: 6,
            features: ["a", "b", "c", "d", "e", "f"],
            parameters: { C: 2 },
          },
        ],
      },
    },
    {
      name: "a pipeline, each step with its parameters",
      setup: data,
      cells: ["model = make_pipeline(StandardScaler(), LogisticRegression(C=2)).fit(Xa, ya)"],
      expects: {
        models: [
          {
            className: "sklearn.pipeline.Pipeline",
            steps: ["sklearn.preprocessing.StandardScaler", logistic],
            stepParameters: [{ with_mean: true }, { C: 2 }],
          },
        ],
      },
    },
    {
      name: "a grid search",
      setup: data,
      cells: [
        "from sklearn.model_selection import GridSearchCV\nsearch = GridSearchCV(LogisticRegression(), {'C': [.1, 1]}, cv=3).fit(Xa, ya)",
      ],
      expects: {
        models: [
          {
            className: "sklearn.model_selection.GridSearchCV",
            variable: "search",
            best: { estimator: logistic },
            innerFits: 7,
          },
        ],
      },
    },
    {
      name: "a randomized search in two processes",
      setup: data,
      cells: [
        "from sklearn.model_selection import RandomizedSearchCV\nsearch = RandomizedSearchCV(LogisticRegression(), {'C': [.1, 1]}, n_iter=2, cv=2, n_jobs=2).fit(Xa, ya)",
      ],
      expects: {
        models: [
          {
            className: "sklearn.model_selection.RandomizedSearchCV",
            best: { estimator: logistic },
            innerFits: null,
          },
        ],
      },
    },
    {
      name: "a stack of models",
      setup: data,
      cells: [
        "from sklearn.ensemble import StackingClassifier\nstack = StackingClassifier([('a', LogisticRegression())], cv=3).fit(Xa, ya)",
      ],
      expects: { models: [{ className: "sklearn.ensemble.StackingClassifier", innerFits: 5 }] },
    },
    {
      name: "feature elimination",
      setup: data,
      cells: [
        "from sklearn.feature_selection import RFE\nkept = RFE(LogisticRegression(), n_features_to_select=4).fit(Xa, ya)",
      ],
      expects: { models: [{ className: "sklearn.feature_selection.RFE", innerFits: 3 }] },
    },
    {
      name: "partial_fit in a loop",
      setup: data,
      cells: [
        "model = SGDClassifier()\nfor at in range(5): model.partial_fit(Xa[at * 60:at * 60 + 60], ya[at * 60:at * 60 + 60], classes=[0, 1])",
      ],
      expects: {
        models: [
          { className: "sklearn.linear_model.SGDClassifier", method: "partial_fit", calls: 5, rows: 300 },
        ],
      },
    },
    {
      name: "fit_transform of a transformer",
      setup: data,
      cells: ["scaled = StandardScaler().fit_transform(Xa)"],
      expects: {
        models: [
          { className: "sklearn.preprocessing.StandardScaler", method: "fit_transform", predicts: false },
        ],
      },
    },
    {
      name: "fit_predict of a clustering",
      setup: data,
      cells: ["from sklearn.cluster import DBSCAN\ngroups = DBSCAN().fit_predict(Xa)"],
      expects: { models: [{ className: "sklearn.cluster.DBSCAN", method: "fit_predict", rows: 300 }] },
    },
    {
      name: "fits in two threads at once",
      setup: data,
      cells: [
        `
import threading
one, two = LogisticRegression(max_iter=500), Ridge()
threads = [threading.Thread(target=model.fit, args=(Xa, ya)) for model in (one, two)]
for thread in threads: thread.start()
for thread in threads: thread.join()
`,
      ],
      expects: {
        models: [
          { className: logistic, variable: "one" },
          { className: "sklearn.linear_model.Ridge", variable: "two" },
        ],
      },
    },
    {
      name: "fits that joblib's threads make for the person",
      setup: data,
      cells: [
        "from joblib import Parallel, delayed\nmodels = Parallel(2, prefer='threads')(delayed(LogisticRegression(C=C).fit)(Xa, ya) for C in (.1, 1))",
      ],
      expects: {
        models: [
          { className: logistic, parameters: { C: 0.1 } },
          { className: logistic, parameters: { C: 1 } },
        ],
      },
    },
    {
      name: "a function of the person's that fits",
      setup: data,
      cells: ["def train(C): return LogisticRegression(C=C).fit(Xa, ya)", "model = train(3)"],
      expects: { models: [{ className: logistic, variable: "model", cellId: "c1", parameters: { C: 3 } }] },
    },
    {
      name: "a module of the workspace that fits",
      setup: `${data}
open("training.py", "w").write("from sklearn.linear_model import Ridge\\ndef train(X, y): return Ridge().fit(X, y)\\n")`,
      cells: [
        "import sys; sys.path.insert(0, '')\nimport training\nmodel = training.train(Xa, ya)\nsys.path.pop(0)",
      ],
      expects: { models: [{ className: "sklearn.linear_model.Ridge", variable: "model" }] },
    },
    {
      name: "an estimator of the person's that fits another",
      setup: data,
      cells: [
        `
from sklearn.base import BaseEstimator, ClassifierMixin
class Mine(ClassifierMixin, BaseEstimator):
    def fit(self, X, y):
        self.inner_ = LogisticRegression().fit(X, y)
        return self
    def predict(self, X): return self.inner_.predict(X)
mine = Mine().fit(Xa, ya)
`,
      ],
      expects: { models: [{ className: "__main__.Mine", variable: "mine", innerFits: 1 }] },
    },
    {
      name: "a fit that failed",
      setup: data,
      cells: ["try: LogisticRegression().fit(Xa, ya[:-1])\nexcept ValueError: pass"],
      expects: {},
    },
    {
      name: "a learning curve fits no model of the person's",
      setup: data,
      cells: [
        "from sklearn.model_selection import learning_curve\nsizes, train, test = learning_curve(LogisticRegression(), Xa, ya, train_sizes=[.5, 1.], cv=3)",
      ],
      expects: {},
    },
    {
      name: "permutation importances",
      setup: data,
      cells: [
        "from sklearn.inspection import permutation_importance\nmodel = LogisticRegression().fit(Xa, ya)\nweights = permutation_importance(model, Xb, yb, n_repeats=2)",
      ],
      expects: { models: [{ className: logistic }] },
    },
    {
      name: "a small model that gave a score is kept, with rows of its answers",
      setup: data,
      cells: ["model = LogisticRegression().fit(Xa, ya); score = model.score(Xb, yb)"],
      expects: {
        models: [
          {
            className: logistic,
            kept: { stored: true },
            samples: [
              { rows: 100, of: 100, stored: true, why: "score" },
              { rows: 150, of: 300, stored: true, why: "fit" },
            ],
          },
        ],
        metrics: [{ name: "score", rows: 100, split: "held out" }],
      },
    },
  ],
};
