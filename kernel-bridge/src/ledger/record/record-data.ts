import { stat } from "node:fs/promises";
import { counted } from "../../counted.ts";
import type { EventOf } from "../../journal/journal-event.ts";
import { hasFile } from "../../objects/has-file.ts";
import type { DatasetUse, Note } from "../format/run.ts";
import { nameOf } from "../store/store.ts";
import { type FileUse, looksAlike, versionKey } from "./file-uses.ts";
import { type Keeping, onlyHash, putOrHash } from "./keep-bytes.ts";
import { keptPath } from "./kept-files.ts";
import { type DataPlace, placeOfData } from "./place-of-data.ts";
import { recordFolder, stampOf } from "./record-folder.ts";

type Versions = ReadonlyMap<string, EventOf<"bytes">>;

export interface RecordingData extends Keeping {
  /** What the kernel hashed before it changed, as far as its journal says by now: it may be writing on. */
  readonly versions: () => Promise<Versions>;
}

/**
 * The datasets that some uses name, hashed and stored. A file that still looks as it did when the cell used it holds the same bytes; one
 * that does not is known only where the kernel hashed it in time, else it is unstable and has no hash. Of a text that shows a secret, or
 * one of those `known`, the hash alone is kept, and a note says so.
 */
export async function recordData(
  recording: RecordingData,
  uses: readonly FileUse[],
): Promise<{ readonly datasets: DatasetUse[]; readonly notes: Note[] }> {
  const recorded = await recordUses(recording, uses);
  // A file that was both read and written says the same of both.
  const said = new Map(
    recorded.flatMap((use) => use.notes.map((note) => [`${note.code} ${note.message}`, note])),
  );
  const notes = [...said.values()];
  const unrecorded = new Set(
    recorded.flatMap(({ dataset }, at) => (dataset === null ? [`${uses[at]?.t} ${uses[at]?.path}`] : [])),
  ).size;
  if (unrecorded > 0) {
    notes.push({
      code: "data/private",
      message: `${counted(unrecorded, "file was", "files were")} used and not recorded: what holds credentials, and what lies in hidden or temporary folders outside the workspace, never is.`,
    });
  }
  return { datasets: oncePerVersion(recorded.flatMap(({ dataset }) => dataset ?? [])), notes };
}

/** What looked different and was the same is one version. */
function oncePerVersion(datasets: readonly DatasetUse[]): DatasetUse[] {
  const once = new Map<string, DatasetUse>();
  for (const [at, use] of datasets.entries()) {
    const key = JSON.stringify([use.cellId, use.access, use.path, use.query, use.sha256 ?? at]);
    const known = once.get(key);
    once.set(key, known === undefined || known.columns === null ? { ...known, ...use } : known);
  }
  return [...once.values()];
}

interface RecordedUse {
  /** Null where nothing may be recorded of it. */
  readonly dataset: DatasetUse | null;
  readonly notes: readonly Note[];
}

/**
 * Small files wait for the disk together; large ones are read one after the other, so that what they share is stored once and no more
 * than one of them is held.
 */
async function recordUses(recording: RecordingData, uses: readonly FileUse[]): Promise<RecordedUse[]> {
  const recorded = new Map<number, RecordedUse>();
  const sizes = await Promise.all(
    uses.map(async ({ path }) => (await stat(path).catch(() => null))?.size ?? 0),
  );
  const small = [...uses.keys()].filter((at) => (sizes[at] ?? 0) < smallFile).reverse();
  const record = async (at: number) => {
    const use = uses[at];
    if (use !== undefined) recorded.set(at, await recordUse(recording, use));
  };
  const work = async () => {
    for (let at = small.pop(); at !== undefined; at = small.pop()) await record(at);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const at of uses.keys()) if (!recorded.has(at)) await record(at);
  return uses.flatMap((_, at) => recorded.get(at) ?? []);
}

const smallFile = 1 << 20;
const atOnce = 16;

