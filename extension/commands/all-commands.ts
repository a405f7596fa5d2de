import { addRemote } from "./add-remote.ts";
import { cellHistory } from "./cell-history.ts";
import type { Command } from "./command.ts";
import { compareLastRuns } from "./compare-last-runs.ts";
import { explainFinding } from "./explain-finding.ts";
import { fixAll } from "./fix-all.ts";
import { nextFinding, previousFinding } from "./next-finding.ts";
import { previewJoin } from "./preview-join.ts";
import { publish } from "./publish.ts";
import { pullRuns } from "./pull-runs.ts";
import { pushRuns } from "./push-runs.ts";
import { restartServer } from "./restart-server.ts";
import { showDeployments } from "./show-deployments.ts";
import { showFindings } from "./show-findings.ts";
import { showHonestScore } from "./show-honest-score.ts";
import { showLastRun } from "./show-last-run.ts";
import { showLineage } from "./show-lineage.ts";
import { showRuns } from "./show-runs.ts";

/** Every command, in the order menus show them. */
export const allCommands: readonly Command[] = [
  showRuns,
  showLastRun,
  compareLastRuns,
  showLineage,
  cellHistory,
  showFindings,
  explainFinding,
  nextFinding,
  previousFinding,
  fixAll,
  showHonestScore,
  previewJoin,
  publish,
  showDeployments,
  pushRuns,
  pullRuns,
  addRemote,
  restartServer,
];
