import type { AnyHandler } from "./handler.ts";
import { deploymentsList } from "./requests/deployments-list.ts";
import { deploymentsPredict } from "./requests/deployments-predict.ts";
import { deploymentsRollback } from "./requests/deployments-rollback.ts";
import { deploymentsStart } from "./requests/deployments-start.ts";
import { joinPlan } from "./requests/join-plan.ts";
import { joinSets } from "./requests/join-sets.ts";
import { kernelObserve } from "./requests/kernel-observe.ts";
import { publishPlan } from "./requests/publish-plan.ts";
import { publishStart } from "./requests/publish-start.ts";
import { runsList } from "./requests/runs-list.ts";
import { runsNotebook } from "./requests/runs-notebook.ts";
import { runsRecord } from "./requests/runs-record.ts";
import { runsRestore } from "./requests/runs-restore.ts";
import { runsShow } from "./requests/runs-show.ts";

/** Every `lookback/*` request this server answers. */
export const lookbackRequests: readonly AnyHandler[] = [
  kernelObserve,
  runsRecord,
  runsList,
  runsShow,
  runsNotebook,
  runsRestore,
  joinSets,
  joinPlan,
  publishPlan,
  publishStart,
  deploymentsList,
  deploymentsPredict,
  deploymentsRollback,
  deploymentsStart,
];
