import type { RequestMethod } from "@lookback/protocol/requests.ts";
import type { AnyHandler } from "./handler.ts";
import { cellsHistory } from "./requests/cells-history.ts";
import { deploymentsList } from "./requests/deployments-list.ts";
import { deploymentsPredict } from "./requests/deployments-predict.ts";
import { deploymentsRollback } from "./requests/deployments-rollback.ts";
import { deploymentsStart } from "./requests/deployments-start.ts";
import { findingsFixAll } from "./requests/findings-fix-all.ts";
import { findingsList } from "./requests/findings-list.ts";
import { findingsMeasured, findingsMeasurement } from "./requests/findings-measure.ts";
import { findingsOffered } from "./requests/findings-offered.ts";
import { findingsOffers } from "./requests/findings-offers.ts";
import { honestCopy } from "./requests/honest-copy.ts";
import { honestKeep } from "./requests/honest-keep.ts";
import { honestStart } from "./requests/honest-start.ts";
import { joinPlan } from "./requests/join-plan.ts";
import { joinSets } from "./requests/join-sets.ts";
import { kernelObserve } from "./requests/kernel-observe.ts";
import { lineageGraph } from "./requests/lineage-graph.ts";
import { lineageMetric } from "./requests/lineage-metric.ts";
import { publishPlan } from "./requests/publish-plan.ts";
import { publishStart } from "./requests/publish-start.ts";
import { remotesAdd, remotesList } from "./requests/remotes-list.ts";
import { remotesPull, remotesPush } from "./requests/remotes-share.ts";
import { rulesPage } from "./requests/rules-page.ts";
import { runsCompare } from "./requests/runs-compare.ts";
import { runsData } from "./requests/runs-data.ts";
import { runsDelete, runsDeleted } from "./requests/runs-delete.ts";
import { runsList } from "./requests/runs-list.ts";
import { runsMark } from "./requests/runs-mark.ts";
import { runsNotebook } from "./requests/runs-notebook.ts";
import { runsOutputs } from "./requests/runs-outputs.ts";
import { runsRecord } from "./requests/runs-record.ts";
import { runsReproduce } from "./requests/runs-reproduce.ts";
import { runsRestore } from "./requests/runs-restore.ts";
import { runsShow } from "./requests/runs-show.ts";
import { runsUndelete } from "./requests/runs-undelete.ts";
import { runsWaiting } from "./requests/runs-waiting.ts";
import { storesCollect } from "./requests/stores-collect.ts";
import { storesSize } from "./requests/stores-size.ts";

/** What answers each `lookback/*` request: the compiler names one that nothing does. */
export const lookbackRequests: { readonly [M in RequestMethod]: AnyHandler<M> } = {
  "lookback/kernel/observe": kernelObserve,
  "lookback/runs/record": runsRecord,
  "lookback/runs/list": runsList,
  "lookback/runs/waiting": runsWaiting,
  "lookback/runs/show": runsShow,
  "lookback/runs/notebook": runsNotebook,
  "lookback/runs/outputs": runsOutputs,
  "lookback/runs/mark": runsMark,
  "lookback/runs/delete": runsDelete,
  "lookback/runs/undelete": runsUndelete,
  "lookback/runs/deleted": runsDeleted,
  "lookback/runs/restore": runsRestore,
  "lookback/runs/reproduce": runsReproduce,
  "lookback/honest/start": honestStart,
  "lookback/honest/keep": honestKeep,
  "lookback/honest/copy": honestCopy,
  "lookback/runs/compare": runsCompare,
  "lookback/runs/data": runsData,
  "lookback/cells/history": cellsHistory,
  "lookback/findings/list": findingsList,
  "lookback/findings/offers": findingsOffers,
  "lookback/findings/offered": findingsOffered,
  "lookback/findings/fix-all": findingsFixAll,
  "lookback/rules/page": rulesPage,
  "lookback/findings/measurement": findingsMeasurement,
  "lookback/findings/measured": findingsMeasured,
  "lookback/lineage/graph": lineageGraph,
  "lookback/lineage/metric": lineageMetric,
  "lookback/stores/size": storesSize,
  "lookback/stores/collect": storesCollect,
  "lookback/remotes/list": remotesList,
  "lookback/remotes/add": remotesAdd,
  "lookback/remotes/push": remotesPush,
  "lookback/remotes/pull": remotesPull,
  "lookback/join/sets": joinSets,
  "lookback/join/plan": joinPlan,
  "lookback/publish/plan": publishPlan,
  "lookback/publish/start": publishStart,
  "lookback/deployments/list": deploymentsList,
  "lookback/deployments/predict": deploymentsPredict,
  "lookback/deployments/rollback": deploymentsRollback,
  "lookback/deployments/start": deploymentsStart,
};
