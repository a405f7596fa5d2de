/** Functions that say how much two columns tell of each other. */
export const correlating: ReadonlySet<string> = new Set([
  "corrcoef",
  "kendalltau",
  "mannwhitneyu",
  "pearsonr",
  "pointbiserialr",
  "spearmanr",
  "ttest_ind",
]);
