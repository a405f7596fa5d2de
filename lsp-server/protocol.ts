/**
 * Every method the front ends may call beyond the language server protocol itself, with its payloads.
 * Paths are relative to the workspace root with forward slashes; times ISO-8601 UTC; durations milliseconds.
 */
import type { Run, RunSummary } from "@lookback/kernel-bridge/ledger/run.ts";

export type { Run, RunSummary } from "@lookback/kernel-bridge/ledger/run.ts";

/** Requests: method → what it takes and what it answers. A failure arrives as a JSON-RPC error whose `data` is a `FailureData`. */
export interface Requests {
  /** Python to run silently, before any cell, in a kernel that shall be observed. Idempotent inside one kernel. */
  "lookback/kernel/observe": { params: { notebook: string; kernelId: string }; result: { code: string } };
  /** Called when the kernel's queue is empty: records what ran since the last call. Null when nothing ran. */
  "lookback/runs/record": {
    params: { notebook: string; kernelId: string; content: NotebookContent };
    result: RunSummary | null;
  };
  /** Newest first. */
  "lookback/runs/list": {
    params: { notebook?: string; limit?: number };
    result: { runs: RunSummary[]; total: number };
  };
  "lookback/runs/show": { params: { id: string }; result: Run };
  /** The notebook as it ran, byte for byte: parsed for an editor, and as text. */
  "lookback/runs/notebook": { params: { id: string }; result: { text: string } };
  /** Writes the run's notebook beside the original; never overwrites. */
  "lookback/runs/restore": { params: { id: string }; result: { path: string } };

  "lookback/join/sets": {
    params: { uri: string };
    result: { name: string; cellId: string | null; line: number }[];
  };
  /** `delays` replaces the delay of views by name, in milliseconds. */
  "lookback/join/plan": {
    params: { uri: string; trainingSet: string; delays?: Record<string, number> };
    result: JoinPlan;
  };

  /** What would ship, without doing anything. */
  "lookback/publish/plan": { params: { notebook: string }; result: PublishPlan };
  /** Runs the gates, writes, commits, tags and deploys. Progress arrives as `lookback/publish/progress`. Cancellable. */
  "lookback/publish/start": {
    params: { notebook: string; name: string; version: number };
    result: PublishResult;
  };

  "lookback/deployments/list": { params: Record<string, never>; result: DeploymentsState };
  "lookback/deployments/predict": {
    params: { name: string; inputs: Record<string, JsonValue>; at?: string };
    result: Prediction;
  };
  "lookback/deployments/rollback": { params: { name: string }; result: DeploymentsState };
  "lookback/deployments/start": { params: Record<string, never>; result: DeploymentsState };
}

/** Notifications from the server. */
export interface Notifications {
  "lookback/runs/changed": { id: string | null };
  "lookback/publish/progress": { notebook: string; gates: Gate[]; step: string };
  "lookback/deployments/changed": Record<string, never>;
}

export type RequestMethod = keyof Requests;
export type Params<M extends RequestMethod> = Requests[M]["params"];
export type Result<M extends RequestMethod> = Requests[M]["result"];
export type NotificationMethod = keyof Notifications;

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** nbformat 4 JSON as the editor holds it now, outputs included. */
export type NotebookContent = { [key: string]: JsonValue };

