import { handler } from "../handler.ts";
import { pipelineOf } from "../pipeline-of.ts";

export const deploymentsList = handler("lookback/deployments/list", async (session) =>
  (await pipelineOf(session)).status(),
);
