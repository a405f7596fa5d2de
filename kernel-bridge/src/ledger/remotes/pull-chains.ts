import { Failure } from "../../failure.ts";
import { commitOf } from "../chain/read-commit.ts";
import { listRefs, logRef, writeRef, writerId } from "../chain/refs.ts";
import { ownWriters } from "../chain/writer.ts";
import { addPack } from "../git/packs.ts";
import { readObjects } from "../git/read-objects.ts";
import type { WritableStore } from "../store/store.ts";
import { gap } from "./carriers/bucket-carrier.ts";
import type { Carrier, ChainThere } from "./carriers/carrier.ts";
import { chainHere } from "./chain-of.ts";
import { differs } from "./push-chains.ts";

export interface PulledChains {
  /** Commits that were not here before. */
  readonly commits: number;
  /** What could not be taken, a sentence each. */
  readonly problems: readonly string[];
}

/**
 * Takes what a remote has of others' chains and this store does not. A chain is moved forward, never back, and never one that a process of
 * this machine appends to.
 */
export async function pullChains(
  store: WritableStore,
  carrier: Carrier,
  signal: AbortSignal,
): Promise<PulledChains> {
  const problems: string[] = [];
  let commits = 0;
  const own = await ownWriters(store);
  const { found } = await listRefs(store, "refs/lookback/log", writerId);
  for (const [writer, end] of await carrier.chains(signal)) {
    const head = found.get(writer) ?? null;
    if (end.head === head) continue;
    const chain = await chainHere(store, head);
    if (end.length <= chain.length) {
      if (chain[end.length - 1] !== end.head) problems.push(differs(writer));
      continue;
    }
    if (own.has(writer)) {
      problems.push(
        `The chain ${writer} is this machine's own and longer there than here, as after an older copy of the workspace was put back: nothing of it was taken.`,
      );
      continue;
    }
    try {
      await take(store, writer, end, chain, signal);
      commits += end.length - chain.length;
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause;
      if (cause.code === "remotes/damaged") problems.push(cause.message);
      // What a piece should hold is not in it.
      else if (cause.code.startsWith("ledger/")) problems.push(gap(writer).message);
      else throw cause;
    }
  }
  return { commits, problems };
}

/** Packs first, the ref last: what is killed in between is taken again. */
async function take(
  store: WritableStore,
  writer: string,
  end: ChainThere,
  chain: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const last = chain.at(-1) ?? null;
  if (last !== null && (end.at(chain.length - 1) ?? last) !== last) throw differing(writer);
  for await (const pack of end.packs(chain.length)) {
    if (signal.aborted) throw new Failure("remotes/stopped", "Stopped. What arrived so far is taken.");
    await addPack(store, pack);
  }
  await readObjects(store, async (objects) => {
    let at: string | null = end.head;
    for (let left = end.length - chain.length; left > 0; left--) {
      if (at === null) throw gap(writer);
      at = (await commitOf(objects, at)).parents[0] ?? null;
    }
    if (at !== last) throw differing(writer);
  });
  await writeRef(store, logRef(writer), end.head);
}

function differing(writer: string): Failure {
  return new Failure("remotes/damaged", differs(writer));
}
