import { publish } from "../../publish/publish.ts";
import { handler } from "../handler.ts";
import { publishContextOf } from "../publish-context-of.ts";

export const publishStart = handler(
  "lookback/publish/start",
  async (session, { notebook, name, version }, { notify, signal }) => {
    const { toLedger, toEditor } = await session.names();
    const result = await publish(await publishContextOf(session), {
      notebook: toLedger(notebook),
      name,
      version,
      signal,
      onProgress: (gates, step) => notify("lookback/publish/progress", { notebook, gates: [...gates], step }),
    });
    if (result.published) notify("lookback/runs/changed", { id: null });
    if (result.deployed) notify("lookback/deployments/changed", {});
    return { ...result, path: toEditor(result.path) };
  },
);
