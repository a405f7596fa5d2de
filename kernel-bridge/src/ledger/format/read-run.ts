import { Failure } from "../../failure.ts";
import { journalSchema } from "../../journal/journal-schema.ts";
import { laterFields } from "../../journal/read-event.ts";
import { isRunId } from "./new-run-id.ts";
import type { ModelFit, Run } from "./run.ts";

/**
 * The run in a `run.json`, of whatever version wrote it. Fails with `ledger/newer-run` for one of a version after this, and with
 * `ledger/run-unreadable`, naming what is wrong; nothing is filled in that its version had. Fields that the journal's events got since,
 * by `schema`, are as they are read where they are missing.
 */
export function readRun(text: string, schema: EventShapes = journalSchema): Run {
  const { v = 1, ...run } = parse(text);
  const read = readers[v as keyof typeof readers];
  if (read !== undefined) return withLaterFields(checked(read(run)), schema);
  throw new Failure(
    "ledger/newer-run",
    `It is written in form ${String(v)}, which this version does not know.`,
    {
      advice: "Update Lookback to read it.",
      data: { v },
    },
  );
}

/** A run as `run.json`, in the oldest form whose readers understand it: one that knows nothing of kept honest scores would take one for a run of the person's. */
export function writeRun(run: Run): string {
  const v = run.origin?.kind === "honest" ? ofHonest : newest;
  return `${JSON.stringify({ v, ...run }, null, 1)}\n`;
}

type EventShapes = Pick<
  { readonly [Name in keyof typeof journalSchema]: Parameters<typeof laterFields>[0] },
  "done" | "read" | "fit" | "metric" | "table" | "environment"
>;

function withLaterFields(run: Run, schema: EventShapes): Run {
  const fill = <Part>(shape: EventShapes[keyof EventShapes], parts: readonly Part[]): readonly Part[] => {
    const later = Object.entries(laterFields(shape));
    // Behind what it has, whose order is that of its text: two readings of one run are compared as texts.
    return parts.map((part) => {
      const absent = later.filter(([field]) => !(field in (part as object)));
      return absent.length === 0 ? part : { ...part, ...Object.fromEntries(absent) };
    });
  };
  // What the recorder alone reads of a use.
  const { ctimeNs, inode, pending, list, ...use } = schema.read as Parameters<typeof laterFields>[0];
  return {
    ...run,
    cells: fill(schema.done, run.cells).map((cell) => ({ ...cell, ...without({ console: null }, cell) })),
    datasets: fill(use, run.datasets),
    models: fill(schema.fit, run.models)
      .map((model) => ({ ...model, ...without(keptOfNone, model) }))
      .map((model) => ({ ...model, ...withReasons(model) })),
    metrics: fill(schema.metric, run.metrics),
    tables: fill(schema.table, run.tables),
    environment: fill(schema.environment, [run.environment])[0]!,
  };
}

/** What was not kept yet of a model is none of it. */
const keptOfNone = { kept: null, samples: [], saved: [] };

/** What was kept before there were other reasons than scores says none, nor in which cell. */
function withReasons({ kept, samples }: ModelFit): Pick<ModelFit, "kept" | "samples"> {
  return {
    kept: kept === null ? null : { ...kept, ...without({ why: null }, kept) },
    samples: samples.map((sample) => ({ ...sample, ...without({ cellId: null, why: null }, sample) })),
  };
}

type Raw = Readonly<Record<string, unknown>>;

const newest = 2;
const ofHonest = 3;

/** Version → a run of it as one of today: what it did not have yet is what is true of it. */
const readers: Readonly<Record<number, (run: Raw) => Raw>> = {
  1: withLaterMembers,
  2: withLaterMembers,
  3: withLaterMembers,
};

/** What a run got since, behind what it has. */
function withLaterMembers(run: Raw): Raw {
  const within = (part: unknown, later: Raw) =>
    isObject(part) ? { ...part, ...without(later, part) } : part;
  return {
    ...run,
    session: within(run.session, { startedFrom: null }),
    git: within(run.git, { changes: null }),
    ...without({ author: null, tables: [], tags: [], remarks: [], goneNames: null, origin: null }, run),
  };
}

/** The members that another has not. */
function without(later: Raw, part: object): Raw {
  return Object.fromEntries(Object.entries(later).filter(([name]) => !(name in part)));
}

/** What each member must be. */
const shape: Readonly<
  Record<
    keyof Run,
    | "text"
    | "number"
    | "number or null"
    | "object"
    | "objects"
    | "objects or null"
    | "texts"
    | "object or null"
  >
> = {
  id: "text",
  notebook: "text",
  startedAt: "text",
  durationMs: "number or null",
  outcome: "object",
  session: "object",
  author: "object or null",
  cells: "objects",
  cellCount: "number",
  datasets: "objects",
  models: "objects",
  metrics: "objects",
  tables: "objects",
  tags: "texts",
  remarks: "texts",
  parameters: "object",
  environment: "object",
  git: "object or null",
  trust: "object or null",
  goneNames: "objects or null",
  notes: "objects",
  origin: "object or null",
};

function parse(text: string): Raw {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (cause) {
    throw unreadable("it is not JSON", cause);
  }
  throw unreadable("it holds no run");
}

function checked(run: Raw): Run {
  const wrong = Object.entries(shape).find(([name, kind]) => !kinds[kind](run[name]));
  if (wrong !== undefined) throw unreadable(`its ${wrong[0]} is missing or of another kind`);
  // Others wrote some of what is read here, and folders are called after runs.
  if (!isRunId(run.id as string)) throw unreadable("its id is none");
  return run as unknown as Run;
}

const kinds: Readonly<Record<(typeof shape)[keyof Run], (value: unknown) => boolean>> = {
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  "number or null": (value) => value === null || typeof value === "number",
  object: isObject,
  objects: (value) => Array.isArray(value) && value.every(isObject),
  "objects or null": (value) => value === null || (Array.isArray(value) && value.every(isObject)),
  texts: (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
  "object or null": (value) => value === null || isObject(value),
};

function isObject(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(why: string, cause?: unknown): Failure {
  return new Failure("ledger/run-unreadable", `The record of this run cannot be read: ${why}.`, {
    advice: "`lookback fsck` says what else is wrong.",
    cause,
  });
}
