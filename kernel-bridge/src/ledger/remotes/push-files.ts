import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { type ChunkId, shortIdBytes } from "../../objects/chunks/chunk-id.ts";
import type { ObjectStore } from "../../objects/object-store.ts";
import { type Catalog, catalogOf, segmentFolder, wholeCheck } from "../../objects/segments/catalog.ts";
import { type ChunkReader, chunkReader } from "../../objects/segments/chunk-reader.ts";
import { loadDeltas } from "../../objects/segments/segment.ts";
import { type SegmentWriter, segmentWriter } from "../../objects/segments/segment-writer.ts";
import type { Bucket } from "./buckets/bucket.ts";
import { addToMirror, segmentName } from "./remote-catalog.ts";

/** What was sent of files. */
export interface PushedFiles {
  readonly files: number;
  /** Bytes that travelled. */
  readonly bytes: number;
  /** SHA-256 of files that could not be read here, with what is wrong. */
  readonly problems: readonly string[];
}

export interface Sending {
  /** What is here. */
  readonly objects: ObjectStore;
  /** What is there, as `refreshMirror` left it. */
  readonly mirror: ObjectStore;
  readonly bucket: Bucket;
  /** A folder of this process alone, for what is on its way. */
  readonly outbox: string;
  readonly signal: AbortSignal;
  readonly onProgress: (sent: number, of: number) => void;
}

/**
 * Sends files that are here and not there. What both have in common does not travel; a chunk that is a change of others travels as that where the
 * others are there, or are of the files that are sent. Each batch is whole when it arrives: whoever begins again sends the rest.
 */
export async function pushFiles(sending: Sending, wanted: Iterable<string>): Promise<PushedFiles> {
  const there = await catalogOf(sending.mirror);
  const missing = await notWholeIn(there, new Set(wanted));
  const reader = await chunkReader(sending.objects);
  const problems: string[] = [];
  let files = 0;
  let bytes = 0;
  try {
    const chunks = await chunksOf(reader.catalog, missing);
    for (let at = 0; at < missing.length; ) {
      if (sending.signal.aborted)
        throw new Failure("remotes/stopped", "Stopped. What arrived so far is kept there.");
      const box: ObjectStore = { dir: sending.outbox, temporary: sending.outbox };
      let segments: readonly string[] = [];
      const batch = batchOf(box, reader, await catalogOf(sending.mirror), chunks);
      try {
        for (; at < missing.length && batch.writer.written < batchBytes; at++) {
          const problem = await batch.add(missing[at]!);
          if (problem === null) files++;
          else problems.push(problem);
        }
        segments = await batch.writer.finish();
      } catch (cause) {
        await batch.writer.discard();
        throw cause;
      }
      bytes += await sendSegments(sending, box, segments);
      sending.onProgress(at, missing.length);
    }
  } finally {
    await reader.close();
    await rm(sending.outbox, { recursive: true, force: true });
  }
  return { files, bytes, problems };
}

const batchBytes = 64 << 20;

/** The files that are not there, all of them: what was broken off may have left some that lack chunks. */
async function notWholeIn(there: Catalog, files: Iterable<string>): Promise<string[]> {
  const isWhole = wholeCheck(there);
  const lacking: string[] = [];
  for (const sha256 of files) {
    const recipe = await there.recipe(sha256).catch(() => null);
    let isThere = recipe !== null;
    for (const id of recipe ?? []) isThere &&= await isWhole(there.find(id));
    if (!isThere) lacking.push(sha256);
  }
  return lacking;
}

/** The chunks of files that are to be sent, by the first bytes of their ids. */
async function chunksOf(catalog: Catalog, files: readonly string[]): Promise<ReadonlySet<string>> {
  const chunks = new Set<string>();
  for (const sha256 of files)
    for (const id of (await catalog.recipe(sha256)) ?? []) chunks.add(id.slice(0, shortIdBytes));
  return chunks;
}

function batchOf(box: ObjectStore, reader: ChunkReader, there: Catalog, wanted: ReadonlySet<string>) {
  const writer: SegmentWriter = segmentWriter(box);
  /** First bytes of an id → the depth at which it will be there. */
  const depths = new Map<string, number>();

  const depthThere = (short: string): number | null => {
    const sent = depths.get(short);
    if (sent !== undefined) return sent;
    const place = there.find(short);
    return place === undefined ? null : place.segment.directory.depthAt(place.at);
  };
  /** Answers what is wrong. */
  const addChunk = async (id: ChunkId): Promise<string | null> => {
    const short = id.slice(0, shortIdBytes);
    if (depthThere(short) !== null) return null;
    const place = reader.catalog.find(id);
    const depth = place?.segment.directory.depthAt(place.at) ?? 0;
    if (place !== undefined && depth > 0) {
      const delta = (await loadDeltas(place.segment))?.[place.segment.directory.placeAt(place.at)];
      let isRooted = delta !== undefined;
      for (const base of delta?.bases ?? []) {
        const below = reader.catalog.find(base);
        if (depthThere(base) === null && below !== undefined && wanted.has(base))
          await addChunk(below.segment.directory.idAt(below.at));
        const at = depthThere(base);
        if (at === null || at >= depth) isRooted = false;
      }
      if (delta !== undefined && isRooted) {
        await writer.addDelta(id, place.segment.directory.lengthAt(place.at), depth, delta);
        depths.set(short, depth);
        return null;
      }
    }
    const bytes = await reader.read(id);
    if (typeof bytes === "string") return bytes;
    await writer.add(id, bytes);
    depths.set(short, 0);
    return null;
  };
  return {
    writer,
    async add(sha256: string): Promise<string | null> {
      const recipe = await reader.catalog.recipe(sha256);
      if (recipe === null) return `The bytes of ${sha256.slice(0, 12)} are not here: they were not sent.`;
      let size = 0;
      for (const id of recipe) {
        const wrong = await addChunk(id);
        if (wrong !== null)
          return `The bytes of ${sha256.slice(0, 12)} are damaged here (${wrong}): they were not sent.`;
        const place = reader.catalog.find(id);
        size += place?.segment.directory.lengthAt(place.at) ?? 0;
      }
      writer.addFile({ sha256, size, chunks: recipe });
      return null;
    },
  };
}

/** Sends segments in their order: what a file is made of is there before the file. Answers the bytes that travelled. */
async function sendSegments(
  { mirror, bucket }: Sending,
  box: ObjectStore,
  ids: readonly string[],
): Promise<number> {
  let sent = 0;
  for (const id of ids) {
    const path = join(segmentFolder(box), `${id}.segment`);
    const bytes = await readFile(path);
    await bucket.write(segmentName(id), bytes);
    await addToMirror(mirror, id, bytes);
    await rm(path, { force: true });
    sent += bytes.length;
  }
  return sent;
}
