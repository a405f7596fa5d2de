import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { counted } from "../../counted.ts";
import { Failure } from "../../failure.ts";
import { type FolderListing, listFiles, namesOf, sumOf } from "../../objects/folders/list-folder.ts";
import { putFolder } from "../../objects/folders/put-folder.ts";
import { overLimit } from "../../objects/put-file.ts";
import type { Note } from "../format/run.ts";
import { fileLimitOf } from "../store/file-limit.ts";
import { nameOf } from "../store/store.ts";
import { type FileUse, looksAlike, type Stamp } from "./file-uses.ts";
import { type Keeping, type KeptBytes, onlyHash, withoutSecrets } from "./keep-bytes.ts";
import { keptPath } from "./kept-files.ts";
import type { DataPlace } from "./place-of-data.ts";
import { putManifest } from "./put-manifest.ts";

/** Many files of one folder, as one dataset: each is kept, and a manifest of their hashes stands for them. */
export async function recordFolder(keeping: Keeping, use: FileUse, place: DataPlace, notes: Note[]) {
  const { store } = keeping;
  const list = keptPath(store, use.list);
  const text = list === null ? null : await readFile(list, "utf8").catch(() => null);
  if (text === null) {
    notes.push({
      code: "data/unread",
      message: `${nameOf(store, use.path)} could not be hashed: the list of its files is gone.`,
    });
    return { sha256: null, size: use.size, stored: false, unstable: true };
  }
  const files = text.split("\n").flatMap((line) => (line === "" ? [] : [listed(line)]));
  const kept =
    place === "inside"
      ? await putListed(keeping, use.path, files, notes)
      : await hashListed(keeping, use.path, files);
  const changed = kept.changed ?? 0;
  if (changed > 0)
    notes.push({
      code: "data/unstable",
      message: `${counted(changed, "file", "files")} of ${counted(files.length, "file", "files")} in ${nameOf(store, use.path)} changed or went after the cell used them: what it held is not known as a whole.`,
    });
  const { sha256, size, stored } = kept;
  return { sha256, size, stored: stored && sha256 !== null, unstable: changed > 0 };
}

interface KeptFolder {
  /** Null where it is not known what the folder held. */
  readonly sha256: string | null;
  readonly size: number;
  readonly stored: boolean;
  /** Files that are not as the cell used them. */
  readonly changed?: number;
}

/** Stores the files that are listed, all in one pass. */
async function putListed(
  { store, known }: Keeping,
  folder: string,
  files: readonly ListedFile[],
  notes: Note[],
): Promise<KeptFolder> {
  const { listing, changed } = await lookAt(folder, files);
  const { size } = sumOf(listing);
  if (changed > 0) return { sha256: null, size, stored: false, changed };
  const most = await fileLimitOf(store);
  try {
    const put = await putFolder(store.objects, folder, {
      listing,
      inspect(path, bytes) {
        const name = nameOf(store, join(folder, path));
        return bytes > most
          ? () => overLimit(name, bytes, most)
          : withoutSecrets(join(folder, path), bytes, known, name);
      },
    });
    // One note a kind: a folder of thousands must not fill the run with the same sentence.
    const said = new Map(put.withheld.map(({ failure }) => [failure.code, failure]));
    notes.push(...[...said.values()].map(({ code, message }) => ({ code, message })));
    return { sha256: put.sha256, size, stored: put.withheld.length === 0, changed: put.unread.length };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    notes.push({ code: cause.code, message: cause.message });
    const { sha256 } = cause.data;
    return { sha256: typeof sha256 === "string" ? sha256 : null, size, stored: false };
  }
}

/** Hashes the files that are listed, whose bytes nobody asked to be kept: they lie outside the workspace. */
async function hashListed(
  { store }: Keeping,
  folder: string,
  files: readonly ListedFile[],
): Promise<KeptFolder> {
  const kept = new Map<string, KeptBytes>();
  const waiting = [...files].reverse();
  const work = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      const path = join(folder, file.name);
      const before = await stat(path, { bigint: true }).catch(() => null);
      if (before === null || !before.isFile() || !looksAlike(file, stampOf(before))) continue;
      const bytes = await onlyHash(store, path, before).catch(() => null);
      const after = await stat(path, { bigint: true }).catch(() => null);
      if (bytes !== null && after !== null && looksAlike(stampOf(before), stampOf(after)))
        kept.set(file.name, bytes);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const size = [...kept.values()].reduce((sum, each) => sum + each.size, 0);
  const changed = files.length - kept.size;
  if (changed > 0) return { sha256: null, size, stored: false, changed };
  const { sha256 } = await putManifest(store, kept);
  return { sha256, size, stored: [...kept.values()].every(({ stored }) => stored) };
}

const atOnce = 16;

/** How the files that are listed look now, and how many are not as they were. */
async function lookAt(
  folder: string,
  files: readonly ListedFile[],
): Promise<{ readonly listing: FolderListing; readonly changed: number }> {
  const listing = await listFiles(
    folder,
    files.map(({ name }) => name),
  );
  const listed = new Map(files.map((file) => [file.name, file]));
  let same = 0;
  for (const run of listing.runs)
    for (const [at, name] of namesOf(run).entries())
      if (looksListed(listed.get(run.below + name)!, run.looks.subarray(at * 4, at * 4 + 4))) same++;
  return { listing, changed: files.length - same };
}

/** Whether a file looks as it did, as exactly as Node says a time as a number: to a quarter of a microsecond. */
function looksListed(file: ListedFile, [size, mtimeMs, ctimeMs, ino]: Iterable<number>): boolean {
  return (
    (file.size === null || file.size === size) &&
    (file.mtimeNs === null || milliseconds(file.mtimeNs) === mtimeMs) &&
    (file.ctimeNs === null || milliseconds(file.ctimeNs) === ctimeMs) &&
    (file.inode === null || Number(file.inode) === ino)
  );
}

/** As Node says a time where it says it as a number. */
function milliseconds(nanoseconds: string): number {
  const digits = nanoseconds.length - 9;
  // A moment before 1970 has a sign, and its parts another meaning.
  if (digits < 1 || nanoseconds.startsWith("-")) return Number(nanoseconds) / 1e6;
  return Number(nanoseconds.slice(0, digits)) * 1e3 + Number(nanoseconds.slice(digits)) / 1e6;
}

/** A file's look in the words of the journal. */
export function stampOf(stats: { size: bigint; mtimeNs: bigint; ctimeNs: bigint; ino: bigint }): Stamp {
  return {
    size: Number(stats.size),
    mtimeNs: String(stats.mtimeNs),
    ctimeNs: String(stats.ctimeNs),
    inode: String(stats.ino),
  };
}

/** A file as it was when its cell used it. */
type ListedFile = Stamp & { readonly name: string };

function listed(line: string): ListedFile {
  const [name, size, mtimeNs, ctimeNs, inode] = JSON.parse(line);
  return { name, size, mtimeNs, ctimeNs, inode };
}
