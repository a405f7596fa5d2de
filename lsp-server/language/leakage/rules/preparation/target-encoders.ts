/** Encoders that put means of the target in a category's place. */
export const targetEncoders: ReadonlySet<string> = new Set([
  "CatBoostEncoder",
  "GLMMEncoder",
  "JamesSteinEncoder",
  "LeaveOneOutEncoder",
  "MEstimateEncoder",
  "MeanEncoder",
  "QuantileEncoder",
  "SummaryEncoder",
  "TargetEncoder",
  "WOEEncoder",
  "WoEEncoder",
]);
