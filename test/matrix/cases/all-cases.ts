import type { CaptureCases } from "../capture-case.ts";
import { hdf5, numpy } from "./arrays.ts";
import { catboostModels, lightgbmModels, xgboostModels } from "./boosted-trees.ts";
import { dataOfLibraries, filesOfLibraries } from "./data-of-libraries.ts";
import { duckdb } from "./duckdb.ts";
import { filesOfModels } from "./files-of-models.ts";
import { media, net } from "./media-and-net.ts";
import { kerasModels, lightningModels, torchModels } from "./networks.ts";
import { pandas } from "./pandas.ts";
import { plainPython } from "./plain-python.ts";
import { plainPythonFiles } from "./plain-python-files.ts";
import { polars } from "./polars.ts";
import { pyarrow } from "./pyarrow.ts";
import { scikitLearnModels } from "./scikit-learn-models.ts";
import { scikitLearnScores } from "./scikit-learn-scores.ts";
import { statsmodelsModels } from "./statsmodels.ts";
import { imbalancedLearn, lookbackSdk, mlflowCalls, optunaStudies } from "./trackers.ts";

/** Every library's cases, in the order of the table. */
export const allCases: readonly CaptureCases[] = [
  plainPython,
  plainPythonFiles,
  pandas,
  pyarrow,
  polars,
  duckdb,
  numpy,
  hdf5,
  media,
  net,
  dataOfLibraries,
  filesOfLibraries,
  filesOfModels,
  scikitLearnModels,
  scikitLearnScores,
  imbalancedLearn,
  lightgbmModels,
  xgboostModels,
  catboostModels,
  statsmodelsModels,
  torchModels,
  kerasModels,
  lightningModels,
  optunaStudies,
  mlflowCalls,
  lookbackSdk,
];
