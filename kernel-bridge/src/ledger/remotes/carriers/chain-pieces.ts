import { createHash } from "node:crypto";
import { Failure } from "../../../failure.ts";
import { commitOf } from "../../chain/read-commit.ts";
import { type GitObject, gitObject, treeEntries } from "../../git/git-object.ts";
import { entryIn, type Pack, type PackEntry, packEntry, packOf } from "../../git/pack-bytes.ts";
import { type PackPlace, readPackIndex } from "../../git/pack-index.ts";
import type { ObjectReader } from "../../git/read-objects.ts";

/**
 * A stretch of a writer's chain as it travels: a pack of what its commits hold, from behind the `from`th to the `to`th, whose name is `head`. Pieces are
 * never changed: a chain only grows, so that its end is the piece that reaches farthest, whoever sends when.
 */
export interface ChainPiece {
  readonly writer: string;
  readonly from: number;
  readonly to: number;
  readonly head: string;
}

/** Where a piece lies at a remote. Its index lies beside it and is written first: a pack that is there can be read. */
export function pieceName({ writer, from, to, head }: ChainPiece): string {
  return `ledger/${writer}/${padded(from)}-${padded(to)}-${head}.pack`;
}

/** The piece of a name; null for what is none. */
export function pieceOf(name: string): ChainPiece | null {
  const [, writer, from, to, head] =
    /^ledger\/([0-9a-f]{8})\/(\d{9})-(\d{9})-([0-9a-f]{40})\.pack$/.exec(name) ?? [];
  if (writer === undefined || head === undefined) return null;
  return { writer, from: Number(from), to: Number(to), head };
}

/** Packs of the commits behind the `from`th, each of no more than some megabytes; what the commit before a pack holds is not in it again. */
export async function* packsOfChain(
  objects: ObjectReader,
  commits: readonly string[],
  from: number,
): AsyncGenerator<{ readonly from: number; readonly to: number; readonly pack: Pack }> {
  let start = from;
  let seen = await reachedFrom(objects, commits[from - 1]);
  let entries: PackEntry[] = [];
  let bytes = 0;
  for (let at = from; at < commits.length; at++) {
    for await (const object of objectsOf(objects, commits[at]!, seen)) {
      const entry = await packEntry(object);
      entries.push(entry);
      bytes += entry.bytes.length;
    }
    if (bytes < mostBytes && at + 1 < commits.length) continue;
    yield { from: start, to: at + 1, pack: packOf(entries) };
    start = at + 1;
    seen = await reachedFrom(objects, commits[at]);
    entries = [];
    bytes = 0;
  }
}

/**
 * A pack that arrived, every object of it verified: one that is not what its name says would be found before the right one that is here.
 * Fails with `remotes/damaged`.
 */
export function arrivedPack(name: string, pack: Buffer, index: Buffer): Pack {
  const isWhole = (bytes: Buffer) =>
    bytes.length > 40 &&
    createHash("sha1").update(bytes.subarray(0, -20)).digest().equals(bytes.subarray(-20));
  if (isWhole(pack) && isWhole(index)) {
    const sum = pack.toString("hex", pack.length - 20);
    const isOf = index.toString("hex", index.length - 40, index.length - 20) === sum;
    const places = isOf ? readPackIndex(index, pack.length)?.entries() : undefined;
    if (places?.every((place) => holds(pack, place))) return { name: sum, pack, index };
  }
  throw new Failure("remotes/damaged", `${name} is damaged there. Nothing of it was taken.`, {
    advice: "Whoever has these runs can push them again once the piece is removed there.",
    data: { name },
  });
}

/** Whether a pack holds an object where its index says, as it is: none travels as a delta. */
function holds(pack: Buffer, { oid, offset, end }: PackPlace): boolean {
  try {
    const entry = entryIn(pack.subarray(offset, end));
    return entry !== null && gitObject(entry.type, entry.body).oid === oid;
  } catch {
    return false;
  }
}

const mostBytes = 16 << 20;

function padded(number: number): string {
  return String(number).padStart(9, "0");
}

async function reachedFrom(objects: ObjectReader, commit: string | undefined): Promise<Set<string>> {
  const seen = new Set<string>();
  if (commit !== undefined) for await (const { oid } of objectsOf(objects, commit, seen)) seen.add(oid);
  return seen;
}

/** A commit, its folders and its files, each that was not seen. */
async function* objectsOf(
  objects: ObjectReader,
  commit: string,
  seen: Set<string>,
): AsyncGenerator<GitObject> {
  if (seen.has(commit)) return;
  seen.add(commit);
  yield await objects.read(commit);
  const waiting = [(await commitOf(objects, commit)).tree];
  for (let oid = waiting.pop(); oid !== undefined; oid = waiting.pop()) {
    if (seen.has(oid)) continue;
    seen.add(oid);
    const object = await objects.read(oid);
    yield object;
    if (object.type === "tree") waiting.push(...treeEntries(object.body).map((entry) => entry.oid));
  }
}
