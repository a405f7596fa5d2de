import { runSummary } from "@lookback/kernel-bridge/ledger/format/run-summary.ts";
import { linterAt } from "../../files/linter-at.ts";
import { keepScore } from "../../honest/keep-score.ts";
import { handler } from "../handler.ts";

export const honestKeep = handler("lookback/honest/keep", async (session, { held }) => {
  const score = session.honest.get(held);
  const { notebook, run, origin } = score;
  const { writable, toLedger } = await session.ledgers.of(notebook);
  const ledger = await writable();
  // Asked twice, it is one run.
  score.kept ??= keepScore(ledger, run, {
    notebook: toLedger(notebook),
    origin,
    linter: linterAt(ledger.root, session.world.log, session.editorLayers),
  });
  score.kept.catch(() => {
    score.kept = null;
  });
  const kept = await score.kept;
  session.tellOfRun(kept.id);
  return { ...runSummary(kept, []), notebook };
});
