import type { CaptureCases } from "../capture-case.ts";

const data = `
import numpy as np, pandas as pd
X = pd.DataFrame(np.random.default_rng(0).normal(size=(400, 3)), columns=list("abc")); X["y"] = X.a - X.b + np.random.default_rng(1).normal(size=400)
import statsmodels.api as sm, statsmodels.formula.api as smf
`;
const ofFit = (...names: string[]) => names.map((name) => ({ name, split: "train" }));

export const statsmodelsModels: CaptureCases = {
  library: "statsmodels",
  needs: ["statsmodels", "pandas"],
  cases: [
    {
      name: "OLS",
      setup: data,
      cells: ['result = sm.OLS(X.y, sm.add_constant(X[["a", "b"]])).fit()'],
      expects: {
        models: [
          {
            className: "statsmodels.regression.linear_model.OLS",
            variable: "result",
            rows: 400,
            features: ["const", "a", "b"],
            samples: { length: 1, 0: { why: "fit", rows: 200, of: 400 } },
          },
        ],
        metrics: ofFit("rsquared", "rsquared_adj", "aic", "bic"),
      },
    },
    {
      name: "a formula",
      setup: data,
      cells: ['result = smf.ols("y ~ a + b", X).fit()'],
      expects: {
        models: [
          {
            className: "statsmodels.regression.linear_model.OLS",
            parameters: { formula: "y ~ a + b" },
            samples: { length: 1, 0: { why: "fit", rows: 200, of: 400 } },
          },
        ],
        metrics: ofFit("rsquared", "rsquared_adj", "aic", "bic"),
      },
    },
    {
      name: "a logit",
      setup: data,
      cells: ['result = smf.logit("up ~ a + b", X.assign(up=(X.y > 0).astype(int))).fit(disp=0)'],
      expects: {
        models: [{ className: "statsmodels.discrete.discrete_model.Logit", rows: 400 }],
        metrics: ofFit("aic", "bic"),
      },
    },
    {
      name: "a series",
      setup: data,
      cells: [
        "from statsmodels.tsa.arima.model import ARIMA\nresult = ARIMA(np.cumsum(X.a.to_numpy()), order=(1, 1, 0)).fit()",
      ],
      expects: {
        models: [{ className: "statsmodels.tsa.arima.model.ARIMA", rows: 400 }],
        metrics: ofFit("aic", "bic"),
      },
    },
    {
      name: "a rolling regression",
      setup: data,
      cells: [
        'from statsmodels.regression.rolling import RollingOLS\nresult = RollingOLS(X.y, X[["a", "b"]], window=60).fit()',
      ],
      expects: { models: [{ className: "statsmodels.regression.rolling.RollingOLS", variable: "result" }] },
    },
    {
      name: "a density",
      setup: data,
      cells: ["density = sm.nonparametric.KDEUnivariate(X.a)\ndensity.fit()"],
      expects: { models: [{ className: "statsmodels.nonparametric.kde.KDEUnivariate", rows: 400 }] },
    },
    {
      name: "a forecast by the theta method",
      setup: data,
      cells: [
        'from statsmodels.tsa.forecasting.theta import ThetaModel\nresult = ThetaModel(X.a.set_axis(pd.period_range("1990-01", periods=400, freq="M"))).fit()',
      ],
      expects: { models: [{ className: "statsmodels.tsa.forecasting.theta.ThetaModel" }] },
    },
    {
      name: "what its results predict",
      setup: data,
      cells: [
        `
from sklearn.metrics import mean_squared_error
result = sm.OLS(X.y[:300], X[["a", "b"]][:300]).fit()
value = mean_squared_error(X.y[300:], result.predict(X[["a", "b"]][300:]))
`,
      ],
      expects: {
        models: [{ className: "statsmodels.regression.linear_model.OLS", rows: 300 }],
        metrics: [
          ...ofFit("rsquared", "rsquared_adj", "aic", "bic"),
          { name: "mean_squared_error", rows: 100, split: "held out" },
        ],
      },
    },
  ],
};
