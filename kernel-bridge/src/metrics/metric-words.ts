/** A metric's name as people say it: `roc_auc_score` is `AUC`. A name we do not know loses only its underscores and `_score`. */
export function metricTitle(name: string): string {
  return titles.get(name) ?? name.replace(/_score$/, "").replaceAll("_", " ");
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

/** A change with its sign: `+0.0176`, `−2`. */
export function metricChange(change: number, locale?: string): string {
  const size = metricValue(Math.abs(change), locale);
  return change < 0 ? `−${size}` : `+${size}`;
}

export type MetricDirection = "higher" | "lower" | "unknown";

/** Whether more of a metric is better, or less; `unknown` where its name does not say. */
export function metricDirection(name: string): MetricDirection {
  const known = directions.get(name);
  if (known !== undefined) return known;
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  // scikit-learn's scorers of errors are the errors' negatives; a negative likelihood is a loss.
  if (words[0] === "neg" || words[0] === "negative")
    return opposite[metricDirection(words.slice(1).join("_"))];
  const last = words.at(-1) ?? "";
  if (lowerWords.has(last)) return "lower";
  if (higherWords.has(last)) return "higher";
  if (words.some((word) => lowerWords.has(word))) return "lower";
  return words.some((word) => higherWords.has(word)) ? "higher" : "unknown";
}

const opposite = { higher: "lower", lower: "higher", unknown: "unknown" } as const;

/** People name metrics as they like: `constructor` too. */
const titles: ReadonlyMap<string, string> = new Map(
  Object.entries({
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
  }),
);

/** Metrics whose name leads astray. */
const directions: ReadonlyMap<string, MetricDirection> = new Map([
  ["davies_bouldin_score", "lower"],
  ["brier_score", "lower"],
]);

const lowerWords = new Set(
  "error errors loss deviance mae mse rmse mape smape rmsle logloss nll perplexity ece wer cer aic bic misclassification distance".split(
    " ",
  ),
);

const higherWords = new Set(
  "score accuracy acc auc auroc auprc precision recall f1 fbeta r2 ap map ndcg dcg mcc kappa iou jaccard dice bleu rouge silhouette sensitivity specificity likelihood homogeneity completeness explained".split(
    " ",
  ),
);
