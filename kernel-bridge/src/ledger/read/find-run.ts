import { Failure } from "../../failure.ts";
import { type IndexEntry, readIndex } from "../index/run-index.ts";
import type { Store } from "../store/open-store.ts";

/** The run of an id or of an unambiguous beginning of one. Fails with `ledger/no-such-run` or `ledger/ambiguous-run`. */
export async function findRun(store: Store, id: string): Promise<IndexEntry> {
  const entries = await readIndex(store);
  const wanted = id.toUpperCase();
  const exact = entries.find((entry) => entry.summary.id === wanted);
  if (exact) return exact;
  const matches = wanted === "" ? [] : entries.filter((entry) => entry.summary.id.startsWith(wanted));
  const [only] = matches;
  if (only === undefined) {
    throw new Failure("ledger/no-such-run", `There is no run ${id} in this workspace.`, {
      advice: "`lookback runs` lists them.",
      data: { id },
    });
  }
  if (matches.length > 1) {
    throw new Failure("ledger/ambiguous-run", `${matches.length} runs begin with ${id}. None was chosen.`, {
      advice: `Give more of its id: ${matches
        .slice(0, 3)
        .map((entry) => entry.summary.id)
        .join(", ")} …`,
      data: { id },
    });
  }
  return only;
}
