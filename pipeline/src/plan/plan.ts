/** The format that is written. `readPlan` reads those before it, too. */
export const PLAN_FORMAT = "lookback-pipeline/3";

/** `pipeline.json`: the one intermediate representation between publishing and running. Everything in it is data; nothing in it names a machine. Times and durations are integer microseconds, UTC. */
export interface Plan {
  readonly format: typeof PLAN_FORMAT;
  readonly name: string;
  readonly version: number;
  readonly run: string;
  readonly createdAt: string;
  /** Every file that the cells of the release read, as the run read it; a path is relative to the workspace root, or absolute for what lies outside. */
  readonly data: readonly { readonly path: string; readonly sha256: string | null }[];
  readonly entities: readonly { readonly name: string; readonly joinKeys: readonly string[] }[];
  readonly sources: readonly PlanSource[];
  readonly views: readonly PlanView[];
  readonly model: PlanModel;
  /** A request the release answers: the smoke test of every deployment and what the test form is filled with. `at` (ISO 8601, null = now) is the moment to predict as of. */
  readonly example: { readonly inputs: Readonly<Record<string, PlanValue>>; readonly at: string | null };
  /** Every other file of the release, with what it must hash to. Paths relative to the release folder. */
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly size: number }[];
}

export type PlanValue = string | number | boolean | null;

export interface PlanSource {
  readonly name: string;
  /** Path relative to the workspace root. */
  readonly path: string;
  readonly sha256: string | null;
}

export interface PlanView {
  readonly name: string;
  readonly entity: string;
  readonly joinKeys: readonly string[];
  readonly source: string;
  readonly timestampField: string;
  /** When a row could first be read: `delayUs` after its event time, or at the moment the row itself carries as `available_at`, which is never earlier. */
  readonly availability: "delay" | "created";
  /** How far behind a request its windows end, too. */
  readonly delayUs: number;
  readonly ttlUs: number | null;
  /** Whether a row is visible at the very instant it becomes available; also which edge of a window is closed. */
  readonly upper: "inclusive" | "exclusive";
  readonly features: readonly PlanFeature[];
  /**
   * DuckDB SQL that reads the view's source as table `source` and returns what the online store must hold: one SELECT whose columns
   * are the join keys (by name, in their own types), `event_time` and, when `availability` is `created`, `available_at` (both BIGINT
   * microseconds, the latter at least `delayUs` later), then every source column a feature is made of, once, under its own name. Rows with a
   * NULL key, event time or moment of availability are left out; all others are kept, however old, so that a request may be answered
   * as of any moment. Ordered by keys, then `event_time`, then so that of rows with equal keys and event time the last one wins.
   * Compiled by the same join compiler that made the training set.
   */
  readonly materializeSql: string;
  /** What DuckDB's `read_csv` takes besides the file, so that it is read as for training; absent for Parquet. */
  readonly csv?: string;
}

export type PlanFeature =
  | { readonly kind: "latest"; readonly name: string; readonly column: string; readonly type: string }
  | {
      readonly kind: "window";
      readonly name: string;
      readonly column: string;
      readonly function: "mean" | "sum" | "count" | "min" | "max";
      readonly windowUs: number;
      readonly type: string;
    };

export interface PlanModel {
  readonly runtime: PlanRuntime;
  /** Path of the model's file relative to the release folder. */
  readonly path: string;
  readonly className: string;
  /** Model inputs in order. `from: "request"` comes with the call; `from: "view"` is looked up online. */
  readonly inputs: readonly PlanInput[];
  readonly output: {
    /** The key of the answer in a response. */
    readonly name: string;
    readonly kind: "probability" | "value" | "label";
    /** Class names in the order of the probability's columns; null for a value. */
    readonly classes: readonly string[] | null;
    /** The class whose probability is answered; null answers every class. */
    readonly positiveClass: string | null;
    /** The keys of the answers, in order, of a model that answers several values a row; null where it answers one, under `name`. */
    readonly names: readonly string[] | null;
  };
}

/** What answers: an ONNX graph inside the server, or the fitted object itself in worker processes of Python. */
export type PlanRuntime = OnnxRuntime | PythonRuntime;

export interface OnnxRuntime {
  readonly kind: "onnx";
  /**
   * The output the answer is read from: [N, classes] for a probability, [N, names] for several values, [N] or [N, 1] otherwise.
   * The graph takes either one tensor of shape [N, 1] for each input, by name, or one tensor [N, inputs] when all are numbers.
   */
  readonly tensor: string;
}

export interface PythonRuntime {
  readonly kind: "python";
  /** Python's version, `3.11`: an object of another may not load. */
  readonly python: string;
  /** What answers must have these versions: the packages that the fitted object is made of, by their names in the package index. */
  readonly packages: Readonly<Record<string, string>>;
  /** How the object is handed rows: a pandas frame with the types it was fitted on, an array of numbers, or a list of texts (of one input). */
  readonly takes: "frame" | "array" | "texts";
  readonly method: "predict" | "predict_proba";
  /** Why it is not ONNX, which is faster: one clause. */
  readonly because: string;
}

export type PlanInput =
  | { readonly name: string; readonly type: "double" | "int64" | "string" | "bool"; readonly from: "request" }
  | {
      readonly name: string;
      readonly type: "double" | "int64" | "string" | "bool";
      readonly from: "view";
      readonly view: string;
      readonly feature: string;
    };
