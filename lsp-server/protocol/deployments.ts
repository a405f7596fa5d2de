import type { Prediction } from "@lookback/pipeline/serve/prediction.ts";
import type { Status } from "@lookback/pipeline/serve/status.ts";
import type { JsonValue } from "./json.ts";

export type { Prediction } from "@lookback/pipeline/serve/prediction.ts";
export type {
  DeploymentStatus,
  RuntimeStatus,
  Status,
  UnreadableDeployment,
} from "@lookback/pipeline/serve/status.ts";

/** Deployments are named as the editor names files: after their folder's label where several are open. */
export interface DeploymentRequests {
  "lookback/deployments/list": { params: Record<string, never>; result: Status };
  "lookback/deployments/predict": {
    params: { name: string; inputs: Record<string, JsonValue>; at?: string };
    result: Prediction;
  };
  "lookback/deployments/rollback": { params: { name: string }; result: Status };
  "lookback/deployments/start": { params: Record<string, never>; result: Status };
}

export interface DeploymentNotifications {
  "lookback/deployments/changed": Record<string, never>;
}
