import type { JsonValue } from "./json.ts";
import type { RunSummary } from "./runs.ts";

export interface PublishRequests {
  /** What would ship of the notebook as it is saved, without doing anything; that the screen shows another is an obstacle, so save first. */
  "lookback/publish/plan": {
    params: {
      notebook: string;
      /** The variable of the model to publish; the last that was fitted when absent. */
      model?: string;
    };
    result: PublishPlan;
  };
  /** Runs the gates, writes, commits, tags and deploys. Progress arrives as `lookback/publish/progress`. Cancellable. */
  "lookback/publish/start": {
    params: {
      notebook: string;
      name: string;
      version: number;
      /** The variable of the model to publish; the last that was fitted when absent. */
      model?: string;
      /** The run that was shown; refused when another would ship by now. */
      run?: string;
    };
    result: PublishResult;
  };
}

export interface PublishNotifications {
  "lookback/publish/progress": { notebook: string; gates: GateState[]; step: string };
}

/** A gate as it stands in one publication. */
export interface GateState {
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
  readonly model: PlannedModel | null;
  /** Every model that could be published instead, itself among them, in the order in which they were last fitted. */
  readonly models: readonly PlannedModel[];
  readonly trainingSet: string | null;
  /** An example request body for `POST /v1/predict`. */
  readonly example: Record<string, JsonValue> | null;
  readonly gates: readonly GateState[];
  /** Why it cannot be published as it stands; empty when it can be tried. */
  readonly obstacles: readonly string[];
}

interface PlannedModel {
  readonly variable: string;
  readonly className: string;
}

export interface PublishResult {
  readonly published: boolean;
  readonly name: string;
  readonly version: number;
  readonly path: string;
  readonly tag: string | null;
  readonly gates: readonly GateState[];
  readonly deployed: boolean;
  readonly url: string | null;
}
