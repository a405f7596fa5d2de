/** Classes of scikit-learn that draw from NumPy's own generator as they learn or split, where they are told no state. */
export function drawsByItself(name: string): boolean {
  return (
    drawing.has(name) ||
    /^(Repeated|Stratified|Group)?\w*(ShuffleSplit|RepeatedK\w*|RepeatedS\w*)$/.test(name)
  );
}

/** The same, if an argument with one of these names is given. */
export function mayDrawBy(name: string): RegExp | null {
  if (/KFold$/.test(name)) return /^shuffle$/;
  return sometimes.has(name)
    ? /solver|method|algorithm|shuffle|init|restart|subsample|strategy|positive|selection|n_components/
    : null;
}

/** Of those that draw, the ones whose answers depend on it, as they are by default. */
export function answersByChance(name: string): boolean {
  return drawsByItself(name) && !steady.has(name);
}

/** Functions that draw from NumPy's own generator where they are told no state. */
export function functionDraws(path: string): boolean {
  return path.startsWith("sklearn.") && functions.has(path.slice(path.lastIndexOf(".") + 1));
}

const steady: ReadonlySet<string> = new Set(
  (
    "AffinityPropagation BayesianGaussianMixture ElasticNet ElasticNetCV HistGradientBoostingClassifier HistGradientBoostingRegressor Lasso LassoCV " +
    "LinearSVC MinCovDet MultiTaskElasticNet MultiTaskElasticNetCV MultiTaskLasso MultiTaskLassoCV NuSVC NMF OutputCodeClassifier SVC " +
    "SpectralBiclustering SpectralClustering SpectralCoclustering SpectralEmbedding TruncatedSVD GaussianMixture AdaBoostClassifier ClassifierChain " +
    "RegressorChain IterativeImputer"
  ).split(" "),
);

const drawing: ReadonlySet<string> = new Set(
  (
    "AdaBoostClassifier AffinityPropagation BayesianGaussianMixture DecisionTreeClassifier DecisionTreeRegressor ElasticNet ElasticNetCV " +
    "ExtraTreeClassifier ExtraTreeRegressor ExtraTreesClassifier ExtraTreesRegressor GaussianMixture GradientBoostingClassifier " +
    "GradientBoostingRegressor HistGradientBoostingClassifier HistGradientBoostingRegressor Lasso LassoCV LinearSVC MinCovDet " +
    "MiniBatchDictionaryLearning MiniBatchNMF MiniBatchSparsePCA NMF NuSVC OutputCodeClassifier RANSACRegressor RandomizedSearchCV " +
    "HalvingRandomSearchCV HalvingGridSearchCV SVC SpectralBiclustering SpectralClustering SpectralCoclustering SpectralEmbedding TruncatedSVD " +
    "AdaBoostRegressor BaggingClassifier BaggingRegressor BernoulliRBM BisectingKMeans DictionaryLearning EllipticEnvelope FastICA " +
    "IsolationForest KMeans LatentDirichletAllocation LinearSVR MDS MLPClassifier MLPRegressor MiniBatchKMeans Nystroem " +
    "PassiveAggressiveClassifier PassiveAggressiveRegressor PolynomialCountSketch RBFSampler RandomForestClassifier RandomForestRegressor " +
    "RandomTreesEmbedding SGDClassifier SGDOneClassSVM SGDRegressor SkewedChi2Sampler TargetEncoder TheilSenRegressor ClassifierChain " +
    "RegressorChain GaussianRandomProjection SparseRandomProjection MultiTaskElasticNet MultiTaskElasticNetCV MultiTaskLasso " +
    "MultiTaskLassoCV PatchExtractor IterativeImputer"
  ).split(" "),
);

/** Classes that take a state and draw by default nothing. */
const sometimes: ReadonlySet<string> = new Set(
  (
    "DummyClassifier FactorAnalysis GaussianProcessClassifier GaussianProcessRegressor KBinsDiscretizer KernelPCA Lars LassoLars " +
    "LocallyLinearEmbedding LogisticRegression LogisticRegressionCV NeighborhoodComponentsAnalysis PCA Perceptron QuantileTransformer Ridge " +
    "RidgeClassifier RidgeCV SparsePCA TSNE TunedThresholdClassifierCV IncrementalPCA"
  ).split(" "),
);

const functions: ReadonlySet<string> = new Set(
  (
    "affinity_propagation dict_learning dict_learning_online estimate_bandwidth extract_patches_2d fast_mcd fastica fetch_20newsgroups " +
    "fetch_covtype fetch_kddcup99 fetch_olivetti_faces fetch_rcv1 k_means kmeans_plusplus locally_linear_embedding make_biclusters make_blobs " +
    "make_checkerboard make_circles make_classification make_friedman1 make_friedman2 make_friedman3 make_gaussian_quantiles " +
    "make_hastie_10_2 make_low_rank_matrix make_moons make_multilabel_classification make_regression make_s_curve make_sparse_coded_signal " +
    "make_sparse_spd_matrix make_sparse_uncorrelated make_spd_matrix make_swiss_roll mutual_info_classif mutual_info_regression " +
    "non_negative_factorization permutation_importance permutation_test_score randomized_range_finder randomized_svd resample shuffle smacof " +
    "spectral_clustering spectral_embedding train_test_split"
  ).split(" "),
);
