import { Failure } from "../../failure.ts";
import type { RunIndex } from "../index/run-index.ts";
import { dependsOn, restsOn } from "../lineage/closures.ts";
import { type LinkedRuns, linkRuns } from "../lineage/link-runs.ts";
import { type Rest, restsOf } from "../pins/rests.ts";
import type { Store } from "../store/store.ts";

/** What no deletion and no freeing of bytes may touch. */
export interface Protection {
  /** Every run that was ever recorded, deleted ones too: a chain of producers may lead through one. */
  readonly linked: LinkedRuns;
  /** The ranks of what deployments rest or ever rested on, through any number of steps. */
  readonly ranks: ReadonlySet<number>;
  /** The deployments that rest or rested on one of them. */
  restsOn(rank: number): readonly Rest[];
}

/**
 * What deployments rest and rested on, all of it: a deployment's run, the runs that may have written what it read, and so on. Fails with
 * `ledger/unsure` where any pin, chain or record cannot be read: then nobody knows what may go.
 */
export async function protectionOf(store: Store, index: RunIndex): Promise<Protection> {
  const { rests, unreadable } = await restsOf(store, index);
  const linked = linkRuns(index.recorded);
  const rankOf = new Map(index.recorded.map(({ commit }, rank) => [commit, rank]));
  const unknown = [
    ...unreadable,
    ...unreadIn(index),
    ...rests
      .filter(({ commit }) => !rankOf.has(commit))
      .map(
        ({ deployment, commit }) =>
          `${deployment} rests on ${commit.slice(0, 10)}, which is not in the ledger`,
      ),
  ];
  refuseUnknown(unknown);
  const roots = rests.map((rest) => ({ rest, rank: rankOf.get(rest.commit)! }));
  const reached = restsOn(
    linked,
    roots.map(({ rank }) => rank),
  );
  // A deletion names ids: what has the id of one, whoever recorded it, stays with it.
  const ids = new Set([...reached].map((rank) => linked.runs[rank]!.summary.id));
  const sameId = (id: string) =>
    [...linked.runs.keys()].filter((rank) => linked.runs[rank]!.summary.id === id);
  return {
    linked,
    ranks: new Set([...linked.runs.keys()].filter((rank) => ids.has(linked.runs[rank]!.summary.id))),
    restsOn(rank) {
      const reached = dependsOn(linked, sameId(linked.runs[rank]!.summary.id));
      return roots.filter((root) => reached.has(root.rank)).map(({ rest }) => rest);
    },
  };
}

/** Fails with `ledger/unsure` where anything in the chains cannot be read. */
export function refuseUnread(index: RunIndex): void {
  refuseUnknown(unreadIn(index));
}

function unreadIn({ unreadable }: RunIndex): string[] {
  return unreadable.map(({ id, reason }) => (id === null ? reason : `Run ${id}: ${reason}`));
}

function refuseUnknown(unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  const more = unknown.length > 3 ? `; and ${unknown.length - 3} more` : "";
  throw new Failure(
    "ledger/unsure",
    `What deployments rest on is not known as a whole, so nothing was deleted or freed: ${unknown.slice(0, 3).join("; ")}${more}.`,
    { advice: "`lookback fsck` says what is wrong; fetch what is missing first.", data: { unknown } },
  );
}
