import type { CaptureCases } from "../capture-case.ts";

/** A fitted model, what it answers for 100 rows that it was not fitted on, and the truth. */
const data = `
import numpy as np
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn import metrics, model_selection
X, y = make_classification(400, 6, random_state=0)
Xa, Xb, ya, yb = X[:300], X[300:], y[:300], y[300:]
`;
const fitted = "model = LogisticRegression().fit(Xa, ya)\n";
const model = { className: "sklearn.linear_model.LogisticRegression" };
const heldOut = { rows: 100, split: "held out", estimator: model.className };

export const scikitLearnScores: CaptureCases = {
  library: "scikit-learn scores",
  needs: ["sklearn"],
  cases: [
    ...[
      ["accuracy", "accuracy_score", "model.predict(Xb)"],
      ["balanced accuracy", "balanced_accuracy_score", "model.predict(Xb)"],
      ["F1", "f1_score", "model.predict(Xb)"],
      ["precision", "precision_score", "model.predict(Xb)"],
      ["recall", "recall_score", "model.predict(Xb)"],
      ["Matthews' correlation", "matthews_corrcoef", "model.predict(Xb)"],
      ["Cohen's kappa", "cohen_kappa_score", "model.predict(Xb)"],
      ["log loss", "log_loss", "model.predict_proba(Xb)"],
      ["AUC", "roc_auc_score", "model.predict_proba(Xb)[:, 1]"],
      ["AUC of a decision function", "roc_auc_score", "model.decision_function(Xb)"],
      ["average precision", "average_precision_score", "model.predict_proba(Xb)[:, 1]"],
      ["Brier loss", "brier_score_loss", "model.predict_proba(Xb)[:, 1]"],
      ["mean squared error", "mean_squared_error", "model.predict(Xb)"],
      ["mean absolute error", "mean_absolute_error", "model.predict(Xb)"],
      ["R²", "r2_score", "model.predict(Xb)"],
    ].map(([title = "", name = "", answer]) => ({
      name: `${title} on held-out rows`,
      setup: data,
      cells: [`${fitted}value = metrics.${name}(yb, ${answer})`],
      expects: { models: [model], metrics: [{ name, ...heldOut }] },
    })),
    {
      name: "a score on training rows",
      setup: data,
      cells: [`${fitted}value = metrics.accuracy_score(ya, model.predict(Xa))`],
      expects: { models: [model], metrics: [{ name: "accuracy_score", rows: 300, split: "train" }] },
    },
    {
      name: "a score in a later cell than the answer",
      setup: data,
      cells: [fitted, "answer = model.predict(Xb)", "value = metrics.accuracy_score(yb, answer)"],
      expects: { models: [model], metrics: [{ name: "accuracy_score", cellId: "c2", ...heldOut }] },
    },
    {
      name: "the score that a model gives itself",
      setup: data,
      cells: [`${fitted}value = model.score(Xb, yb)`],
      expects: { models: [model], metrics: [{ name: "score", ...heldOut }] },
    },
    {
      name: "a scorer by name",
      setup: data,
      cells: [`${fitted}value = metrics.get_scorer("roc_auc")(model, Xb, yb)`],
      expects: { models: [model], metrics: [{ name: "roc_auc_score", ...heldOut }] },
    },
    {
      name: "a scorer that was made",
      setup: data,
      cells: [`${fitted}value = metrics.make_scorer(metrics.fbeta_score, beta=2)(model, Xb, yb)`],
      expects: { models: [model], metrics: [{ name: "fbeta_score", ...heldOut }] },
    },
    {
      name: "cross_val_score",
      setup: data,
      cells: ["values = model_selection.cross_val_score(LogisticRegression(), X, y, cv=4)"],
      expects: {
        metrics: [
          {
            name: "cross_val_score",
            folds: 4,
            innerFits: 4,
            split: "cross-validation",
            estimator: model.className,
          },
        ],
      },
    },
    {
      name: "cross_validate by two scores",
      setup: data,
      cells: [
        'values = model_selection.cross_validate(LogisticRegression(), X, y, cv=4, scoring=["accuracy", "roc_auc"])',
      ],
      expects: {
        metrics: [
          { name: "cross_validate accuracy", folds: 4 },
          { name: "cross_validate roc_auc", folds: 4 },
        ],
      },
    },
    {
      name: "a score of cross_val_predict",
      setup: data,
      cells: [
        "value = metrics.accuracy_score(y, model_selection.cross_val_predict(LogisticRegression(), X, y))",
      ],
      expects: { metrics: [{ name: "accuracy_score", split: "cross-validation" }] },
    },
    {
      name: "folds by hand",
      setup: data,
      cells: [
        `
values = []
for train, test in model_selection.KFold(3).split(X):
    fold = LogisticRegression().fit(X[train], y[train])
    values.append(metrics.accuracy_score(y[test], fold.predict(X[test])))
`,
      ],
      expects: {
        models: [model, model, model],
        metrics: [0, 1, 2].map(() => ({ name: "accuracy_score", split: "held out" })),
      },
    },
    {
      name: "what a confusion matrix, a report and a curve compute is no score of its own",
      setup: data,
      cells: [
        `${fitted}answer = model.predict(Xb)
matrix = metrics.confusion_matrix(yb, answer); report = metrics.classification_report(yb, answer)
curve = metrics.roc_curve(yb, model.decision_function(Xb))`,
      ],
      expects: { models: [model] },
    },
    {
      name: "precision, recall and F at once",
      setup: data,
      cells: [
        `${fitted}values = metrics.precision_recall_fscore_support(yb, model.predict(Xb), average="macro")`,
      ],
      expects: {
        models: [model],
        metrics: ["precision", "recall", "fscore"].map((name) => ({ name, ...heldOut })),
      },
    },
    {
      name: "a score of which the model is not known",
      setup: data,
      cells: ["value = metrics.mean_absolute_error([1, 2], [1, 3])"],
      expects: { metrics: [{ name: "mean_absolute_error", value: 0.5, rows: 2, split: null, model: null }] },
    },
    {
      name: "a score of a clustering",
      setup: data,
      cells: [
        "from sklearn.cluster import KMeans\nvalue = metrics.silhouette_score(X, KMeans(2, n_init=1, random_state=0).fit_predict(X))",
      ],
      expects: {
        models: [{ className: "sklearn.cluster.KMeans" }],
        metrics: [{ name: "silhouette_score", split: "train" }],
      },
    },
  ],
};
