import { posix } from "node:path";
import { FileType, Uri, workspace } from "vscode";

/** The first workspace folder: paths in the protocol are relative to it. Null in a window without a folder. */
export function workspaceRoot(): Uri | null {
  return workspace.workspaceFolders?.[0]?.uri ?? null;
}

/** A document's path relative to the workspace root, with forward slashes; its whole path when it lies elsewhere. */
export function relativePath(uri: Uri): string {
  const root = workspaceRoot();
  if (root === null || uri.scheme !== root.scheme) return uri.path;
  const path = posix.relative(root.path, uri.path);
  return path.startsWith("../") ? uri.path : path;
}

/** The URI of a path relative to the workspace root. Fails on a path that leads out of it. */
export function workspaceUri(path: string): Uri {
  const root = workspaceRoot();
  if (root === null) throw new Error("No folder is open, so there are no files to read.");
  const uri = Uri.joinPath(root, path);
  if (posix.isAbsolute(path) || !uri.path.startsWith(`${root.path.replace(/\/$/, "")}/`)) {
    throw new Error(`${path} lies outside the workspace; it was not read.`);
  }
  return uri;
}

/** The bytes of a file of the workspace. A symbolic link out of it is refused like a path out of it. */
export async function readWorkspaceFile(path: string): Promise<Uint8Array> {
  const uri = workspaceUri(path);
  const { type } = await workspace.fs.stat(uri);
  if (type & FileType.Directory) throw new Error(`${path} is a folder; it was not read.`);
  // A copy: a page is sent plain arrays as bytes, but Node's buffers as text.
  return new Uint8Array(await workspace.fs.readFile(uri));
}
