import { z } from "zod";

/**
 * The version that the observer writes, in its session event. A change that a reader of the last one would misread is a new one. A field
 * that is added is none: it is `.nullable().default(null)`, for nobody knows it of what was recorded before.
 */
export const journalVersion = 2;

const cell = z.string();
const rows = z.int().nullable();
const parameter = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** What a file looked like at that moment: two moments at which it looks alike are of the same bytes. Null where it could not be taken. */
const stamp = {
  size: z.int().nullable(),
  /** Nanoseconds since the epoch, as digits: too large for a number. */
  mtimeNs: z.string().nullable(),
  /** As `mtimeNs`, of the last change of anything: nobody sets it back. */
  ctimeNs: z.string().nullable().default(null),
  inode: z.string().nullable().default(null),
};
const file = {
  cell,
  /** Absolute, or an address: a URL, `made:` what a library made, `query:` what a database answered. */
  path: z.string(),
  ...stamp,
  /** Null is a file, as are all that were told before there were others. */
  kind: z.enum(["folder", "address", "made", "query"]).nullable().default(null),
  /** Of a file that was opened to be written: that it was, and another event tells the rest when the cell ends. */
  pending: z.boolean().default(false),
  /** Of what is no file here: the digest of what came, where it could be taken. */
  sha256: z.string().nullable().default(null),
  /** Of an address: what its server calls this version of it. */
  version: z.string().nullable().default(null),
  /** What a database was asked. */
  query: z.string().nullable().default(null),
  /** The same for the same rows in any order and format; null where none was taken. */
  rowsDigest: z.string().nullable().default(null),
  /** Of a folder: how many of its files were used, and where in the store's folder `kept` they are listed. */
  files: z.int().nullable().default(null),
  list: z.string().nullable().default(null),
  rows,
  columns: z
    .array(z.tuple([z.string(), z.string()]).readonly())
    .readonly()
    .nullable(),
};

const ofScore = {
  rows,
  /** The fit of the model it is a score of; null where that is not known. */
  model: z.string().nullable().default(null),
  /** Its class, known also where the model is not: of a cross-validation. */
  estimator: z.string().nullable().default(null),
  /** Whether the model was fitted on the rows that it was scored on; null where that is not known. */
  split: z.enum(["train", "held out", "mixed", "cross-validation"]).nullable().default(null),
  /** Models that were fitted for it, and are recorded no further. */
  innerFits: z.int().nullable().default(null),
  /** The true values it was computed on; null where they are not known, or other rows could have the same. */
  truth: z
    .object({
      /** Of all of them in their order: what was known of the rows, and which columns, does not matter. */
      digest: z.string(),
      /** Of two classes, how many rows are of the rarer. */
      rarest: z.int().nullable(),
    })
    .readonly()
    .nullable()
    .default(null),
};

/**
 * Every event of the journal and every field of each, once for both sides: the types of TypeScript derive from it, each line
 * is read by it, and every line that the observer writes in the tests is held against it, missing and unknown fields named.
 */
