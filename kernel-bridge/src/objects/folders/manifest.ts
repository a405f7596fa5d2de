import { Failure } from "../../failure.ts";
import { countOf, type FileRun, namesOf } from "./list-folder.ts";

/** A file of a folder: its path from there, with forward slashes. */
export interface FolderFile {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

/**
 * What a folder holds, as a text: the same for the same files, whoever wrote it, so that its SHA-256 names what the folder held. Version 1:
 * one line of JSON, `{"v":1,"files":[[path, sha256, size], …]}`, by path in the order of UTF-16 code units, without space.
 */
export function* manifestText(files: Iterable<FolderFile>): Generator<string> {
  let text = head;
  let separator = "";
  for (const { path, sha256, size } of files) {
    text += `${separator}[${JSON.stringify(path)},"${sha256}",${size}]`;
    separator = ",";
    if (text.length < pieceLength) continue;
    yield text;
    text = "";
  }
  yield text + foot;
}

const [head, foot] = ['{"v":1,"files":[', "]}\n"];
const pieceLength = 1 << 18;

/** As `manifestText`, of files that were listed, with their hashes, 32 bytes each. */
export function* manifestOf(runs: readonly FileRun[], hashes: Buffer): Generator<string> {
  let file = 0;
  let text = head;
  for (const run of runs) {
    const { below, looks } = run;
    const count = countOf(run);
    const hex = hashes.toString("hex", file * 32, (file + count) * 32);
    const folder = JSON.stringify(below).slice(0, -1);
    for (const [at, name] of namesOf(run).entries()) {
      const path = folder + JSON.stringify(name).slice(1);
      text += `${file + at === 0 ? "" : ","}[${path},"${hex.slice(at * 64, at * 64 + 64)}",${looks[at * 4]}]`;
    }
    file += count;
    if (text.length < pieceLength) continue;
    yield text;
    text = "";
  }
  yield text + foot;
}

/** The files that a manifest lists. Fails with `objects/no-folder` for a text that is none, or names a file outside of the folder. */
export function readManifest(text: string, sha256: string): FolderFile[] {
  const listed = parse(text);
  const files = listed?.map(([path, hash, size]) => ({ path, sha256: hash, size }));
  if (files?.every(isInside)) return files;
  throw new Failure(
    "objects/no-folder",
    `${sha256.slice(0, 12)} is not the list of a folder's files. Nothing was read.`,
    {
      data: { sha256 },
    },
  );
}

function parse(text: string): [string, string, number][] | null {
  try {
    const { v, files } = JSON.parse(text);
    return v === 1 && Array.isArray(files) ? files : null;
  } catch {
    return null;
  }
}

function isInside({ path, sha256, size }: FolderFile): boolean {
  const parts = typeof path === "string" ? path.split(/[\\/]/) : [""];
  return (
    !parts.some(
      (part) => part === "" || part === "." || part === ".." || (isWindows && part.includes(":")),
    ) &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    typeof size === "number"
  );
}

/** There a name with a colon leads to another drive, or to another stream of a file; elsewhere it is one like any. */
const isWindows = process.platform === "win32";
