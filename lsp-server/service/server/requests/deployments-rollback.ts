import { handler } from "../handler.ts";
import { pipelineOf } from "../pipeline-of.ts";

export const deploymentsRollback = handler(
  "lookback/deployments/rollback",
  async (session, { name }, { notify }) => {
    const pipeline = await pipelineOf(session);
    await pipeline.rollback(name);
    notify("lookback/deployments/changed", {});
    return pipeline.status();
  },
);
