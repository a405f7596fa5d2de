import { counted } from "@lookback/kernel-bridge/counted.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";

/** The runs of the same kernel that went before, since it was started, the first first; and a sentence where not all of its cells are recorded. */
export async function runsBefore(
  store: Store,
  { id, session }: Run,
): Promise<{ readonly runs: readonly Run[]; readonly gap: string | null }> {
  const wanted = session.cellsBefore;
  if (wanted === 0) return { runs: [], gap: null };
  if (wanted === null)
    return { runs: [], gap: "Whether cells had run before in its kernel was not recorded: none ran before." };
  const earlier = (await listRuns(store)).runs
    .filter((each) => each.session === session.id && each.id < id)
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  const runs: Run[] = [];
  let found = 0;
  for (const summary of earlier) {
    if (found >= wanted) break;
    const run = await showRun(store, summary.id);
    runs.unshift(run);
    found += run.cells.length;
  }
  if (found === wanted) return { runs, gap: null };
  const had = counted(wanted, "cell");
  return {
    runs,
    gap: `${had} had run before in its kernel, not all of which are in recorded runs: what is recorded ran before.`,
  };
}
