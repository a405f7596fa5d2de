import { createHash } from "node:crypto";
import { copyFile, link } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ChunkId } from "../../objects/chunks/chunk-id.ts";
import type { ObjectStore } from "../../objects/object-store.ts";
import { type Catalog, catalogOf, segmentFolder, wholeCheck } from "../../objects/segments/catalog.ts";
import { type ChunkReader, chunkReader } from "../../objects/segments/chunk-reader.ts";
import { filesOf, loadDeltas, type Segment } from "../../objects/segments/segment.ts";
import { segmentWriter } from "../../objects/segments/segment-writer.ts";

/** A file, and the chunks that a remote says it is made of. */
export type Recipes = ReadonlyMap<string, readonly ChunkId[]>;

/**
 * Takes chunks of segments that arrived in an inbox, and files of a remote: none before its bytes were read and hash to its name. Nothing
 * else of what was sent comes among what is stored, neither its names nor its lists: whoever records would take them for stored. Answers
 * the files that are not what they should be.
 */
export async function takeArrived(
  objects: ObjectStore,
  inbox: ObjectStore,
  recipes: Recipes,
): Promise<ReadonlySet<string>> {
  await takeChunks(objects, inbox);
  const wrong = new Set<string>();
  const writer = segmentWriter(objects);
  const reader = await chunkReader(objects);
  try {
    for (const [sha256, chunks] of recipes) {
      const size = await sizeOf(reader, sha256, chunks);
      if (size === null) wrong.add(sha256);
      else if (!(await isListed(reader.catalog, sha256, chunks))) writer.addFile({ sha256, size, chunks });
    }
    await writer.finish();
  } catch (cause) {
    await writer.discard();
    throw cause;
  } finally {
    await reader.close();
  }
  return wrong;
}

/** What changes in the inbox rest on and lies here is linked beside them, so that they can be read. */
export async function linkBases(inbox: ObjectStore, segments: Iterable<Segment>): Promise<void> {
  for (const segment of segments)
    for (const path of filesOf(segment).toReversed()) {
      const beside = join(segmentFolder(inbox), basename(path));
      await link(path, beside).catch((cause: NodeJS.ErrnoException) => {
        // A disk without hard links.
        if (cause.code !== "EEXIST") return copyFile(path, beside);
      });
    }
}

/** How the name of a segment begins that arrived: none that lies here is called so. */
export const arrived = "arrived-";

async function takeChunks(objects: ObjectStore, inbox: ObjectStore): Promise<void> {
  const here = await catalogOf(objects);
  const isWhole = wholeCheck(here);
  const writer = segmentWriter(objects);
  const reader = await chunkReader(inbox);
  try {
    for (const segment of reader.catalog.segments.values()) {
      if (!segment.id.startsWith(arrived)) continue;
      const { directory } = segment;
      const deltas = await loadDeltas(segment);
      const ats = Array.from({ length: directory.count }, (_, at) => at);
      for (const at of ats.sort((a, b) => directory.depthAt(a) - directory.depthAt(b))) {
        const id = directory.idAt(at);
        const depth = directory.depthAt(at);
        const known = here.find(id);
        if (writer.has(id)) continue;
        const isHere = known !== undefined && known.segment.directory.depthAt(known.at) <= depth;
        if (isHere && (await isWhole(known))) continue;
        const bytes = await reader.read(id);
        // Damaged, or a change of what nobody asked for.
        if (typeof bytes === "string") continue;
        const delta = depth === 0 ? undefined : deltas?.[directory.placeAt(at)];
        if (delta === undefined) await writer.add(id, bytes);
        else await writer.addDelta(id, bytes.length, depth, delta);
      }
    }
    await writer.finish();
  } catch (cause) {
    await writer.discard();
    throw cause;
  } finally {
    await reader.close();
  }
}

/** How many bytes the chunks of a file make up; null where they cannot be read, or do not hash to its name. */
async function sizeOf(
  reader: ChunkReader,
  sha256: string,
  chunks: readonly ChunkId[],
): Promise<number | null> {
  const hash = createHash("sha256");
  let size = 0;
  for (const chunk of chunks) {
    const bytes = await reader.read(chunk);
    if (typeof bytes === "string") return null;
    hash.update(bytes);
    size += bytes.length;
  }
  return hash.digest("hex") === sha256 ? size : null;
}

async function isListed(catalog: Catalog, sha256: string, chunks: readonly ChunkId[]): Promise<boolean> {
  const known = await catalog.recipe(sha256).catch(() => null);
  return known !== null && known.join() === chunks.join();
}
