/**
 * What methods of frames, columns, arrays and groups do, by name. A method that is not named here keeps the rows it is called on
 * and adds its arguments' history.
 */
export type MethodEffect =
  | "ahead"
  | "alias"
  | "align"
  | "append"
  | "apply"
  | "argsort"
  | "assign"
  | "copy"
  | "drop"
  | "fill"
  | "filter"
  | "group"
  | "head"
  | "index"
  | "insert"
  | "is-in"
  | "is-null"
  | "items"
  | "join"
  | "join-as-of"
  | "keep"
  | "lag"
  | "learned"
  | "matches"
  | "not-null"
  | "nothing"
  | "order"
  | "pop"
  | "product"
  | "rename"
  | "reshape-rows"
  | "running"
  | "sample"
  | "select"
  | "some-rows"
  | "statistic"
  | "sum"
  | "tail"
  | "to-array"
  | "unique-rows"
  | "window";

const named = (effect: MethodEffect, names: string): [string, MethodEffect][] =>
  names.split(/\s+/).map((name) => [name, effect]);

export const methods: ReadonlyMap<string, MethodEffect> = new Map([
  ...named(
    "statistic",
    "mean median mode std var min max quantile describe corr cov skew kurt kurtosis sem mad value_counts idxmax idxmin argmax ptp corrwith",
  ),
  ...named(
    "nothing",
    "plot hist boxplot info shape to_csv to_parquet to_pickle to_excel count nunique any all unique memory_usage summary savefig show get_params set_params compile keys item",
  ),
  ...named("sum", "sum"),
  ...named("product", "dot matmul mm bmm mv __matmul__"),
  ...named("fill", "fillna fill_null reindex"),
  ...named("ahead", "bfill backfill interpolate backward_fill"),
  ...named("some-rows", "dropna nlargest nsmallest between_time truncate first last query"),
  ...named("learned", "rank"),
  ...named("order", "sort_values sort_index sort"),
  ...named("lag", "shift diff pct_change rolling_mean"),
  ...named("window", "rolling expanding ewm"),
  ...named("index", "set_index set_axis"),
  ...named("alias", "alias"),
  ...named("running", "cumsum cumprod cummax cummin"),
  ...named("argsort", "argsort"),
  ...named("is-null", "isnull isna"),
  ...named("not-null", "notnull notna"),
  ...named("is-in", "isin"),
  ...named("matches", "between duplicated contains startswith endswith"),
  ...named("to-array", "toarray todense to_numpy"),
  ...named("drop", "drop"),
  ...named("rename", "rename"),
  ...named("assign", "assign with_columns"),
  ...named("filter", "filter"),
  ...named("select", "select"),
  ...named("join-as-of", "join_asof"),
  ...named("pop", "pop"),
  ...named("insert", "insert"),
  ...named("join", "merge join"),
  ...named("group", "groupby group_by resample"),
  ...named("append", "append"),
  ...named(
    "apply",
    "apply applymap transform pipe agg aggregate map map_batches map_elements progress_apply progress_map parallel_apply parallel_map",
  ),
  ...named("head", "head limit"),
  ...named("tail", "tail"),
  ...named("sample", "sample"),
  ...named("copy", "copy"),
  ...named("unique-rows", "drop_duplicates"),
  ...named("reshape-rows", "pivot pivot_table unstack melt stack explode crosstab"),
  ...named("align", "align"),
  ...named("items", "items iteritems iterrows itertuples"),
]);

/** Methods that answer a table when their object is none itself. */
export const tableMethods: ReadonlySet<string> = new Set([
  "to_df",
  "to_pandas",
  "toPandas",
  "fetchdf",
  "fetch_df",
  "df",
  "pl",
]);
