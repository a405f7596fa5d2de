import { Failure } from "../../failure.ts";
import { commitOf } from "../chain/read-commit.ts";
import { listRefs, logRef, writeRef, writerId } from "../chain/refs.ts";
import { ownWriters } from "../chain/writer.ts";
import { addPack } from "../git/packs.ts";
import { readObjects } from "../git/read-objects.ts";
import { knownEntries } from "../index/index-file.ts";
import type { WritableStore } from "../store/store.ts";
import type { Bucket } from "./buckets/bucket.ts";
import { arrivedPack, type ChainPiece, chainOf, pieceName } from "./chain-pieces.ts";
import { differs, farthest, piecesThere } from "./push-chains.ts";

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
  bucket: Bucket,
  signal: AbortSignal,
): Promise<PulledChains> {
  const problems: string[] = [];
  let commits = 0;
  const own = await ownWriters(store);
  const { found } = await listRefs(store, "refs/lookback/log", writerId);
  for (const [writer, pieces] of await piecesThere(bucket)) {
    const end = farthest(pieces);
    if (end === null) continue;
    const head = found.get(writer) ?? null;
    const chain = head === null ? [] : await chainHere(store, head);
    if (end.to <= chain.length) {
      if (chain[end.to - 1] !== end.head) problems.push(differs(writer));
      continue;
    }
    if (own.has(writer)) {
      problems.push(
        `The chain ${writer} is this machine's own and longer there than here, as after an older copy of the workspace was put back: nothing of it was taken.`,
      );
      continue;
    }
    try {
      await take(store, bucket, { pieces, end, chain }, signal);
      commits += end.to - chain.length;
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

async function chainHere(store: WritableStore, head: string): Promise<string[]> {
  const known = await knownEntries(store);
  return readObjects(store, (objects) => chainOf(objects, head, (commit) => known.get(commit)?.parent));
}

/** Packs first, the ref last: what is killed in between is taken again. */
async function take(
  store: WritableStore,
  bucket: Bucket,
  { pieces, end, chain }: { pieces: readonly ChainPiece[]; end: ChainPiece; chain: readonly string[] },
  signal: AbortSignal,
): Promise<void> {
  const needed = wayTo(pieces, chain.length, end);
  if (needed === null) throw gap(end.writer);
  for (const piece of needed) {
    if (signal.aborted) throw new Failure("remotes/stopped", "Stopped. What arrived so far is taken.");
    const name = pieceName(piece);
    const [pack, index] = [await bucket.read(name), await bucket.read(name.replace(/\.pack$/, ".idx"))];
    if (pack === null || index === null) throw gap(end.writer);
    await addPack(store, arrivedPack(name, pack, index));
  }
  await readObjects(store, async (objects) => {
    const last = chain.at(-1) ?? null;
    let at: string | null = end.head;
    for (let left = end.to - chain.length; left > 0; left--) {
      if (at === null) throw gap(end.writer);
      at = (await commitOf(objects, at)).parents[0] ?? null;
    }
    if (at !== last) throw new Failure("remotes/damaged", differs(end.writer));
  });
  await writeRef(store, logRef(end.writer), end.head);
}

/** The fewest pieces that lead from a length to the end; null where one is missing. */
function wayTo(pieces: readonly ChainPiece[], length: number, end: ChainPiece): ChainPiece[] | null {
  const way: ChainPiece[] = [];
  for (let at = length; at < end.to; ) {
    const next = farthest(pieces.filter(({ from, to }) => from <= at && to > at));
    if (next === null) return null;
    way.push(next);
    at = next.to;
  }
  return way;
}

function gap(writer: string): Failure {
  return new Failure(
    "remotes/damaged",
    `The chain ${writer} has a gap there: nothing of it was taken. Whoever has its runs can push them again.`,
  );
}
