/**
 * What library functions do with rows, by their last name.
 *
 * `read`: a table nobody has seen before; `rows`: the rows of the first argument that has some, with every argument's history;
 * `column`: an expression that names a column of a frame it meets later (polars);
 * `statistic`: one answer from all rows; `learned`: the same rows, changed by a statistic of them; `nothing`: an answer that carries no data;
 * `ahead`: the same rows, with values of later ones;
 * `product`: of matrices: each answer is made of all rows of the right one;
 * `metric`: a score of answers against the truth.
 */
export type FunctionEffect =
  | "ahead"
  | "bin"
  | "column"
  | "concat"
  | "concat-columns"
  | "copy"
  | "cross-validate"
  | "cut-rows"
  | "dict"
  | "dummies"
  | "elements"
  | "enumerate"
  | "frame"
  | "learned"
  | "merge"
  | "merge-as-of"
  | "metric"
  | "moments"
  | "nothing"
  | "open"
  | "pipeline"
  | "product"
  | "read"
  | "resample"
  | "rows"
  | "split"
  | "statistic"
  | "train"
  | "union"
  | "zip";

const named = (effect: FunctionEffect, names: string): [string, FunctionEffect][] =>
  names.split(/\s+/).map((name) => [name, effect]);

/** What functions do whose last name says it only in their module, by the dotted path: `numpy.add.reduce`, `polars.all`. */
export function effectInModule(path: string): FunctionEffect | undefined {
  if (/^numpy\.\w+\.(reduce|accumulate|reduceat)$/.test(path)) return "statistic";
  return /^polars\.(all|exclude|nth|first|last|element|selectors\.\w+)$/.test(path) ? "column" : undefined;
}

/** By last name: `pandas.read_csv` and a starred `read_csv` are the same. */
export const functions: ReadonlyMap<string, FunctionEffect> = new Map([
  ...named(
    "read",
    "read_csv read_table read_parquet read_excel read_json read_sql read_sql_query read_sql_table read_feather read_pickle read_hdf read_html read_fwf read_stata read_sas read_clipboard scan_csv scan_parquet loadtxt genfromtxt loadmat fetch_openml load_iris load_digits load_boston load_wine load_breast_cancer load_diabetes load_dataset make_classification make_regression make_blobs make_moons",
  ),
  ...named("split", "train_test_split"),
  ...named("cut-rows", "split array_split random_split"),
  ...named(
    "cross-validate",
    "cross_val_score cross_validate cross_val_predict learning_curve validation_curve permutation_test_score",
  ),
  ...named("concat", "concat concatenate vstack append row_stack r_"),
  ...named("concat-columns", "hstack column_stack c_"),
  ...named("frame", "DataFrame Series from_dict from_records"),
  ...named("merge", "merge merge_ordered"),
  ...named("merge-as-of", "merge_asof join_asof"),
  ...named("dummies", "get_dummies"),
  ...named("column", "col"),
  ...named("moments", "to_datetime date_range bdate_range"),
  ...named("pipeline", "make_pipeline Pipeline make_imb_pipeline"),
  ...named("union", "make_union FeatureUnion make_column_transformer ColumnTransformer DataFrameMapper"),
  ...named("train", "train"),
  ...named("bin", "cut qcut"),
  ...named("ahead", "roll"),
  ...named("product", "dot matmul mm bmm mv"),
  ...named("resample", "resample shuffle"),
  ...named(
    "statistic",
    "mean median std var nanmean nanmedian nanstd amax amin max min percentile quantile nanpercentile mode average corrcoef cov nanmax nanmin ptp f_classif chi2 mutual_info_classif mutual_info_regression f_regression pearsonr spearmanr sum nansum norm Counter bincount prod nanprod nanvar nanpercentile nanquantile trim_mean gmean hmean iqr skew kurtosis sem reduce_mean reduce_std reduce_variance reduce_max reduce_min reduce_sum",
  ),
  ...named(
    "learned",
    "scale minmax_scale robust_scale maxabs_scale quantile_transform power_transform boxcox yeojohnson zscore gzscore zmap rankdata whiten svd svds pca qr eig eigh winsorize detrend",
  ),
  ...named("rows", "csr_matrix coo_matrix csc_matrix DMatrix Dataset Pool TensorDataset"),
  ...named(
    "metric",
    "accuracy_score f1_score precision_score recall_score roc_auc_score roc_curve confusion_matrix classification_report mean_squared_error mean_absolute_error r2_score log_loss auc precision_recall_curve average_precision_score explained_variance_score cohen_kappa_score matthews_corrcoef brier_score_loss balanced_accuracy_score fbeta_score mean_absolute_percentage_error mean_squared_log_error root_mean_squared_error median_absolute_error hinge_loss jaccard_score precision_recall_fscore_support",
  ),
  ...named(
    "nothing",
    "print zeros ones empty full zeros_like ones_like linspace logspace len display type isinstance range str int float bool plot show figure subplots hist scatter bar countplot heatmap pairplot boxplot barplot distplot jointplot regplot scatterplot lineplot histplot kdeplot violinplot catplot factorplot title xlabel ylabel legend seed sleep time set_option filterwarnings id hash input",
  ),
  ...named("zip", "zip"),
  ...named("enumerate", "enumerate"),
  ...named("elements", "list tuple sorted set iter reversed next"),
  ...named("dict", "dict defaultdict OrderedDict SimpleNamespace Namespace Bunch"),
  ...named("open", "open"),
  ...named("copy", "deepcopy copy clone"),
]);
