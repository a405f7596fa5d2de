/** A metric's name as people say it: `roc_auc_score` is `AUC`. A name we do not know loses only its underscores and `_score`. */
export function metricTitle(name: string): string {
  return TITLES[name] ?? name.replace(/_score$/, "").replaceAll("_", " ");
}

/** A metric's value with four decimals when it is small, fewer when it is large, and no false precision for whole numbers. */
export function metricValue(value: number, locale?: string): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return value.toLocaleString(locale);
  const size = Math.abs(value);
  if (size < 0.0001) return value.toExponential(2);
  const digits = size < 10 ? 4 : size < 1000 ? 2 : 0;
  return value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Whether a change is an improvement: more of a score, less of an error, a loss or a deviance. */
export function isBetter(name: string, change: number): boolean {
  const lowerIsBetter = /error|loss|deviance|rmse|\bmae\b|\bmse\b/i.test(name);
  return lowerIsBetter ? change < 0 : change > 0;
}

const TITLES: Readonly<Record<string, string>> = {
  roc_auc_score: "AUC",
  average_precision_score: "average precision",
  accuracy_score: "accuracy",
  balanced_accuracy_score: "balanced accuracy",
  f1_score: "F1",
  r2_score: "R²",
  brier_score_loss: "Brier loss",
  log_loss: "log loss",
  mean_absolute_error: "MAE",
  mean_squared_error: "MSE",
  root_mean_squared_error: "RMSE",
};
