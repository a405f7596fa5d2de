/** `pipeline.json`: the one intermediate representation between publishing and running. Everything in it is data; nothing in it names a machine. Times and durations are integer microseconds, UTC. */
export interface Plan {
  readonly format: "lookback-pipeline/1";
  readonly name: string;
  readonly version: number;
  readonly run: string;
  readonly createdAt: string;
  readonly entities: readonly { readonly name: string; readonly joinKeys: readonly string[] }[];
  readonly sources: readonly PlanSource[];
  readonly views: readonly PlanView[];
  readonly model: PlanModel;
  /** Every other file of the release, with what it must hash to. Paths relative to the release folder. */
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly size: number }[];
}

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
  readonly delayUs: number;
  readonly ttlUs: number | null;
  readonly features: readonly PlanFeature[];
  /** DuckDB SQL that reads the view's source as table `source` and returns what the online store must hold. Compiled by the same join compiler that made the training set. */
  readonly materializeSql: string;
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
  /** Path of the ONNX file relative to the release folder. */
  readonly path: string;
  readonly className: string;
  /** Model inputs in order. `from: "request"` comes with the call; `from: "view"` is looked up online. */
  readonly inputs: readonly PlanInput[];
  readonly output: {
    readonly name: string;
    readonly kind: "probability" | "value" | "label";
    readonly positiveClass: string | null;
  };
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
