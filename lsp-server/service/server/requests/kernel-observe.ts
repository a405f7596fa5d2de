import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { handler } from "../handler.ts";

export const kernelObserve = handler("lookback/kernel/observe", async (session, { notebook, kernelId }) => {
  const { store, toLedger } = await session.ledgers.of(notebook);
  const { compiler } = session.world;
  return { code: await observerCode(store, { sessionId: kernelId, notebook: toLedger(notebook), compiler }) };
});
