import { handler } from "../handler.ts";
import { allDeployments } from "../pipelines.ts";

export const deploymentsList = handler("lookback/deployments/list", (session) => allDeployments(session));
