import type { Kernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import type { WritableStore } from "@lookback/kernel-bridge/ledger/store/store.ts";

/** Runs what no person wrote, and throws where it does not end well. */
export async function must(kernel: Kernel, code: string): Promise<void> {
  const { error } = await kernel.execute(code, { silent: true });
  if (error !== null) throw new Error(`${error.name}: ${error.message}`);
}

/** Records what the session `s` ran of a notebook of these cells, called `c0`, `c1`, …. */
export async function recordCells(
  store: WritableStore,
  notebook: string,
  sources: readonly string[],
): Promise<Run> {
  const cells = sources.map((source, at) => ({
    cell_type: "code",
    execution_count: at + 1,
    id: `c${at}`,
    metadata: {},
    outputs: [],
    source,
  }));
  const run = await recordRun(store, {
    sessionId: "s",
    notebook,
    notebookText: JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    linter: null,
    git: null,
  });
  if (run === null || !("models" in run)) throw new Error("No run was recorded.");
  return run;
}
