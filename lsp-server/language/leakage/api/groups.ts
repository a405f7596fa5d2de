/** What methods of groups, and of windows over groups, make of their rows, by name. */
export type GroupEffect =
  | "ahead"
  | "answer"
  | "apply"
  | "groups"
  | "lag"
  | "pipe"
  | "rows"
  | "transform"
  | "window";

const named = (effect: GroupEffect, names: string): [string, GroupEffect][] =>
  names.split(/\s+/).map((name) => [name, effect]);

export const groupMethods: ReadonlyMap<string, GroupEffect> = new Map([
  ...named(
    "groups",
    "resample groupby group_by get_group sample cumprod ngroup pad forward_fill filter items __iter__ groups indices ngroups plot hist boxplot dtypes get take droplevel select agg_list implode as_index alias sort_index sort_values reset_index",
  ),
  ...named(
    "answer",
    "mean median mode std var min max sum count size nunique first last quantile agg aggregate describe prod idxmax idxmin value_counts",
  ),
  ...named("apply", "apply"),
  ...named("transform", "transform fillna"),
  ...named("rows", "cumsum cumcount cummax cummin rank ffill head tail nth"),
  ...named("pipe", "pipe"),
  ...named("ahead", "bfill backfill interpolate"),
  ...named("lag", "shift diff pct_change"),
  ...named("window", "rolling expanding ewm"),
]);

/** Whether a method answers one row per group. */
export function isGroupAnswer(name: string): boolean {
  return groupMethods.get(name) === "answer";
}
