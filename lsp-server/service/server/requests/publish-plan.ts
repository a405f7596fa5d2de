import { planPublish } from "../../publish/plan-publish.ts";
import { handler } from "../handler.ts";
import { publishContextOf } from "../publish-context-of.ts";

export const publishPlan = handler("lookback/publish/plan", async (session, { notebook }) => {
  const { toLedger } = await session.names();
  const { plan } = await planPublish(await publishContextOf(session), toLedger(notebook));
  return { ...plan, notebook, run: plan.run && { ...plan.run, notebook } };
});
