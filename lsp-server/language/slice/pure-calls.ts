import { writesIntoFirst } from "./in-place.ts";

/** Whether a call, by its callee's text, changes nothing that it is given: builtins that look, and libraries that answer anew. */
export function isPureCall(callee: string): boolean {
  if (writesIntoFirst(callee) || callee === "json.dump") return false;
  const [root = "", ...rest] = callee.split(".");
  if (rest.length === 0)
    return lookingBuiltins.has(root) || /^(roc_auc|[a-z0-9_]+)_(score|error|loss)$/.test(root);
  return answeringModules.has(root);
}

/** Whether a method, by its name, leaves its receiver as it is on any library's object that has it. */
export function isPureMethod(method: string): boolean {
  return pureMethods.has(method) || /^(plot|hist|predict|is|to)(_|$)/.test(method);
}

const lookingBuiltins = new Set(
  "Counter classification_report confusion_matrix precision_recall_curve roc_curve print len repr str int float bool list tuple dict set frozenset sorted sum min max abs round range enumerate zip type isinstance display id hash any all".split(
    " ",
  ),
);

const answeringModules = new Set(
  "np numpy pd pandas pl polars plt sns math datetime timedelta re json".split(" "),
);

const pureMethods = new Set(
  (
    "head tail describe info sample value_counts nunique unique mean median std var min max sum count copy corr cov quantile " +
    "isna isnull notna items keys values get groupby score transform inverse_transform get_params feature_names_in_ " +
    "boxplot imshow show legend savefig figure subplots scatter bar line format join split strip lower upper startswith endswith"
  ).split(" "),
);
