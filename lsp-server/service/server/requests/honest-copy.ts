import { resolve } from "node:path";
import { writeCopy } from "../../honest/write-copy.ts";
import { handler } from "../handler.ts";

export const honestCopy = handler("lookback/honest/copy", async ({ honest, ledgers }, { held }) => {
  const { notebook, run } = honest.get(held);
  const { store, toLedger, toEditor } = await ledgers.of(notebook);
  const path = await writeCopy(resolve(store.root, toLedger(notebook)), run.bytes);
  return { path: toEditor(path) };
});
