import { planPublish } from "../../publish/plan-publish.ts";
import { handler } from "../handler.ts";
import { publishContextOf } from "../publish-context-of.ts";

export const publishPlan = handler("lookback/publish/plan", async (session, { notebook, model }) => {
  const ledger = await session.ledgers.of(notebook);
  const { plan } = await planPublish(publishContextOf(session, ledger), ledger.toLedger(notebook), {
    model,
  });
  return { ...plan, notebook, run: plan.run && { ...plan.run, notebook } };
});
