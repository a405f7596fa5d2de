import { posix } from "node:path";
import { folderLabels } from "@lookback/protocol/folder-labels.ts";
import { FileType, Uri, workspace } from "vscode";

/** The folder that a document belongs to, else the first that is open; null in a window without a folder. */
export function folderOf(uri?: Uri): Uri | null {
  const own = uri && workspace.getWorkspaceFolder(uri);
  return (own ?? workspace.workspaceFolders?.[0])?.uri ?? null;
}

/** What the protocol calls a document: its path relative to its folder, after the folder's label where several are open; its whole path when it lies elsewhere. */
export function nameOf(uri: Uri): string {
  for (const { root, label } of labeledFolders()) {
    if (uri.scheme !== root.scheme) continue;
    const path = posix.relative(root.path, uri.path);
    if (path !== ".." && !path.startsWith("../")) return label === "" ? path : `${label}/${path}`;
  }
  return uri.path;
}

/** The URI of what the protocol calls so. Fails on a name that leads out of the open folders. */
export function uriOf(name: string): Uri {
  const folders = labeledFolders();
  if (folders.length === 0) throw new Error("No folder is open, so there are no files to read.");
  const folder = folders.find(({ label }) => label === "" || name.startsWith(`${label}/`));
  const path = folder === undefined || folder.label === "" ? name : name.slice(folder.label.length + 1);
  const uri = folder && Uri.joinPath(folder.root, path);
  if (!uri || posix.isAbsolute(path) || !uri.path.startsWith(`${folder.root.path.replace(/\/$/, "")}/`)) {
    throw new Error(`${name} lies outside the workspace; it was not read.`);
  }
  return uri;
}

/** The bytes of a file of the workspace. A symbolic link in it is followed, as the notebook that names the file follows it. */
export async function readWorkspaceFile(name: string): Promise<Uint8Array> {
  const uri = uriOf(name);
  const { type } = await workspace.fs.stat(uri);
  if (type & FileType.Directory) throw new Error(`${name} is a folder; it was not read.`);
  // A copy: a page is sent plain arrays as bytes, but Node's buffers as text.
  return new Uint8Array(await workspace.fs.readFile(uri));
}

/** The innermost folder of two that lie in each other comes first. */
function labeledFolders(): { readonly root: Uri; readonly label: string }[] {
  const folders = workspace.workspaceFolders ?? [];
  const labels = folderLabels(folders.map(({ name }) => name));
  return folders
    .map(({ uri }, at) => ({ root: uri, label: labels[at] ?? "" }))
    .sort((a, b) => b.root.path.length - a.root.path.length);
}
