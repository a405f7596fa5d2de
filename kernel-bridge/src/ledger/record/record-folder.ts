import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { counted } from "../../counted.ts";
import type { Note } from "../format/run.ts";
import { nameOf } from "../store/store.ts";
import { type FileUse, looksAlike, type Stamp } from "./file-uses.ts";
import { type Keeping, type KeptBytes, onlyHash, putOrHash } from "./keep-bytes.ts";
import { keptPath } from "./kept-files.ts";
import type { DataPlace } from "./place-of-data.ts";
import { putManifest } from "./put-manifest.ts";

/** Many files of one folder, as one dataset: every file is kept as any other, and a manifest of their hashes stands for them. */
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
  const kept = new Map<string, KeptBytes>();
  const said: Note[] = [];
  const waiting = [...files].reverse();
  const work = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      const bytes = await keepOne(keeping, join(use.path, file.name), file, place, said);
      if (bytes !== null) kept.set(file.name, bytes);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  // One note a kind: a folder of thousands must not fill the run with the same sentence.
  notes.push(...new Map(said.map((note) => [note.code, note])).values());
  const changed = files.length - kept.size;
  if (changed > 0)
    notes.push({
      code: "data/unstable",
      message: `${counted(changed, "file", "files")} of ${counted(files.length, "file", "files")} in ${nameOf(store, use.path)} changed or went after the cell used them: what it held is not known as a whole.`,
    });
  const { sha256 } = await putManifest(store, kept);
  return {
    sha256: changed > 0 ? null : sha256,
    size: [...kept.values()].reduce((sum, { size }) => sum + size, 0),
    stored: changed === 0 && [...kept.values()].every(({ stored }) => stored),
    unstable: changed > 0,
  };
}

const atOnce = 16;

async function keepOne(keeping: Keeping, path: string, as: Stamp, place: DataPlace, notes: Note[]) {
  const before = await stat(path, { bigint: true }).catch(() => null);
  if (before === null || !before.isFile() || !looksAlike(as, stampOf(before))) return null;
  const bytes =
    place === "inside"
      ? await putOrHash(keeping, path, before, nameOf(keeping.store, path), notes).catch(() => null)
      : await onlyHash(keeping.store, path, before).catch(() => null);
  const after = await stat(path, { bigint: true }).catch(() => null);
  return after !== null && looksAlike(stampOf(before), stampOf(after)) ? bytes : null;
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

function listed(line: string): Stamp & { readonly name: string } {
  const [name, size, mtimeNs, ctimeNs, inode] = JSON.parse(line);
  return { name, size, mtimeNs, ctimeNs, inode };
}