async function recordUse(recording: RecordingData, use: FileUse): Promise<RecordedUse> {
  const { store } = recording;
  const notes: Note[] = [];
  const isFile = use.kind === null && !use.path.includes("://");
  const place = isFile || use.kind === "folder" ? await placeOfData(store, use.path) : "outside";
  if (place === "private") return { dataset: null, notes: [] };
  const { t: access, cell: cellId, columns, mtimeNs, ctimeNs, inode, list, ...facts } = use;
  const found = isFile
    ? await keep(recording, use, place, notes)
    : use.kind === "folder"
      ? await recordFolder(recording, use, place, notes)
      : { ...nothing, sha256: use.sha256, size: use.size };
  const dataset: DatasetUse = {
    ...facts,
    path: isFile || use.kind === "folder" ? nameOf(store, use.path) : use.path,
    access,
    columns: columns?.map(([name, type]) => ({ name, type })) ?? null,
    cellId,
    ...found,
  };
  return { dataset, notes };
}

type Kept = Pick<DatasetUse, "sha256" | "size" | "stored" | "unstable">;

const nothing: Kept = { sha256: null, size: null, stored: false, unstable: false };

async function keep(recording: RecordingData, use: FileUse, place: DataPlace, notes: Note[]): Promise<Kept> {
  const { store, versions } = recording;
  const { path } = use;
  const name = nameOf(store, path);
  try {
    const before = await stat(path, { bigint: true }).catch(absent);
    if (before?.isDirectory()) return nothing;
    // A pipe would be waited for, and a device has no end.
    if (before !== null && !before.isFile()) {
      notes.push({
        code: "data/unread",
        message: `${name} is a pipe, a socket or a device: what came through it is not recorded.`,
      });
      return nothing;
    }
    if (before !== null && looksAlike(use, stampOf(before))) {
      const bytes =
        place === "inside"
          ? await putOrHash(recording, path, before, name, notes)
          : await onlyHash(store, path, before);
      const after = await stat(path, { bigint: true }).catch(absent);
      if (after !== null && looksAlike(stampOf(before), stampOf(after))) return { ...bytes, unstable: false };
    }
    const version = (await versions()).get(versionKey(path, use));
    if (version !== undefined) return await keepVersion(recording, version, place, notes);
    if (before === null) {
      notes.push({
        code: "data/unread",
        message: `${name} could not be hashed: it was gone when the run ended.`,
      });
      return { ...nothing, size: use.size };
    }
    notes.push({
      code: "data/unstable",
      message: `${name} changed after the cell ${use.t === "read" ? "read" : "wrote"} it: what it held then is not known.`,
    });
    return { ...nothing, size: use.size, unstable: true };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    notes.push({ code: "data/unread", message: `${name} could not be hashed: ${reason}.` });
    return nothing;
  }
}

/** A version that is not there any more, by what the kernel took of it in time. */
async function keepVersion(
  recording: RecordingData,
  version: EventOf<"bytes">,
  place: DataPlace,
  notes: Note[],
): Promise<Kept> {
  const { store } = recording;
  const { sha256, size } = version;
  const name = nameOf(store, version.path);
  const path = keptPath(store, version.kept);
  const there = path === null ? null : await stat(path, { bigint: true }).catch(absent);
  if (place === "inside" && path !== null && there !== null) {
    const bytes = await putOrHash(recording, path, there, name, notes);
    if (bytes.sha256 === sha256) return { ...bytes, unstable: false };
  }
  const stored = await hasFile(store.objects, sha256);
  if (!stored && place === "inside")
    notes.push({
      code: "data/not-stored",
      message: `${name} changed after the cell used it: the hash of what it held was taken in time, its bytes were not kept.`,
    });
  return { sha256, size, stored, unstable: false };
}

function absent(cause: NodeJS.ErrnoException): null {
  if (cause.code !== "ENOENT" && cause.code !== "ENOTDIR") throw cause;
  return null;
}
