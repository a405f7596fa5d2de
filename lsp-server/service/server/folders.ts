import { realpathSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { folderLabels } from "@lookback/protocol/folder-labels.ts";
import type { WorkspaceFolder, WorkspaceFoldersChangeEvent } from "vscode-languageserver";

/** A folder that is open in the editor. */
export interface Folder {
  /** Absolute, symbolic links resolved. */
  readonly path: string;
  /** Absolute, as the editor says it. */
  readonly given: string;
  /** Begins the editor's name of every file in it; empty while no other folder is open. */
  readonly label: string;
}

/**
 * The open folders, and how the editor names files: relative to the folder with forward slashes, after the folder's label
 * where several are open; a file outside by `../`, or absolute. `named` and `pathOf` undo each other.
 */
export interface Folders {
  all(): readonly Folder[];
  /** Whether a path lies in one of them. */
  contains(path: string): boolean;
  /** The innermost folder that holds a path; where one folder only is open, that one also for what lies outside. Null when there is none. */
  holding(path: string): Folder | null;
  /** The editor's name of an absolute path. Addresses stay as they are. */
  named(path: string): string;
  /** The absolute path of what the editor names. Fails with `workspace/no-folder` where the name does not say a folder. */
  pathOf(name: string): string;
  change(event: WorkspaceFoldersChangeEvent): void;
}

/** Follows the open folders from those an editor begins with. Folders that are not on this disk are not there. */
export function openFolders(first: readonly WorkspaceFolder[]): Folders {
  let given = [...first];
  let folders = foldersOf(given);

  const holding = (path: string): Folder | null => {
    if (folders.length === 1) return folders[0] ?? null;
    const inside = folders.filter((folder) => isInside(steps(folder, path)));
    return inside.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
  };
  return {
    all: () => folders,
    contains: (path) => folders.some((folder) => isInside(steps(folder, path))),
    holding,
    named(path) {
      if (path.includes("://")) return path;
      const folder = holding(path);
      if (folder === null) return path;
      const name = steps(folder, path);
      return folder.label === "" ? name : `${folder.label}/${name}`;
    },
    pathOf(name) {
      if (isAbsolute(name)) return name;
      const folder = folders.find(({ label }) => label === "" || name.startsWith(`${label}/`));
      if (folder === undefined) throw noFolder(name);
      return resolve(folder.path, folder.label === "" ? name : name.slice(folder.label.length + 1));
    },
    change({ added, removed }) {
      const gone = new Set(removed.map(({ uri }) => uri));
      given = [...given.filter(({ uri }) => !gone.has(uri)), ...added];
      folders = foldersOf(given);
    },
  };
}

function foldersOf(given: readonly WorkspaceFolder[]): Folder[] {
  const onDisk = given.filter(({ uri }) => uri.startsWith("file:"));
  const labels = folderLabels(onDisk.map(({ name }) => name));
  return onDisk.map(({ uri }, at) => {
    const given = fileURLToPath(uri);
    return { path: realOf(given), given, label: labels[at] ?? "" };
  });
}

/** A folder that does not exist yet, or no more, is where it says. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** The way from a folder to a path, with forward slashes; a path that says the folder as the editor does is inside too. */
function steps({ path, given }: Folder, to: string): string {
  const ways = [relative(path, to), relative(given, to)].map((way) => way.replaceAll("\\", "/"));
  return ways.find(isInside) ?? ways[0] ?? to;
}

function isInside(way: string): boolean {
  return !isAbsolute(way) && way !== ".." && !way.startsWith("../");
}

function noFolder(name: string): Failure {
  return new Failure(
    "workspace/no-folder",
    `${name} is in no folder that is open, so there is no ledger for it. Nothing was recorded or written.`,
    { advice: "Open the folder that holds it." },
  );
}
