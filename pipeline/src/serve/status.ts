import type { PlanValue } from "../plan/plan.ts";
import type { Prediction } from "./prediction.ts";

/** What `/v1/status` answers. Times ISO 8601 UTC. */
export interface Status {
  readonly running: boolean;
  readonly url: string | null;
  readonly since: string | null;
  readonly deployments: readonly DeploymentStatus[];
  /** Deployments whose record cannot be read: nothing answers for them, and their record is kept as it is. */
  readonly unreadable: readonly UnreadableDeployment[];
  /** What else of the pipeline's files could not be read, or had to be mended as it started: whole sentences. */
  readonly problems: readonly string[];
}

/** A deployment that is recorded and cannot be read. */
export interface UnreadableDeployment {
  /** Null when the record does not even give its name. */
  readonly name: string | null;
  readonly reason: string;
}

/** What runs a model, and why it is not what is fastest. */
export type RuntimeStatus =
  | { readonly kind: "onnx" }
  | {
      readonly kind: "python";
      /** One clause. */
      readonly because: string;
      /** Processes that it has, and those of them that can answer. */
      readonly workers: number;
      readonly ready: number;
      /** How often one was started in the place of another. */
      readonly restarts: number;
      readonly waiting: number;
      /** Why none can answer; null where one can, or will soon. */
      readonly reason: string | null;
    };

export interface DeploymentStatus {
  readonly name: string;
  readonly active: number;
  readonly previous: number | null;
  /** Newest deployment first. */
  readonly versions: readonly {
    readonly version: number;
    readonly run: string;
    readonly state: "active" | "warm" | "retired";
    readonly deployedAt: string;
    readonly requests: number;
    readonly errors: number;
    readonly p99Ms: number | null;
    readonly modelSha256: string;
    /** What answers; null where the version is not loaded. */
    readonly runtime: RuntimeStatus | null;
    /** Why a retired version cannot serve; null otherwise. */
    readonly reason: string | null;
  }[];
  /** Versions whose record cannot be read; never the active one, for then the whole deployment is unreadable. */
  readonly unreadable: readonly { readonly version: number | null; readonly reason: string }[];
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
  readonly example: Readonly<Record<string, PlanValue>>;
  /** The moment the example predicts as of; null = now. */
  readonly exampleAt: string | null;
  /** Newest first. */
  readonly recent: readonly Prediction[];
}
