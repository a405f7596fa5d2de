import { handler } from "../handler.ts";
import { pipelineOf } from "../pipeline-of.ts";

export const deploymentsStart = handler(
  "lookback/deployments/start",
  async (session, _params, { notify }) => {
    const pipeline = await pipelineOf(session);
    const state = await pipeline.ensureRunning({ spawn: session.world.pipeline, cwd: session.world.root });
    notify("lookback/deployments/changed", {});
    return state;
  },
);
