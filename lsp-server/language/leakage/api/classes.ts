import type { Role } from "../facts/values/value.ts";

const named = (role: Role, names: string): [string, Role][] => names.split(/\s+/).map((name) => [name, role]);

/** What a class does with rows, by its name. */
export const classes: ReadonlyMap<string, Role> = new Map([
  ...named(
    "transformer",
    "StandardScaler MinMaxScaler RobustScaler MaxAbsScaler PowerTransformer QuantileTransformer KBinsDiscretizer PCA IncrementalPCA KernelPCA SparsePCA TruncatedSVD NMF FastICA FactorAnalysis LatentDirichletAllocation SimpleImputer Imputer KNNImputer IterativeImputer MissingIndicator TfidfVectorizer CountVectorizer TfidfTransformer Normalization TextVectorization VarianceThreshold SplineTransformer Isomap TSNE UMAP KMeans MiniBatchKMeans DBSCAN GaussianMixture AgglomerativeClustering",
  ),
  ...named(
    "supervised",
    "SelectKBest SelectPercentile SelectFromModel RFE RFECV SequentialFeatureSelector GenericUnivariateSelect TargetEncoder LeaveOneOutEncoder CatBoostEncoder WOEEncoder JamesSteinEncoder MEstimateEncoder BorutaPy SelectFdr SelectFpr SelectFwe SFS ExhaustiveFeatureSelector NeighborhoodComponentsAnalysis PLSCanonical PLSSVD CCA LMNN NCA LFDA MLKR GLMMEncoder QuantileEncoder SummaryEncoder MeanEncoder WoEEncoder PRatioEncoder DecisionTreeEncoder DecisionTreeDiscretiser DecisionTreeFeatures OptimalBinning BinningProcess MonotonicBinning WOE MDLP ProbeFeatureSelection RecursiveFeatureElimination RecursiveFeatureAddition ReliefF MultiSURF FCBF",
  ),
  ...named(
    "stateless",
    "Tokenizer LabelEncoder LabelBinarizer MultiLabelBinarizer OneHotEncoder OrdinalEncoder Normalizer Binarizer PolynomialFeatures FunctionTransformer HashingVectorizer FeatureHasher ImageDataGenerator AdditiveChi2Sampler RBFSampler Nystroem",
  ),
  ...named("union", "ColumnTransformer FeatureUnion DataFrameMapper"),
  ...named("pipeline", "Pipeline"),
  ...named(
    "search",
    "GridSearchCV RandomizedSearchCV HalvingGridSearchCV HalvingRandomSearchCV BayesSearchCV OptunaSearchCV TuneSearchCV TuneGridSearchCV GASearchCV DaskGridSearchCV TPOTClassifier TPOTRegressor",
  ),
  ...named(
    "splitter",
    "KFold StratifiedKFold ShuffleSplit StratifiedShuffleSplit RepeatedKFold RepeatedStratifiedKFold GroupKFold GroupShuffleSplit StratifiedGroupKFold LeaveOneOut LeavePOut TimeSeriesSplit PredefinedSplit LeaveOneGroupOut",
  ),
  ...named(
    "sampler",
    "SMOTE SMOTENC SMOTEN ADASYN BorderlineSMOTE SVMSMOTE KMeansSMOTE RandomOverSampler RandomUnderSampler NearMiss TomekLinks SMOTEENN SMOTETomek EditedNearestNeighbours RepeatedEditedNearestNeighbours AllKNN CondensedNearestNeighbour OneSidedSelection NeighbourhoodCleaningRule InstanceHardnessThreshold ClusterCentroids FunctionSampler ROSE MDO SPIDER",
  ),
  ...named(
    "model",
    "LinearRegression LogisticRegression LogisticRegressionCV Ridge RidgeCV RidgeClassifier Lasso LassoCV LassoLarsCV ElasticNet ElasticNetCV BayesianRidge HuberRegressor SGDClassifier SGDRegressor Perceptron PassiveAggressiveClassifier PassiveAggressiveRegressor LinearSVC LinearSVR SVC SVR NuSVC NuSVR OneClassSVM KNeighborsClassifier KNeighborsRegressor RadiusNeighborsClassifier NearestCentroid GaussianNB MultinomialNB BernoulliNB ComplementNB CategoricalNB DecisionTreeClassifier DecisionTreeRegressor ExtraTreeClassifier RandomForestClassifier RandomForestRegressor ExtraTreesClassifier ExtraTreesRegressor GradientBoostingClassifier GradientBoostingRegressor HistGradientBoostingClassifier HistGradientBoostingRegressor AdaBoostClassifier AdaBoostRegressor BaggingClassifier BaggingRegressor VotingClassifier VotingRegressor StackingClassifier StackingRegressor StackingCVRegressor StackingCVClassifier MLPClassifier MLPRegressor GaussianProcessClassifier GaussianProcessRegressor KernelRidge LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis CalibratedClassifierCV OneVsRestClassifier OneVsOneClassifier MultiOutputClassifier MultiOutputRegressor TransformedTargetRegressor IsolationForest DummyClassifier DummyRegressor XGBClassifier XGBRegressor XGBRFClassifier LGBMClassifier LGBMRegressor LGBMRanker CatBoostClassifier CatBoostRegressor CatBoost Sequential Model KerasClassifier KerasRegressor OLS GLM Logit Probit Prophet ARIMA SARIMAX AutoARIMA RuleFitClassifier ExplainableBoostingClassifier LDA QDA PLSRegression",
  ),
]);

/** What an unlisted class does, by the way classes are named; null when its name says nothing. */
export function roleByName(name: string): Role | null {
  const pattern = namePatterns.find(([end]) => end.test(name));
  return pattern ? pattern[1] : null;
}

const namePatterns: readonly (readonly [RegExp, Role])[] = [
  [/^[A-Z]\w*(TargetEncoder|Selector|Selection)$|^SelectBy[A-Z]\w*$/, "supervised"],
  [/^[A-Z]\w*(Encoder|Binarizer)$/, "stateless"],
  [/^[A-Z]\w*(Scaler|Imputer|Vectorizer|Discretizer|PCA|SVD)$/, "transformer"],
  [/^[A-Z]\w*(Classifier|Regressor|Regression|NB|SVC|SVR)(CV)?$/, "model"],
  [/^[A-Z]\w*(OverSampler|UnderSampler|SMOTE\w*)$/, "sampler"],
  [/^[A-Z]\w*(SearchCV)$/, "search"],
];

/** Splitters that keep time's order; the others cut where they like. */
export const orderedSplitters: ReadonlySet<string> = new Set(["TimeSeriesSplit", "PredefinedSplit"]);

/** Splitters that cut contiguous pieces unless told to shuffle. */
export const contiguousSplitters: ReadonlySet<string> = new Set([
  "KFold",
  "StratifiedKFold",
  "LeaveOneOut",
  "LeavePOut",
]);

/** Attributes that hold a score computed on folds of the rows a model was fitted on. */
export const foldScores: ReadonlySet<string> = new Set(
  "best_score_ cv_results_ best_trial_ grid_scores_ scores_ mse_path_ cv_values_ alpha_scores_".split(" "),
);
