import { showRun } from "@lookback/kernel-bridge/ledger/show-run.ts";
import { handler } from "../handler.ts";

export const runsShow = handler("lookback/runs/show", async (session, { id }) =>
  showRun(await session.store(), id),
);
