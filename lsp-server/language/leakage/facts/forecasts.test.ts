import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { analyze } from "../analyze.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const series = `import pandas as pd, numpy as np
from statsmodels.tsa.arima.model import ARIMA
import pmdarima as pm
from sktime.forecasting.base import ForecastingHorizon
from sktime.forecasting.naive import NaiveForecaster
from sktime.performance_metrics.forecasting import mean_absolute_percentage_error
from sktime.split import temporal_train_test_split
from sklearn.metrics import mean_squared_error
s = pd.read_csv("data.csv", index_col="month", parse_dates=True)["spots"]
train, test = s[:-24], s[-24:]
`;

/** Rules that found something, and what was not understood. */
function saidOf(source: string): string[] {
  const { findings, coverage } = analyze(notebookOf("n", [{ id: "a", source: series + source }]), { python });
  const gaps = coverage.gaps.filter(({ code }) => !code.startsWith("coverage/file-"));
  return [...findings.map(({ rule }) => rule), ...gaps.map(({ code }) => code)];
}

// What a forecast is held against says which rows it is about.
test.each([
  ["fitted on all", "print(mean_squared_error(test, ARIMA(s).fit().forecast(24)))", ["evaluate-on-train"]],
  [
    "fitted on all, asked for a time, and scored by hand",
    "error = test - ARIMA(s).fit().predict(start=test.index[0], end=test.index[-1])\nprint((error ** 2).mean())",
    ["evaluate-on-train"],
  ],
  ["fitted on what was before", "print(mean_squared_error(test, ARIMA(train).fit().forecast(24)))", []],
  [
    "a search for the order",
    "print(mean_squared_error(test, pm.auto_arima(train).predict(n_periods=24)))",
    [],
  ],
  [
    "scaled by all",
    "z = (s - s.mean()) / 2\ntrain, test = z[:-24], z[-24:]\nprint(mean_squared_error(test, ARIMA(train).fit().get_forecast(24).predicted_mean))",
    ["scaler-before-split"],
  ],
  [
    "of another library, in time's order",
    "train, test = temporal_train_test_split(s, test_size=24)\nfound = NaiveForecaster().fit(train)\nwhen = ForecastingHorizon(test.index, is_relative=False)\nprint(mean_absolute_percentage_error(test, found.predict(when)))",
    [],
  ],
  [
    "nothing says which rows",
    "print(mean_squared_error(truth, ARIMA(train).fit().forecast(24)))",
    ["coverage/name-not-given"],
  ],
] as const)("%s", (_, source, expected) => {
  expect(saidOf(source)).toEqual(expected);
});
