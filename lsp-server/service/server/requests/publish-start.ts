import { publish } from "../../publish/publish.ts";
import { handler } from "../handler.ts";
import { publishContextOf } from "../publish-context-of.ts";

export const publishStart = handler(
  "lookback/publish/start",
  async (session, { notebook, name, version, model, run }, { notify, signal }) => {
    const ledger = await session.ledgers.of(notebook);
    const result = await publish(publishContextOf(session, ledger), {
      notebook: ledger.toLedger(notebook),
      name,
      version,
      ...(model === undefined ? {} : { model }),
      ...(run === undefined ? {} : { run }),
      signal,
      onProgress: (gates, step) => notify("lookback/publish/progress", { notebook, gates: [...gates], step }),
    });
    if (result.published) notify("lookback/runs/changed", { id: null });
    if (result.deployed) notify("lookback/deployments/changed", {});
    return { ...result, path: ledger.toEditor(result.path) };
  },
);
