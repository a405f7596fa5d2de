import type { BigIntStats } from "node:fs";
import { stat } from "node:fs/promises";
import { counted } from "../../counted.ts";
import { Failure } from "../../failure.ts";
import type { FileEvent } from "../../journal/journal-event.ts";
import { hasFile } from "../../objects/has-file.ts";
import { cachedHash, rememberHash } from "../../objects/hash-cache.ts";
import { hashFile } from "../../objects/hash-file.ts";
import { putFile } from "../../objects/put-file.ts";
import { describeReplaced } from "../../secrets/redact/describe-replaced.ts";
import { secretsInFile } from "../../secrets/secrets-in-file.ts";
import type { DatasetUse, Note } from "../format/run.ts";
import { nameOf, type Store } from "../store/store.ts";
import { type DataPlace, placeOfData } from "./place-of-data.ts";

/**
 * The datasets that some events name: hashed as they are now, stored, and marked where they changed since the cell used them. Of a text
 * that shows a secret, or one of those `known`, the hash alone is kept, and a note says so.
 */
export async function recordData(
  store: Store,
  events: readonly FileEvent[],
  known: Iterable<string> = [],
): Promise<{ readonly datasets: DatasetUse[]; readonly notes: Note[] }> {
  const used = await recordUses({ store, known }, groupUses(events));
  // A file that was both read and written says the same of both.
  const said = new Map(
    used.flatMap((use) => use.notes.map((note) => [`${note.code} ${note.message}`, note])),
  );
  const notes = [...said.values()];
  const unrecorded = used.filter(({ dataset }) => dataset === null).length;
  if (unrecorded > 0) {
    notes.push({
      code: "data/private",
      message: `${counted(unrecorded, "file was", "files were")} used and not recorded: what holds credentials, and what lies in hidden or temporary folders outside the workspace, never is.`,
    });
  }
  return { datasets: used.flatMap(({ dataset }) => dataset ?? []), notes };
}

