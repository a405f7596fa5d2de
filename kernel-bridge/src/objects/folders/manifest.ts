import { Failure } from "../../failure.ts";

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
  let text = '{"v":1,"files":[';
  let separator = "";
  for (const { path, sha256, size } of files) {
    text += `${separator}[${JSON.stringify(path)},"${sha256}",${size}]`;
    separator = ",";
    if (text.length < pieceLength) continue;
    yield text;
    text = "";
  }
  yield `${text}]}\n`;
}

const pieceLength = 1 << 18;

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
