import type { JsonValue } from "./json.ts";

export interface DeploymentRequests {
  "lookback/deployments/list": { params: Record<string, never>; result: DeploymentsState };
  "lookback/deployments/predict": {
    params: { name: string; inputs: Record<string, JsonValue>; at?: string };
    result: Prediction;
  };
  "lookback/deployments/rollback": { params: { name: string }; result: DeploymentsState };
  "lookback/deployments/start": { params: Record<string, never>; result: DeploymentsState };
}

export interface DeploymentNotifications {
  "lookback/deployments/changed": Record<string, never>;
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