interface Keeping {
  readonly store: Store;
  /** Values that the run's notebook or the environment shows to be secrets. */
  readonly known: Iterable<string>;
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
async function recordUses(
  keeping: Keeping,
  groups: readonly (readonly FileEvent[])[],
): Promise<RecordedUse[]> {
  const recorded = new Map<number, RecordedUse>();
  const sizes = await Promise.all(
    groups.map(async ([first]) => (await stat(first?.path ?? "").catch(() => null))?.size ?? 0),
  );
  const small = [...groups.keys()].filter((at) => (sizes[at] ?? 0) < smallFile).reverse();
  const work = async () => {
    for (let at = small.pop(); at !== undefined; at = small.pop())
      recorded.set(at, await recordUse(keeping, groups[at] ?? []));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const [at, uses] of groups.entries())
    if (!recorded.has(at)) recorded.set(at, await recordUse(keeping, uses));
  return groups.flatMap((_, at) => recorded.get(at) ?? []);
}

const smallFile = 1 << 20;
const atOnce = 16;

/** What some events say of one file that was read, or written. */
async function recordUse(keeping: Keeping, uses: readonly FileEvent[]): Promise<RecordedUse> {
  const { store } = keeping;
  const [first] = uses;
  if (first === undefined) return { dataset: null, notes: [] };
  const place = first.path.includes("://") ? "outside" : await placeOfData(store, first.path);
  if (place === "private") return { dataset: null, notes: [] };
  const notes: Note[] = [];
  const path = nameOf(store, first.path);
  const kept = await keep(keeping, first.path, place, notes);
  const changed =
    kept.mtimeNs !== null && uses.some((use) => use.mtimeNs !== null && use.mtimeNs !== kept.mtimeNs);
  if (changed) {
    notes.push({
      code: "data/unstable",
      message: `${path} changed after it was read: its hash is of what it is now.`,
    });
  }
  const { t, at, cell, mtimeNs, columns, ...facts } = uses.find((use) => use.columns !== null) ?? first;
  const dataset = {
    ...facts,
    path,
    access: first.t,
    columns: columns?.map(([name, type]) => ({ name, type })) ?? null,
    cellId: first.cell,
    sha256: kept.sha256,
    size: kept.size,
    stored: kept.stored,
    unstable: changed || kept.unstable,
  };
  return { dataset, notes };
}

/** Reads and writes of one file are two uses; the same file read in several cells is one. */
function groupUses(events: readonly FileEvent[]): FileEvent[][] {
  const groups = new Map<string, FileEvent[]>();
  for (const event of events) {
    const key = `${event.t} ${event.path}`;
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups.values()];
}

interface Kept {
  readonly sha256: string | null;
  readonly size: number | null;
  readonly stored: boolean;
  readonly unstable: boolean;
  readonly mtimeNs: string | null;
}

const nothing: Kept = { sha256: null, size: null, stored: false, unstable: false, mtimeNs: null };

async function keep(keeping: Keeping, path: string, place: DataPlace, notes: Note[]): Promise<Kept> {
  const { store } = keeping;
  if (path.includes("://")) return nothing;
  try {
    const before = await stat(path, { bigint: true });
    if (before.isDirectory()) return nothing;
    // A pipe would be waited for, and a device has no end.
    if (!before.isFile()) {
      notes.push({
        code: "data/unread",
        message: `${nameOf(store, path)} is a pipe, a socket or a device: what came through it is not recorded.`,
      });
      return nothing;
    }
    const { sha256, size, stored } =
      place === "inside"
        ? await putOrHash(keeping, path, before, notes)
        : await onlyHash(store, path, before);
    const after = await stat(path, { bigint: true });
    return {
      sha256,
      size,
      stored,
      unstable: before.mtimeNs !== after.mtimeNs,
      mtimeNs: String(after.mtimeNs),
    };
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const reason = missing
      ? "it was gone when the run ended"
      : cause instanceof Error
        ? cause.message
        : String(cause);
    notes.push({ code: "data/unread", message: `${nameOf(store, path)} could not be hashed: ${reason}.` });
    return nothing;
  }
}

/** Outside the workspace nobody asked for the bytes to be kept. */
async function onlyHash(store: Store, path: string, before: BigIntStats) {
  const known = await cachedHash(store.objects, path, before);
  if (known !== null)
    return { sha256: known, size: Number(before.size), stored: await hasFile(store.objects, known) };
  const began = Date.now();
  const hashed = await hashFile(path);
  await rememberHash(store.objects, path, before, hashed.sha256, began);
  return { ...hashed, stored: await hasFile(store.objects, hashed.sha256) };
}

/** What looks as it did when it was last hashed, and is stored, is not read again. */
async function putOrHash(
  { store, known: secretsOfRun }: Keeping,
  path: string,
  before: BigIntStats,
  notes: Note[],
) {
  const known = await cachedHash(store.objects, path, before);
  if (known !== null && (await hasFile(store.objects, known))) {
    return { sha256: known, size: Number(before.size), stored: true };
  }
  const secrets = await secretsInFile(path, secretsOfRun);
  if (secrets.length > 0) {
    notes.push({
      code: "data/holds-secrets",
      message: `${nameOf(store, path)} shows what must not be kept (${describeReplaced(secrets)}): only its hash was recorded, not its bytes.`,
    });
    return { ...(await onlyHash(store, path, before)), stored: false };
  }
  const began = Date.now();
  try {
    const put = await putFile(store.objects, path);
    await rememberHash(store.objects, path, before, put.sha256, began);
    return { ...put, stored: true };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    notes.push({ code: cause.code, message: cause.message });
    if (known !== null && cause.code !== "objects/changed")
      return { sha256: known, size: Number(before.size), stored: false };
    const hashed = await hashFile(path);
    await rememberHash(store.objects, path, before, hashed.sha256, began);
    return { ...hashed, stored: false };
  }
}
