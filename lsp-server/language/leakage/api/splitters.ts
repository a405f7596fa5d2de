/** Splitters that keep time's order; the others cut where they like. */
export const orderedSplitters: ReadonlySet<string> = new Set([
  "CutoffFhSplitter",
  "CutoffSplitter",
  "ExpandingCutoffSplitter",
  "ExpandingGreedySplitter",
  "ExpandingSlidingWindowSplitter",
  "ExpandingWindowSplitter",
  "GroupTimeSeriesSplit",
  "PredefinedSplit",
  "RollingForecastCV",
  "SingleWindowSplitter",
  "SlidingGreedySplitter",
  "SlidingWindowForecastCV",
  "SlidingWindowSplitter",
  "TemporalTrainTestSplitter",
  "TimeSeriesSplit",
]);

/** Splitters that cut contiguous pieces unless told to shuffle. */
export const contiguousSplitters: ReadonlySet<string> = new Set([
  "KFold",
  "LeaveOneOut",
  "LeavePOut",
  "StratifiedKFold",
]);

/** Attributes that hold a score of rows a model was fitted on, by parts that had not seen them: folds, or what a bootstrap left out. */
export const foldScores: ReadonlySet<string> = new Set([
  "alpha_scores_",
  "best_score_",
  "best_trial_",
  "cv_results_",
  "cv_values_",
  "grid_scores_",
  "mse_path_",
  "oob_decision_function_",
  "oob_prediction_",
  "oob_score_",
  "scores_",
]);

/** Attributes that hold how well a model fits the very rows it was fitted on. */
export const ownScores: ReadonlySet<string> = new Set(["prsquared", "rsquared", "rsquared_adj"]);
