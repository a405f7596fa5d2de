import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { ranWhole, withCode } from "../files/ran-whole.ts";

/** The newest run in which all of a notebook ran as these bytes have it, among its last 50 that ended well; null where there is none. `name` is the ledger's. */
export async function runAsItWas(store: Store, name: string, bytes: Uint8Array): Promise<Run | null> {
  const wanted = withCode(readNotebook(bytes, name).value);
  const runs = (await listRuns(store)).runs.filter(
    ({ notebook, outcome, origin }) =>
      notebook === name && outcome.kind === "ok" && origin?.kind !== "honest",
  );
  for (const { id } of runs.slice(0, 50)) {
    const run = await showRun(store, id);
    if (ranWhole(run, wanted)) return run;
  }
  return null;
}
