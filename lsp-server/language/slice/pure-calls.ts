import { writesIntoFirst } from "./in-place.ts";

/** Whether a call, by its callee's text, changes nothing that it is given: builtins that look, and libraries that answer anew. */
export function isPureCall(callee: string): boolean {
  if (writesIntoFirst(callee) || callee === "json.dump") return false;
  const [root = "", ...rest] = callee.split(".");
  if (rest.length === 0)
    return lookingBuiltins.has(root) || /^(roc_auc|[a-z0-9_]+)_(score|error|loss)$/.test(root);
  return answeringModules.has(root);
}

/** Whether the answer of such a call may hold what it is given, or show it: `zip(a, b)`, `np.asarray(a)`. */
export function handsOn(callee: string): boolean {
  const name = callee.slice(callee.lastIndexOf(".") + 1);
  return holding.has(name);
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

const holding = new Set(
  (
    "array array_split as_strided as_tensor asanyarray asarray ascontiguousarray asfortranarray asmatrix atleast_1d atleast_2d broadcast_to check_X_y check_array coo_matrix csc_matrix csr_matrix DataFrame Series dict dsplit enumerate expand_dims filter frozenset " +
    "flip fliplr flipud from_dict from_numpy frombuffer fromiter hsplit iter list map max min moveaxis next ravel reshape reversed set sorted split rollaxis rot90 squeeze swapaxes transpose tuple vsplit zip"
  ).split(" "),
);

const pureMethods = new Set(
  (
    "head tail describe info sample value_counts nunique unique mean median std var min max sum count copy corr cov quantile " +
    "isna isnull notna items keys values get groupby score transform inverse_transform get_params feature_names_in_ " +
    "boxplot imshow show legend savefig figure subplots scatter bar line format join split strip lower upper startswith endswith"
  ).split(" "),
);
