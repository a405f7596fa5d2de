import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { handler } from "../handler.ts";

export const runsNotebook = handler("lookback/runs/notebook", async (session, { id }) => {
  const bytes = await readRunNotebook(await session.store(), id);
  return { text: new TextDecoder().decode(bytes) };
});
