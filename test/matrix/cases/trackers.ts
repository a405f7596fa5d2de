import type { CaptureCases } from "../capture-case.ts";

const data = `
import numpy as np, logging
from sklearn.linear_model import LogisticRegression
X = np.random.default_rng(0).normal(size=(400, 3)); y = (X[:, 0] > 0).astype(int)
Xa, Xb, ya, yb = X[:300], X[300:], y[:300], y[300:]
`;

export const lookbackSdk: CaptureCases = {
  library: "Lookback",
  needs: [],
  cases: [
    {
      name: "a figure, a parameter, a tag and a remark",
      cells: [
        'import lookback\nlookback.metric("gain", 2); lookback.param("depth", 3); lookback.tag("v2"); lookback.note("joined as of")',
      ],
      expects: { metrics: [{ name: "gain", value: 2, model: null }] },
    },
    {
      name: "a loop of 1,200 figures",
      cells: ['import lookback\nfor at in range(1_200): lookback.metric("loss", 1 / (at + 1))'],
      expects: {
        metrics: [
          ...Array.from({ length: 1_000 }, (_, at) => ({ name: "loss", value: 1 / (at + 1) })),
          {
            name: "loss",
            value: 1 / 1_200,
            values: Array.from({ length: 200 }, (_, at) => 1 / (at + 1_001)),
          },
        ],
      },
    },
  ],
};

export const mlflowCalls: CaptureCases = {
  library: "MLflow",
  needs: ["mlflow", "sklearn"],
  cases: [
    {
      name: "what is logged, without a server",
      setup: `${data}\nimport mlflow, tempfile\nlogging.disable(logging.CRITICAL)\nmlflow.set_tracking_uri(f"sqlite:///{tempfile.mkdtemp()}/mlflow.db")`,
      cells: [
        'with mlflow.start_run(): mlflow.log_metric("lift", 2.5); mlflow.log_metrics({"a": 1, "b": 2})',
      ],
      expects: {
        metrics: [
          { name: "lift", value: 2.5 },
          { name: "a", value: 1 },
          { name: "b", value: 2 },
        ],
      },
    },
    {
      name: "autologging's own scores are not the person's",
      setup: `${data}\nimport mlflow, tempfile\nmlflow.set_tracking_uri(f"sqlite:///{tempfile.mkdtemp()}/mlflow.db")\nmlflow.sklearn.autolog(silent=True, log_models=False)`,
      cells: [
        "model = LogisticRegression().fit(Xa, ya); value = model.score(Xb, yb)",
        "mlflow.sklearn.autolog(disable=True)",
      ],
      expects: {
        models: [{ className: "sklearn.linear_model.LogisticRegression", variable: "model", rows: 300 }],
        metrics: [{ name: "score", rows: 100, split: "held out" }],
      },
    },
  ],
};

export const imbalancedLearn: CaptureCases = {
  library: "imbalanced-learn",
  needs: ["imblearn"],
  cases: [
    {
      name: "a pipeline that samples",
      setup: data,
      cells: [
        "from imblearn.pipeline import make_pipeline\nfrom imblearn.over_sampling import SMOTE\nmodel = make_pipeline(SMOTE(random_state=0), LogisticRegression()).fit(Xa, ya); value = model.score(Xb, yb)",
      ],
      expects: {
        models: [
          {
            className: "imblearn.pipeline.Pipeline",
            steps: ["imblearn.over_sampling.SMOTE", "sklearn.linear_model.LogisticRegression"],
          },
        ],
        metrics: [{ name: "score", rows: 100, split: "held out" }],
      },
    },
    {
      name: "a score of its own",
      setup: data,
      cells: [
        "from imblearn.metrics import geometric_mean_score\nmodel = LogisticRegression().fit(Xa, ya)\nvalue = geometric_mean_score(yb, model.predict(Xb))",
      ],
      expects: {
        models: [{ className: "sklearn.linear_model.LogisticRegression" }],
        metrics: [{ name: "geometric_mean_score", rows: 100, split: "held out" }],
      },
    },
    {
      name: "several scores of its own at once",
      setup: data,
      cells: [
        'from imblearn.metrics import sensitivity_specificity_support\nmodel = LogisticRegression().fit(Xa, ya)\nvalues = sensitivity_specificity_support(yb, model.predict(Xb), average="macro")',
      ],
      expects: {
        models: [{ className: "sklearn.linear_model.LogisticRegression" }],
        metrics: [
          { name: "sensitivity", rows: 100, split: "held out" },
          { name: "specificity", rows: 100, split: "held out" },
        ],
      },
    },
    {
      name: "a sampler",
      setup: data,
      cells: [
        "from imblearn.over_sampling import SMOTE\nXs, ys = SMOTE(random_state=0).fit_resample(Xa, ya)",
      ],
      expects: { models: [{ className: "imblearn.over_sampling.SMOTE", method: "fit_resample", rows: 300 }] },
    },
  ],
};

export const optunaStudies: CaptureCases = {
  library: "Optuna",
  needs: ["optuna", "sklearn"],
  cases: [
    {
      name: "a study of hyperparameters",
      setup: data,
      cells: [
        `
import optuna; optuna.logging.set_verbosity(optuna.logging.ERROR)
def objective(trial): return LogisticRegression(C=trial.suggest_categorical("C", [.5, 1.])).fit(Xa, ya).score(Xb, yb)
study = optuna.create_study(direction="maximize", sampler=optuna.samplers.BruteForceSampler())
study.optimize(objective, n_trials=2)
`,
      ],
      expects: {
        models: [
          { className: "sklearn.linear_model.LogisticRegression", parameters: { C: 0.5 } },
          { className: "sklearn.linear_model.LogisticRegression", parameters: { C: 1 } },
        ],
        metrics: [
          { name: "score", split: "held out" },
          { name: "score", split: "held out" },
        ],
      },
    },
  ],
};
