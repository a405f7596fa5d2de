import type { Looked } from "./look-below.ts";
import { lookAtAll } from "./look-in-threads.ts";

/** The files of a folder and how each looks, in runs: there may be a million, and an object a file would be most of the time and the memory. */
export interface FolderListing {
  /** In the order of the files' whole paths. */
  readonly runs: readonly FileRun[];
  /** What is in the folder and no file of it, with why. */
  readonly skipped: readonly SkippedFile[];
}

/** Files of one folder that follow each other. */
export interface FileRun {
  /** The folder they are in, from the one that is listed: with forward slashes and one behind it, or "". */
  readonly below: string;
  /** In order, with zeros between. */
  readonly names: string;
  /** Four numbers a file: its size, when it changed and when its status did, in milliseconds, and its inode. */
  readonly looks: Float64Array;
}

export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** Lists a folder and all below it. Links to files are followed, links to folders are not: they may lead anywhere. */
export async function listFolder(folder: string): Promise<FolderListing> {
  return listingOf(await lookAtAll(folder, [{ below: "", names: null }]));
}

/** Lists these files of a folder, each once; what of them is none, or is gone, is skipped. */
export async function listFiles(folder: string, paths: readonly string[]): Promise<FolderListing> {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const end = path.lastIndexOf("/") + 1;
    const below = path.slice(0, end);
    const names = folders.get(below) ?? [];
    names.push(path.slice(end));
    folders.set(below, names);
  }
  const visits = [...folders].map(([below, names]) => ({ below, names: names.sort().join("\0") }));
  return listingOf(await lookAtAll(folder, visits));
}

/** How many files a run has. */
export const countOf = ({ looks }: FileRun) => looks.length / 4;

/** Their names. */
export const namesOf = ({ names }: { readonly names: string }) => (names === "" ? [] : names.split("\0"));

/** The files of a listing, and how many bytes they have together. */
export function sumOf({ runs }: FolderListing): { readonly files: number; readonly size: number } {
  let [files, size] = [0, 0];
  for (const { looks } of runs) {
    files += looks.length / 4;
    for (let at = 0; at < looks.length; at += 4) size += looks[at]!;
  }
  return { files, size };
}

function listingOf(looked: readonly Looked[]): FolderListing {
  const folders = new Map<string, Folder>();
  const folderAt = (below: string): Folder => {
    const known = folders.get(below);
    if (known !== undefined) return known;
    const folder: Folder = { below, parts: [], inner: [] };
    folders.set(below, folder);
    if (below !== "")
      folderAt(below.slice(0, below.lastIndexOf("/", below.length - 2) + 1)).inner.push(folder);
    return folder;
  };
  for (const each of looked) folderAt(each.below).parts.push(each);
  const runs: FileRun[] = [];
  addFolder(folderAt(""), runs);
  const skipped = looked.flatMap((each) => each.skipped);
  return { runs, skipped: skipped.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

interface Folder {
  readonly below: string;
  readonly parts: FileRun[];
  readonly inner: Folder[];
}

/** The files of a folder, those of the folders in it between them, by path. */
function addFolder({ below, parts, inner }: Folder, runs: FileRun[]): void {
  parts.sort((a, b) => (a.names < b.names ? -1 : 1));
  inner.sort((a, b) => (a.below < b.below ? -1 : 1));
  let waiting = parts
    .filter(({ names }) => names !== "")
    .map(({ names, looks }) => ({ below, names, looks }));
  for (const folder of inner) {
    const name = folder.below.slice(below.length);
    const halves = waiting.map((run) => cut(run, name));
    runs.push(...halves.flatMap(([before]) => before ?? []));
    waiting = halves.flatMap(([, behind]) => behind ?? []);
    addFolder(folder, runs);
  }
  runs.push(...waiting);
}

/** What of a run comes before a name, and what behind it. */
function cut(run: FileRun, name: string): [FileRun | null, FileRun | null] {
  const last = run.names.slice(run.names.lastIndexOf("\0") + 1);
  if (last < name) return [run, null];
  // What comes before a zero is the first name, and no name is less than that.
  if (run.names > name) return [null, run];
  const names = namesOf(run);
  const at = names.findIndex((each) => each > name);
  const part = (from: number, to: number) => ({
    below: run.below,
    names: names.slice(from, to).join("\0"),
    looks: run.looks.slice(from * 4, to * 4),
  });
  return [part(0, at), part(at, names.length)];
}
