import { z } from "zod";

/**
 * The version that the observer writes, in its session event. A change that a reader of the last one would misread is a new one. A field
 * that is added is none: it is `.nullable().default(null)`, for nobody knows it of what was recorded before.
 */
export const journalVersion = 2;

const cell = z.string();
const rows = z.int().nullable();
const parameter = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const file = {
  cell,
  /** Absolute, or a URL. */
  path: z.string(),
  /** As it was at that moment; null where it could not be taken. */
  size: z.int().nullable(),
  /** Nanoseconds since the epoch, as digits: too large for a number. */
  mtimeNs: z.string().nullable(),
  rows,
  columns: z
    .array(z.tuple([z.string(), z.string()]).readonly())
    .readonly()
    .nullable(),
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
    /** What runs the cells, as it calls itself: `JupyterLab`, `Visual Studio Code`, `command line`. */
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
  fit: {
    cell,
    /** The variable it is bound to when the cell ends; null when it has none. */
    variable: z.string().nullable(),
    /** With its modules as people import them: `sklearn.pipeline.Pipeline`. */
    class: z.string(),
    /** The classes of a pipeline's steps, in order; empty for any other model. */
    steps: z.array(z.string()).readonly(),
    parameters: z.record(z.string(), parameter).readonly(),
    rows,
    features: z.array(z.string()).readonly().nullable(),
    durationMs: z.number(),
  },
  /** `name` is scikit-learn's (`roc_auc_score`), or the one given to `lookback.metric`. */
  metric: { cell, name: z.string(), value: z.number(), rows },
  note: {
    cell: cell.nullable(),
    code: z.string(),
    message: z.string(),
    /** Of a cell, or of everything that runs in the session from here on. */
    scope: z.enum(["cell", "session"]),
  },
} as const;
