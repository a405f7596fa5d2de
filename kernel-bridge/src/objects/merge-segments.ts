import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { hexOf } from "./chunks/chunk-id.ts";
import type { ObjectStore } from "./object-store.ts";
import { catalogOf, marksOf, oldFile, oldFiles, oldRecipePath, segmentFolder } from "./segments/catalog.ts";
import { chunkReader } from "./segments/chunk-reader.ts";
import { filesOf, loadDeltas, loadRecipes, type Segment } from "./segments/segment.ts";
import { type SegmentWriter, segmentWriter } from "./segments/segment-writer.ts";

/**
 * Merges small segments, once there are many: every run that brings data adds one. The smallest are merged while the next is not larger
 * than they together, so that each byte is written anew but a few times; what a store of version 1 has becomes version 2 by it. What
 * is merged is in both places until the new segment is durable; what is found damaged is left out.
 *
 * `exclusively` does something unless another process does it.
 */
export async function mergeSegments(
  store: ObjectStore,
  exclusively: (run: () => Promise<void>) => Promise<void>,
): Promise<void> {
  if (smallOf([...(await catalogOf(store)).segments.values()]).length < many) return;
  await exclusively(async () => {
    const chosen = chosenOf(smallOf([...(await catalogOf(store)).segments.values()]));
    if (chosen.length < many / 2) return;
    const writer = segmentWriter(store);
    const old = (await oldFiles(store)).slice(0, mostFiles);
    try {
      await copyChunks(store, chosen, writer);
      const files: string[] = [];
      for (const sha256 of old) {
        const file = await oldFile(store, sha256);
        if (file === null) continue;
        writer.addFile(file);
        files.push(sha256);
      }
      await writer.finish();
      const names = await readdir(segmentFolder(store));
      for (const segment of chosen) {
        const marks = marksOf(segment, names).map((name) => join(segmentFolder(store), name));
        for (const path of [...filesOf(segment), ...marks]) await rm(path, { force: true });
      }
      for (const sha256 of files) await rm(oldRecipePath(store, sha256), { force: true });
    } catch (cause) {
      await writer.discard();
      throw cause;
    }
  });
}

const many = 32;
const largeBytes = 32 << 20;
const mostFiles = 10_000;

function smallOf(segments: readonly Segment[]): Segment[] {
  return segments.filter(({ size }) => size < largeBytes).sort((a, b) => a.size - b.size);
}

/** `segments` by size. */
function chosenOf(segments: readonly Segment[]): Segment[] {
  let sum = 0;
  const end = segments.findIndex(({ size }, at) => {
    if (at >= many / 2 && size > sum) return true;
    sum += size;
    return false;
  });
  return end < 0 ? [...segments] : segments.slice(0, end);
}

/** Every chunk that is sound, and the files made of them. */
async function copyChunks(store: ObjectStore, segments: readonly Segment[], writer: SegmentWriter) {
  const all = segments.flatMap(({ directory }, which) =>
    Array.from({ length: directory.count }, (_, at) => ({ which, at, depth: directory.depthAt(at) })),
  );
  // Of two copies the one that rests on less is kept.
  all.sort((a, b) => a.depth - b.depth);
  const reader = await chunkReader(store);
  try {
    for (const { which, at, depth } of all) {
      const segment = segments[which]!;
      const { directory } = segment;
      const id = directory.idAt(at);
      if (writer.has(id)) continue;
      const bytes = await reader.read(id);
      if (typeof bytes === "string") continue;
      const delta = depth === 0 ? undefined : (await loadDeltas(segment))?.[directory.placeAt(at)];
      if (delta === undefined) await writer.add(id, bytes);
      else await writer.addDelta(id, bytes.length, depth, delta);
      if (directory.isFileAt(at)) writer.addFile({ sha256: hexOf(id), size: bytes.length, chunks: [id] });
    }
  } finally {
    await reader.close();
  }
  const listed = new Set<string>();
  for (const segment of segments) {
    const recipes = await loadRecipes(segment);
    for (const [at, { sha256, size }] of segment.directory.files.entries()) {
      const chunks = recipes?.[at];
      if (chunks === undefined || listed.has(sha256)) continue;
      listed.add(sha256);
      writer.addFile({ sha256, size, chunks });
    }
  }
}
