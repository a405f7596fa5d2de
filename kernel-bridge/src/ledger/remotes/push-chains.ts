import { Failure } from "../../failure.ts";
import { listRefs, writerId } from "../chain/refs.ts";
import { type ObjectReader, readObjects } from "../git/read-objects.ts";
import { knownEntries } from "../index/index-file.ts";
import type { Store } from "../store/store.ts";
import type { Bucket } from "./buckets/bucket.ts";
import { type ChainPiece, chainOf, packsOfChain, pieceName, pieceOf } from "./chain-pieces.ts";

/** What was sent of the chains, and what could not be. */
export interface PushedChains {
  /** Commits that were not there before: runs and what was said of them. */
  readonly commits: number;
  /** What differs there and here, a sentence each: nobody can say which is right. */
  readonly problems: readonly string[];
}

/** Sends what a remote does not have of the chains here: others' too, so that a second remote gets all. */
export async function pushChains(store: Store, bucket: Bucket, signal: AbortSignal): Promise<PushedChains> {
  const there = await piecesThere(bucket);
  const { found, odd } = await listRefs(store, "refs/lookback/log", writerId);
  const known = await knownEntries(store);
  const problems = [...odd.keys()]
    .filter((name) => writerId.test(name))
    .map((name) => `The chain ${name} cannot be read here: nothing of it was sent.`);
  let commits = 0;
  await readObjects(store, async (objects) => {
    for (const [writer, head] of found) {
      const chain = await chainOf(objects, head, (commit) => known.get(commit)?.parent);
      const end = farthest(there.get(writer) ?? []);
      if (end !== null && end.to <= chain.length && chain[end.to - 1] !== end.head)
        problems.push(differs(writer));
      else if (end === null || end.to < chain.length)
        commits += await send(objects, bucket, { writer, chain, from: end?.to ?? 0 }, signal);
    }
  });
  return { commits, problems };
}

/** The pieces of each writer's chain at a remote. */
export async function piecesThere(bucket: Bucket): Promise<ReadonlyMap<string, readonly ChainPiece[]>> {
  const pieces = new Map<string, ChainPiece[]>();
  for (const { name } of await bucket.list("ledger/")) {
    const piece = pieceOf(name);
    if (piece !== null) pieces.set(piece.writer, [...(pieces.get(piece.writer) ?? []), piece]);
  }
  return pieces;
}

/** The piece a chain ends with; null where there is none. */
export function farthest(pieces: readonly ChainPiece[]): ChainPiece | null {
  return pieces.reduce<ChainPiece | null>(
    (end, piece) => (end !== null && end.to >= piece.to ? end : piece),
    null,
  );
}

/** Said of a chain that is not the same there and here, as far as both reach. */
export function differs(writer: string): string {
  return `The chain ${writer} is another there than here, as after a copy of the workspace was put back: nothing of it was sent or taken.`;
}

async function send(
  objects: ObjectReader,
  bucket: Bucket,
  { writer, chain, from }: { writer: string; chain: readonly string[]; from: number },
  signal: AbortSignal,
): Promise<number> {
  for await (const { from: start, to, pack } of packsOfChain(objects, chain, from)) {
    if (signal.aborted) throw new Failure("remotes/stopped", "Stopped. What arrived so far is kept there.");
    const name = pieceName({ writer, from: start, to, head: chain[to - 1]! });
    await bucket.write(name.replace(/\.pack$/, ".idx"), pack.index);
    await bucket.write(name, pack.pack);
  }
  return chain.length - from;
}
