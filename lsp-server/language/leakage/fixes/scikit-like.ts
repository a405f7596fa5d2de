import { catboost } from "../api/libraries/catboost.ts";
import { imbalancedLearn } from "../api/libraries/imbalanced-learn.ts";
import { lightgbm } from "../api/libraries/lightgbm.ts";
import { scikitLearn } from "../api/libraries/scikit-learn/scikit-learn.ts";
import { xgboost } from "../api/libraries/xgboost.ts";

/** Whether scikit-learn can make copies of an estimator of this class, fit them and ask them: those of the libraries that keep to its ways. */
export function isScikitLike(label: string): boolean {
  const name = label.slice(label.lastIndexOf(".") + 1);
  return classes.has(name) || name === "make_pipeline";
}

const roles: ReadonlySet<string> = new Set([
  "model",
  "search",
  "pipeline",
  "transformer",
  "supervised",
  "union",
]);

const classes: ReadonlySet<string> = new Set(
  [scikitLearn, imbalancedLearn, xgboost, lightgbm, catboost].flatMap((library) =>
    Object.entries(library.classes ?? {})
      .filter(([, role]) => roles.has(role))
      .map(([name]) => name),
  ),
);
