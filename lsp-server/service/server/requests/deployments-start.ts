import { handler } from "../handler.ts";
import { hasDeployed } from "../merge-status.ts";
import { allDeployments, pipelineOf } from "../pipelines.ts";

/** Starts the pipeline of every open folder that has something deployed; of the only one in any case. */
export const deploymentsStart = handler(
  "lookback/deployments/start",
  async (session, _params, { notify }) => {
    const { ledgers } = await session.ledgers.all();
    for (const ledger of ledgers) {
      const pipeline = pipelineOf(ledger);
      if (ledgers.length > 1 && !hasDeployed(await pipeline.status())) continue;
      await pipeline.ensureRunning({ spawn: session.world.pipeline, cwd: ledger.folder.path });
    }
    notify("lookback/deployments/changed", {});
    return allDeployments(session);
  },
);