export const journalSchema = {
  session: {
    v: z.int(),
    notebook: z.string(),
    /** With `host` and `started` one process among all: `processes/process-stamp.ts`. */
    pid: z.int(),
    host: z.string().nullable(),
    started: z.string().nullable(),
    /** Cells that the kernel had counted when the observer came; null where it counts none. */
    ranBefore: z.int().nullable(),
    cwd: z.string(),
    /** What runs the cells, as it calls itself: `JupyterLab`, `Visual Studio Code`, `command line`, `nbconvert in CI`. */
    startedFrom: z.string().nullable().default(null),
    /** The program that acts in a person's place, where its environment says so. */
    agent: z.string().nullable().default(null),
  },
  environment: {
    python: z.string(),
    platform: z.string(),
    /** Distribution name → version, for every installed distribution. */
    packages: z.record(z.string(), z.string()).readonly(),
    /** Null what the system does not tell cheaply, and so for the fields below. */
    processor: z.string().nullable().default(null),
    /** Processors that this process may use. */
    processors: z.int().nullable().default(null),
    memoryBytes: z.int().nullable().default(null),
    /** Names of the graphics processors; empty where there is none. */
    gpus: z.array(z.string()).readonly().nullable().default(null),
    /** Environment variables that change what code computes, and no others: `environment.py` lists them. */
    variables: z.record(z.string(), z.string()).readonly().nullable().default(null),
  },
  cell: { cell, source: z.string(), sha256: z.string() },
  done: {
    cell,
    outcome: z.enum(["ok", "error", "interrupted"]),
    error: z.object({ name: z.string(), message: z.string() }).readonly().nullable(),
    durationMs: z.number(),
  },
  read: file,
  write: file,
  /** What a file held that was used and then about to change; `kept`: under which name in the store's folder `kept` its bytes wait. */
  bytes: {
    cell: cell.nullable(),
    path: z.string(),
    ...stamp,
    sha256: z.string(),
    kept: z.string().nullable(),
  },
  fit: {
    cell,
    /** One fit of one model in its session: what scores, samples and saved files name it by. */
    model: z.string().nullable().default(null),
    /** The variable it is bound to when the cell ends; null when it has none. */
    variable: z.string().nullable(),
    /** With its modules as people import them: `sklearn.pipeline.Pipeline`. */
    class: z.string(),
    /** What was called: `fit`, `partial_fit`, `train`. */
    method: z.string().nullable().default(null),
    /** How many calls this stands for: of `partial_fit` on one model, or of a loop beyond its first thousand. */
    calls: z.int().nullable().default(null),
    /** Whether it answers with predictions: a scaler does not. */
    predicts: z.boolean().nullable().default(null),
    /** The classes of a pipeline's steps, in order; empty for any other model. */
    steps: z.array(z.string()).readonly(),
    /** The parameters of each of those. */
    stepParameters: z.array(z.record(z.string(), parameter).readonly()).readonly().nullable().default(null),
    parameters: z.record(z.string(), parameter).readonly(),
    /** What a search found: the class it tried, the parameters that were best and their score. */
    best: z
      .object({
        estimator: z.string(),
        parameters: z.record(z.string(), parameter).readonly(),
        score: z.number().nullable(),
      })
      .readonly()
      .nullable()
      .default(null),
    rows,
    features: z.array(z.string()).readonly().nullable(),
    /** Columns of what it was fitted on, also where they have no names. */
    width: z.int().nullable().default(null),
    /** Of the values that it was fitted on: `sha256:` of all, `sample:` of evenly spaced rows. */
    digest: z.string().nullable().default(null),
    /** Coefficients or importances, the largest first. */
    importances: z
      .array(z.tuple([z.string(), z.number()]).readonly())
      .readonly()
      .nullable()
      .default(null),
    /** Models that were fitted within, and are recorded no further. */
    innerFits: z.int().nullable().default(null),
    durationMs: z.number(),
  },
  /** `name` is scikit-learn's (`roc_auc_score`), or the one given to `lookback.metric`. */
  metric: {
    cell,
    name: z.string(),
    /** Of several, the mean over folds, or the last of a series. */
    value: z.number(),
    ...ofScore,
    /** Standard deviation of the folds' values themselves: their squares' sum over as many as they are. */
    spread: z.number().nullable().default(null),
    folds: z.int().nullable().default(null),
    /** Each fold's, or each of a loop's beyond its first thousand, in order. */
    values: z.array(z.number()).readonly().nullable().default(null),
  },
  /** A score that is more than a number: a confusion matrix, a curve, a report, the history of a training. */
  table: {
    cell,
    name: z.string(),
    kind: z.enum(["matrix", "curve", "table"]),
    columns: z.array(z.string()).readonly(),
    values: z.array(z.array(parameter).readonly()).readonly(),
    /** How many rows there were: of a long curve evenly spaced points are kept. */
    of: z.int(),
    ...ofScore,
  },
  /** A parameter that the person names, by `lookback.param` or MLflow. */
  param: { cell, name: z.string(), value: parameter },
  /** What the person says of the run, by `lookback.note` and `lookback.tag`, or as a tag of MLflow. */
  remark: { cell, kind: z.enum(["note", "tag"]), text: z.string() },
  /** A file that a model was written to. */
  saved: { cell, model: z.string(), path: z.string() },
  /** What is kept of a model: itself, or some rows of what it was asked and answered. */
  kept: {
    cell,
    model: z.string(),
    kind: z.enum(["model", "sample"]),
    /**
     * `score`: it gave one. `fit`: it has a name, and its cell ended, or one that may have changed it; a sample is then of rows that it was
     * fitted on. `call`: the person asked, of a model that nobody else may. Null is `score`, before there were others.
     */
    why: z.enum(["score", "fit", "call"]).nullable().default(null),
    sha256: z.string(),
    size: z.int(),
    /** Of a sample, its rows; of how many. */
    rows,
    of: rows,
    /** Under which name in the store's folder `kept` its bytes wait; null of a large model, of which only the digest is known. */
    kept: z.string().nullable(),
  },
  note: {
    cell: cell.nullable(),
    code: z.string(),
    message: z.string(),
    /** Of a cell, or of everything that runs in the session from here on. */
    scope: z.enum(["cell", "session"]),
  },
} as const;
