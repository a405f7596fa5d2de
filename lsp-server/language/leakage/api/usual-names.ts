import { classRole, functionEffect } from "./known.ts";

/** Whether a name that nothing gives is taken for a library's: its import is elsewhere. */
export function isKnownName(name: string): boolean {
  if (classRole(name) !== undefined) return true;
  const effect = functionEffect(name);
  return effect !== undefined && effect !== "by-row" && name !== "train" && name !== "scale";
}

/** What everybody calls the libraries, for a notebook whose imports are elsewhere. */
export const usualImports: Readonly<Record<string, string>> = {
  pd: "pandas",
  np: "numpy",
  pl: "polars",
  plt: "matplotlib.pyplot",
  sns: "seaborn",
  tf: "tensorflow",
  xgb: "xgboost",
  lgb: "lightgbm",
};
