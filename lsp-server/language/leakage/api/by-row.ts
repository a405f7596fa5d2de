/**
 * Library functions that answer row by row, or nothing of the rows: what a row becomes is known from that row alone, so nothing is
 * learned from the others. Whatever stands neither here nor among the functions and methods with an effect is not followed.
 */
export function isByRow(path: string): boolean {
  const name = path.slice(path.lastIndexOf(".") + 1);
  return (
    functionsByRow.has(name) || /^(remove|load|is|to|plot|show|print|display)_/.test(name) || isSilent(path)
  );
}

/** Whether a function's module has no tables to give. */
export function isSilent(path: string): boolean {
  return silentModules.has(path.slice(0, Math.max(path.indexOf("."), 0)));
}

/** The same for a method of frames, columns, arrays and tensors. */
export function isMethodByRow(name: string): boolean {
  return methodsByRow.has(name);
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** They draw, print, or speak with the machine. */
const silentModules = words(`
matplotlib seaborn plotly bokeh altair missingno wordcloud graphviz pydot pydotplus folium yellowbrick scikitplot shap lime eli5 dtreeviz
cv2 PIL skimage imageio torchvision albumentations IPython ipywidgets tabulate termcolor rich pprint logging warnings os sys pathlib shutil glob time datetime json re math random string
gc platform subprocess traceback inspect typing io csv hashlib uuid urllib requests tempfile psutil watermark pandas_profiling
ydata_profiling sweetviz mlflow wandb tqdm itertools collections
`);

const functionsByRow = words(`
abs absolute round int float str bool complex list sorted reversed len type isinstance issubclass callable hasattr id hash repr format
bytes bytearray chr ord filter zip enumerate print next iter max min open vars dir help divmod pow slice frozenset
array asarray asanyarray ascontiguousarray asfarray copy ravel reshape flatten transpose swapaxes moveaxis squeeze expand_dims atleast_1d
atleast_2d atleast_3d broadcast_to repeat tile flip fliplr flipud roll rot90 delete insert unique in1d isin setdiff1d intersect1d
union1d setxor1d where select choose piecewise clip sign fabs negative positive add subtract multiply divide true_divide floor_divide
mod fmod remainder power float_power sqrt cbrt square reciprocal exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan
arctan2 sinh cosh tanh deg2rad rad2deg hypot floor ceil rint trunc fix around round_ isnan isinf isfinite isnull isna notnull notna
nan_to_num logical_and logical_or logical_not logical_xor greater greater_equal less less_equal equal not_equal maximum minimum fmax
fmin heaviside cross diff ediff1d argwhere nonzero flatnonzero count_nonzero argsort sort
lexsort searchsorted digitize meshgrid mgrid arange linspace eye identity diag triu tril zeros_like ones_like full_like empty_like
array_equal allclose isclose all any shape ndim size astype float32 float64 int8 int16 int32 int64 uint8 float16 datetime64 timedelta64
ix_ take take_along_axis put_along_axis compress extract real imag angle conj vectorize frompyfunc fromiter frombuffer save savez
savetxt save_npz load stack dstack block pad split hsplit vsplit
expit logit softmax log_softmax sigmoid relu boxcox1p inv_boxcox inv_boxcox1p
to_numeric to_timedelta Timestamp Timedelta DatetimeIndex Index MultiIndex RangeIndex Categorical CategoricalDtype IntervalIndex
period_range json_normalize isnull lreshape wide_to_long melt array
normalize binarize label_binarize add_dummy_feature PolynomialFeatures check_array check_X_y check_random_state indexable column_or_1d
cosine euclidean cityblock
tensor Tensor from_numpy as_tensor FloatTensor LongTensor IntTensor DoubleTensor BoolTensor ByteTensor Variable constant convert_to_tensor TFRecordDataset TextLineDataset list_files
cast one_hot to_categorical pad_sequences stack unstack cat chunk expand_dims DataLoader TensorDataset ConcatDataset Subset from_tensor_slices
from_generator gather squeeze unsqueeze permute clamp where zeros_like Input manual_seed no_grad to_device
csr_matrix csc_matrix coo_matrix lil_matrix dok_matrix hstack vstack issparse sparse tocsr
from_pandas from_arrow from_dicts from_numpy lit when concat_list struct coalesce col
add_constant dmatrix dmatrices ols logit glm
tqdm trange display clone deepcopy copy dump dumps load loads pickle hexdigest md5 sha256 islice chain cycle product permutations combinations
groupby itemgetter attrgetter suppress defaultdict OrderedDict deque namedtuple Path
make_imbalance make_scorer make_column_selector FunctionTransformer get_scorer compute_class_weight compute_sample_weight class_weight
word_tokenize sent_tokenize stem lemmatize tokenize clean unidecode BeautifulSoup sub findall
cumsum cumprod nancumsum factorize require permutation shuffle choice pos_tag ngrams bigrams trigrams encode_plus batch_encode_plus plot_importance plot_tree export_text export_graphviz plot_confusion_matrix plot_roc_curve plot_partial_dependence
permutation_importance partial_dependence from_estimator from_predictions plot_model TreeExplainer KernelExplainer LinearExplainer
DeepExplainer Explainer profile_report ProfileReport describe info train_test_split
ttest_ind ttest_rel ttest_1samp f_oneway mannwhitneyu wilcoxon kruskal ks_2samp kstest shapiro normaltest anderson levene bartlett
chi2_contingency fisher_exact kendalltau pointbiserialr linregress adfuller kpss acf pacf seasonal_decompose durbin_watson jarque_bera
het_breuschpagan variance_inflation_factor probplot
silhouette_score silhouette_samples davies_bouldin_score calinski_harabasz_score adjusted_rand_score normalized_mutual_info_score
top_k_accuracy_score ndcg_score dcg_score zero_one_loss hamming_loss max_error mean_pinball_loss mean_tweedie_deviance d2_tweedie_score
multilabel_confusion_matrix det_curve calibration_curve brier_score roc_auc classification_report
`);

const methodsByRow = words(`
abs add radd sub rsub mul rmul div rdiv truediv floordiv mod pow round clip clip_lower clip_upper astype to convert_dtypes
infer_objects replace update ffill pad forward_fill where mask isnull isna notnull notna eq ne lt le gt ge between isin duplicated any all
reset_index set_index set_axis rename_axis reindex_like swaplevel droplevel reorder_levels add_prefix add_suffix transpose swapaxes
squeeze unsqueeze to_frame to_series to_numpy to_list tolist to_dict to_records to_string to_markdown to_html to_latex to_json to_clipboard
to_sql to_hdf to_feather to_pickle to_stata to_gbq to_timestamp to_period to_datetime to_pydatetime tz_localize tz_convert normalize floor
ceil values get_values as_matrix toarray todense A tocsr tocsc tocoo nonzero ravel flatten reshape resize view T real imag conj copy
select_dtypes filter get get_group loc iloc xs lookup at take iget item sort argsort searchsorted put repeat tile partition argpartition
get_dtype_counts _get_numeric_data cumsum cumprod cummax cummin combine_first combine where compare equals eval
nunique_ count size ndim keys first_valid_index last_valid_index
strip lstrip rstrip lower upper title capitalize swapcase casefold contains startswith endswith find rfind index split rsplit partition
join cat len slice slice_replace extract extractall findall match fullmatch zfill ljust rjust center pad wrap translate encode decode
get_dummies isalpha isdigit isnumeric isdecimal isalnum isspace islower isupper istitle format removeprefix removesuffix splitlines
year month day hour minute second dayofweek weekday dayofyear quarter week isocalendar strftime total_seconds date time timetuple
timestamp isoformat day_name month_name days seconds
codes categories as_ordered as_unordered set_categories add_categories remove_categories rename_categories reorder_categories
remove_unused_categories
alias cast over keep_name name suffix prefix is_null is_not_null is_nan is_not_nan is_in is_between fill_nan log log10 log1p
exp sqrt sin cos tan sign then otherwise when with_row_index with_row_count with_columns lazy collect collect_schema explode struct
unnest drop_nulls drop_nans to_physical to_dummies hstack vstack extend rechunk clone slice gather get_column get_columns to_arrow
to_polars head tail limit unique sum_horizontal dtype null_count n_unique is_empty height width estimated_size
float double int long half bool numpy detach cpu cuda requires_grad_ view permute contiguous expand expand_as type type_as size dim item
backward zero_grad step clamp chunk unbind flip masked_fill masked_select index_select scatter_ softmax sigmoid relu tanh log_softmax
argmax_ argmin_ topk t numel batch shuffle prefetch repeat cache map padded_batch unbatch take skip as_numpy_iterator
take_along_axis enumerate zip from_tensor_slices
plot scatter bar line barh pie hexbin area density kde box hist show figure display style background_gradient highlight_max highlight_min
set_caption hide_index set_precision set_properties applymap_index pipe_ info_ close write writerow read readline readlines seek flush
persist compute result wait get cancel done cache unpersist count collect toDF printSchema show explain createOrReplaceTempView
withColumn withColumnRenamed select_expr selectExpr where orderBy union unionAll unionByName dropna na limit toPandas rdd
nlargest nsmallest lower_bound upper_bound __len__ __getitem__ __iter__ __contains__ issubset issuperset difference intersection union
symmetric_difference discard clear setdefault popitem most_common elements
integers random normal uniform choice permutation permuted shuffle standard_normal poisson beta gamma exponential binomial randint rand
randn multivariate_normal lognormal laplace logistic triangular bytes seed geometric dirichlet multinomial
encode_plus batch_encode_plus save_pretrained with_options search group cursor commit rollback execute_ fetchone connect close disconnect start stop shutdown terminate
`);
