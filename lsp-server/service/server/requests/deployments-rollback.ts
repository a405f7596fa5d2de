import { handler } from "../handler.ts";
import { allDeployments, pipelineFor } from "../pipelines.ts";

export const deploymentsRollback = handler(
  "lookback/deployments/rollback",
  async (session, { name }, { notify }) => {
    const { pipeline, name: there } = await pipelineFor(session, name);
    await pipeline.rollback(there);
    notify("lookback/deployments/changed", {});
    return allDeployments(session);
  },
);