export interface FailureData {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A compiled point-in-time join for the page: SQL for DuckDB 1.4 (WASM), nothing to resolve at run time. Times are BIGINT microseconds since the epoch, UTC. */
export interface JoinPlan {
  readonly trainingSet: string;
  readonly label: string | null;
  /** Files to load: each becomes the table `alias` holding just `columns`; timestamp columns arrive as BIGINT microseconds. */
  readonly tables: readonly {
    readonly alias: string;
    readonly path: string;
    readonly columns: readonly { readonly name: string; readonly type: "timestamp" | "date" | "other" }[];
    /** A feature view's data, or the labels. */
    readonly role: "spine" | "view";
  }[];
  /** Statements to run in order after loading; the last leaves the table `preview`. */
  readonly statements: readonly string[];
  /** The spine's columns worth showing; `preview` has them as `s0`, `s1`, … besides `row_id` (BIGINT, 0-based spine position), `spine_time` (BIGINT), `leaked` and `skewed`. */
  readonly spineColumns: readonly string[];
  readonly features: readonly JoinFeature[];
  /** One row: rows, leaked, skewed, none, and for feature j `f<j>_leaked`, `f<j>_none`, `f<j>_age`, `f<j>_ties`; see `factsSql` of the compiler. */
  readonly factsSql: string;
  /** The training join itself, as production compiles it. */
  readonly trainingSql: string;
  /** SHA-256 of the definitions the plan came from. */
  readonly digest: string;
}

export interface JoinFeature {
  /** `view:feature`. */
  readonly ref: string;
  readonly view: string;
  readonly name: string;
  readonly kind: "latest" | "window";
  readonly entityKeys: readonly string[];
  readonly delayUs: number;
  readonly ttlUs: number | null;
  readonly windowUs: number | null;
  /** Columns of `preview`: the value; event time and availability of the picked row (for a window: newest row in it); why there is none; and whether what a naive join would have used was not yet available. */
  readonly columns: {
    readonly value: string;
    readonly eventTime: string;
    readonly availableAt: string;
    readonly reason: string;
    readonly leaked: string;
  };
  /** SQL over a table `page` of `row_id`s: row_id, and as naive what a naive join would have shown. */
  readonly naiveSql: string;
  /** SQL with one `?` (row_id): candidates around the row's time, newest first: event_time, available_at, value, verdict (`picked`, `older`, `not-arrived`, `future`, `expired`, `in-window`), and naive (boolean: a naive join would use it). */
  readonly whySql: string;
  /** SQL with three `?` (row_id, from, to in microseconds): event_time, available_at, value of the row's entity. */
  readonly historySql: string;
}

export interface Gate {
  readonly id: string;
  readonly title: string;
  readonly state: "waiting" | "running" | "passed" | "failed" | "warned";
  /** One sentence of evidence, numbers first. */
  readonly evidence: string;
  /** Longer evidence, plain text; null when the sentence says it all. */
  readonly detail: string | null;
  readonly durationMs: number | null;
}

export interface PublishPlan {
  readonly notebook: string;
  readonly name: string;
  readonly version: number;
  /** The run it comes from; null when the notebook as it stands has never run whole. */
  readonly run: RunSummary | null;
  readonly cells: readonly {
    readonly cellId: string;
    readonly index: number;
    readonly firstLine: string;
    readonly ships: boolean;
    readonly why: string;
  }[];
  readonly model: { readonly variable: string; readonly className: string } | null;
  readonly trainingSet: string | null;
  /** An example request body for `POST /v1/predict`. */
  readonly example: Record<string, JsonValue> | null;
  readonly gates: readonly Gate[];
  /** Why it cannot be published as it stands; empty when it can be tried. */
  readonly obstacles: readonly string[];
}

export interface PublishResult {
  readonly published: boolean;
  readonly name: string;
  readonly version: number;
  readonly path: string;
  readonly tag: string | null;
  readonly gates: readonly Gate[];
  readonly deployed: boolean;
  readonly url: string | null;
}

export interface DeploymentsState {
  readonly running: boolean;
  readonly url: string | null;
  readonly since: string | null;
  readonly deployments: readonly Deployment[];
}

export interface Deployment {
  readonly name: string;
  readonly active: number;
  readonly previous: number | null;
  readonly versions: readonly {
    readonly version: number;
    readonly run: string;
    readonly state: "active" | "warm" | "retired";
    readonly deployedAt: string;
    readonly requests: number;
    readonly errors: number;
    readonly p99Ms: number | null;
    readonly modelSha256: string;
    /** Why a retired version cannot serve; null otherwise. */
    readonly reason: string | null;
  }[];
  readonly views: readonly {
    readonly name: string;
    readonly rows: number;
    readonly materializedAt: string | null;
    readonly newestEventTime: string | null;
    readonly delayMs: number;
    /** How long a row counts: the TTL, or the longest window. Null = forever. */
    readonly lastsMs: number | null;
  }[];
  /** An example of `inputs` that the active version accepts. */
  readonly example: Record<string, JsonValue>;
  /** The moment the example predicts as of; null = now. */
  readonly exampleAt: string | null;
  readonly recent: readonly Prediction[];
}

export interface Prediction {
  readonly requestId: string;
  /** When it was asked. */
  readonly at: string;
  /** The moment it was predicted as of: features are what was known then. */
  readonly asOf: string;
  readonly name: string;
  readonly version: number;
  readonly run: string;
  readonly modelSha256: string;
  readonly inputs: Record<string, JsonValue>;
  readonly features: readonly {
    readonly name: string;
    readonly value: JsonValue;
    readonly eventTime: string | null;
    readonly availableAt: string | null;
    readonly reason: string | null;
  }[];
  readonly output: Record<string, JsonValue>;
  readonly durationMs: number;
}
