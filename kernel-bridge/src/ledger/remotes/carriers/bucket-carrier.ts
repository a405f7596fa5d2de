import { Failure } from "../../../failure.ts";
import type { Pack } from "../../git/pack-bytes.ts";
import type { Bucket } from "../buckets/bucket.ts";
import type { Carrier, ChainThere } from "./carrier.ts";
import { arrivedPack, type ChainPiece, packsOfChain, pieceName, pieceOf } from "./chain-pieces.ts";

/** Chains as pieces in a bucket: packs that are never changed. */
export function bucketCarrier(bucket: Bucket): Carrier {
  return {
    async chains() {
      const pieces = new Map<string, ChainPiece[]>();
      for (const { name } of await bucket.list("ledger/")) {
        const piece = pieceOf(name);
        if (piece !== null) pieces.set(piece.writer, [...(pieces.get(piece.writer) ?? []), piece]);
      }
      return new Map([...pieces].map(([writer, of]) => [writer, chainThere(bucket, of)]));
    },
    async send(objects, stretches, signal) {
      let commits = 0;
      for (const { writer, chain, from } of stretches) {
        for await (const { from: start, to, pack } of packsOfChain(objects, chain, from)) {
          if (signal.aborted)
            throw new Failure("remotes/stopped", "Stopped. What arrived so far is kept there.");
          const name = pieceName({ writer, from: start, to, head: chain[to - 1]! });
          await bucket.write(name.replace(/\.pack$/, ".idx"), pack.index);
          await bucket.write(name, pack.pack);
        }
        commits += chain.length - from;
      }
      return commits;
    },
    async pins() {
      const said = new Map<string, string>();
      for (const { name } of await bucket.list("pins/")) {
        const id = /^pins\/(.*)\.json$/.exec(name)?.[1];
        if (id !== undefined) said.set(id, (await bucket.read(name))?.toString("utf8") ?? "");
      }
      return said;
    },
    sayPins: (storeId, text) => bucket.write(`pins/${storeId}.json`, Buffer.from(text)),
  };
}

function chainThere(bucket: Bucket, pieces: readonly ChainPiece[]): ChainThere {
  const end = farthest(pieces)!;
  return {
    length: end.to,
    head: end.head,
    at: (place) => pieces.find(({ to }) => to === place + 1)?.head ?? null,
    async *packs(from): AsyncGenerator<Pack> {
      const needed = wayTo(pieces, from, end);
      if (needed === null) throw gap(end.writer);
      for (const piece of needed) {
        const name = pieceName(piece);
        const [pack, index] = [await bucket.read(name), await bucket.read(name.replace(/\.pack$/, ".idx"))];
        if (pack === null || index === null) throw gap(end.writer);
        yield arrivedPack(name, pack, index);
      }
    },
  };
}

/** The piece a chain ends with; null where there is none. */
function farthest(pieces: readonly ChainPiece[]): ChainPiece | null {
  return pieces.reduce<ChainPiece | null>(
    (end, piece) => (end !== null && end.to >= piece.to ? end : piece),
    null,
  );
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

/** What a chain there should hold is not in it. */
export function gap(writer: string): Failure {
  return new Failure(
    "remotes/damaged",
    `The chain ${writer} has a gap there: nothing of it was taken. Whoever has its runs can push them again.`,
  );
}
