import { handler } from "../handler.ts";
import { pipelineFor } from "../pipelines.ts";

export const deploymentsPredict = handler(
  "lookback/deployments/predict",
  async (session, { name, inputs, at }, { notify }) => {
    const { pipeline, name: there, labeled } = await pipelineFor(session, name);
    const prediction = await pipeline.predict(there, inputs, at);
    notify("lookback/deployments/changed", {});
    return { ...prediction, name: labeled(prediction.name) };
  },
);
