/** Whether models of this name learn numbers and nothing else. */
export function learnsNumbers(model: string): boolean {
  return /Regressor(CV)?$|SVR$/.test(model) || regressions.has(model.replace(/CV$/, ""));
}

const regressions: ReadonlySet<string> = new Set([
  "ARDRegression",
  "BayesianRidge",
  "ElasticNet",
  "KernelRidge",
  "Lars",
  "Lasso",
  "LassoLars",
  "LinearRegression",
  "OLS",
  "PLSRegression",
  "Ridge",
]);
