import { type GitObject, gitObject, type TreeEntry, treeObject } from "./git-object.ts";

/** Adds the objects of a folder, its files by path, and answers its tree. */
export function treeOfFiles(
  objects: Map<string, GitObject>,
  files: ReadonlyMap<string, string | Uint8Array>,
): string {
  const folders = new Map<string, Map<string, string | Uint8Array>>();
  const entries: TreeEntry[] = [];
  for (const [path, content] of files) {
    const slash = path.indexOf("/");
    if (slash < 0) {
      const blob = gitObject("blob", Buffer.from(content as Uint8Array));
      objects.set(blob.oid, blob);
      entries.push({ mode: "100644", name: path, oid: blob.oid });
    } else {
      const head = path.slice(0, slash);
      const folder = folders.get(head) ?? new Map<string, string | Uint8Array>();
      folders.set(head, folder.set(path.slice(slash + 1), content));
    }
  }
  for (const [name, inner] of folders)
    entries.push({ mode: "40000", name, oid: treeOfFiles(objects, inner) });
  const tree = treeObject(entries);
  objects.set(tree.oid, tree);
  return tree.oid;
}
