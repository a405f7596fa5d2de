/** The rules that find something learned from rows of both sides of a split. */
export const beforeSplit: readonly string[] = [
  "scaler-before-split",
  "imputer-before-split",
  "feature-selection-before-split",
  "target-encoding-before-split",
  "train-test-concat-stat",
];
