import { handler } from "../handler.ts";
import { pipelineOf } from "../pipeline-of.ts";

export const deploymentsPredict = handler(
  "lookback/deployments/predict",
  async (session, { name, inputs, at }, { notify }) => {
    const prediction = await (await pipelineOf(session)).predict(name, inputs, at);
    notify("lookback/deployments/changed", {});
    return prediction;
  },
);
