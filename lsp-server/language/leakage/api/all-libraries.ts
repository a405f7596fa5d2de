import { beautifulSoup } from "./libraries/beautiful-soup.ts";
import { boruta } from "./libraries/boruta.ts";
import { catboost } from "./libraries/catboost.ts";
import { categoryEncoders } from "./libraries/category-encoders.ts";
import { cleantext } from "./libraries/cleantext.ts";
import { dask } from "./libraries/dask.ts";
import { distributed } from "./libraries/distributed.ts";
import { duckdb } from "./libraries/duckdb.ts";
import { feast } from "./libraries/feast.ts";
import { featureEngine } from "./libraries/feature-engine.ts";
import { googleCloud } from "./libraries/google-cloud.ts";
import { h2o } from "./libraries/h2o.ts";
import { ibis } from "./libraries/ibis.ts";
import { imbalancedLearn } from "./libraries/imbalanced-learn.ts";
import { imodels } from "./libraries/imodels.ts";
import { interpret } from "./libraries/interpret.ts";
import { ipython } from "./libraries/ipython.ts";
import { ipythonSql } from "./libraries/ipython-sql.ts";
import { joblib } from "./libraries/joblib.ts";
import { keras } from "./libraries/keras/keras.ts";
import { lightgbm } from "./libraries/lightgbm.ts";
import { matplotlib } from "./libraries/matplotlib.ts";
import { mdlp } from "./libraries/mdlp.ts";
import { metricLearn } from "./libraries/metric-learn.ts";
import { missForest } from "./libraries/missforest.ts";
import { mlxtend } from "./libraries/mlxtend.ts";
import { monotonicBinning } from "./libraries/monotonic-binning.ts";
import { nltk } from "./libraries/nltk.ts";
import { numba } from "./libraries/numba.ts";
import { numpy } from "./libraries/numpy/numpy.ts";
import { optbinning } from "./libraries/optbinning.ts";
import { optunaIntegration } from "./libraries/optuna-integration.ts";
import { pandarallel } from "./libraries/pandarallel.ts";
import { pandas } from "./libraries/pandas/pandas.ts";
import { patsy } from "./libraries/patsy.ts";
import { plotly } from "./libraries/plotly.ts";
import { pmdarima } from "./libraries/pmdarima.ts";
import { polars } from "./libraries/polars/polars.ts";
import { prophet } from "./libraries/prophet.ts";
import { pyarrow } from "./libraries/pyarrow.ts";
import { pyspark } from "./libraries/pyspark.ts";
import { python } from "./libraries/python.ts";
import { ray } from "./libraries/ray.ts";
import { scanpy } from "./libraries/scanpy.ts";
import { scikeras } from "./libraries/scikeras.ts";
import { scikitLearn } from "./libraries/scikit-learn/scikit-learn.ts";
import { scikitOptimize } from "./libraries/scikit-optimize.ts";
import { scipy } from "./libraries/scipy.ts";
import { seaborn } from "./libraries/seaborn.ts";
import { skfeature } from "./libraries/skfeature.ts";
import { sklearnGenetic } from "./libraries/sklearn-genetic.ts";
import { sklearnPandas } from "./libraries/sklearn-pandas.ts";
import { skrebate } from "./libraries/skrebate.ts";
import { sktime } from "./libraries/sktime.ts";
import { smoteVariants } from "./libraries/smote-variants.ts";
import { sqlalchemy } from "./libraries/sqlalchemy.ts";
import { statsmodels } from "./libraries/statsmodels.ts";
import { tensorflow } from "./libraries/tensorflow.ts";
import { toolz } from "./libraries/toolz.ts";
import { torch } from "./libraries/torch/torch.ts";
import { tpot } from "./libraries/tpot.ts";
import { tqdm } from "./libraries/tqdm.ts";
import { transformers } from "./libraries/transformers.ts";
import { tuneSklearn } from "./libraries/tune-sklearn.ts";
import { umap } from "./libraries/umap.ts";
import { unidecode } from "./libraries/unidecode.ts";
import { woe } from "./libraries/woe.ts";
import { xgboost } from "./libraries/xgboost.ts";
import type { Library } from "./library.ts";

/**
 * All libraries. Where a path does not say which one a name is of, the first here that knows the name answers for it: Python itself, then
 * by how many notebooks import a library.
 */
export const allLibraries: readonly Library[] = [
  python,
  numpy,
  pandas,
  scikitLearn,
  scipy,
  polars,
  imbalancedLearn,
  categoryEncoders,
  xgboost,
  lightgbm,
  catboost,
  statsmodels,
  keras,
  torch,
  pyspark,
  sktime,
  missForest,
  mlxtend,
  featureEngine,
  pmdarima,
  joblib,
  dask,
  toolz,
  tqdm,
  duckdb,
  matplotlib,
  seaborn,
  plotly,
  tensorflow,
  h2o,
  prophet,
  umap,
  boruta,
  scikitOptimize,
  optunaIntegration,
  tuneSklearn,
  sklearnGenetic,
  tpot,
  imodels,
  interpret,
  scikeras,
  sklearnPandas,
  metricLearn,
  optbinning,
  monotonicBinning,
  woe,
  mdlp,
  skrebate,
  skfeature,
  smoteVariants,
  cleantext,
  nltk,
  transformers,
  beautifulSoup,
  unidecode,
  patsy,
  numba,
  ray,
  ipython,
  pandarallel,
  scanpy,
  sqlalchemy,
  googleCloud,
  ipythonSql,
  ibis,
  feast,
  pyarrow,
  distributed,
];
