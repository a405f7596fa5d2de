/** `left / right` as paths: an absolute right side stands alone, `..` takes a folder back. */
export function joinPaths(left: string, right: string): string {
  if (right.startsWith("/") || left === "" || left === ".") return normalPath(right);
  return normalPath(`${left.replace(/\/$/, "")}/${right}`);
}

/** A path without `.` and, where a folder stands before it, `..`. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "." || (part === "" && parts.length > 0)) continue;
    const last = parts.at(-1);
    if (part === ".." && last !== undefined && last !== ".." && last !== "") parts.pop();
    else if (part !== ".." || last !== "") parts.push(part);
  }
  if (parts.length === 1 && parts[0] === "") return path.startsWith("/") ? "/" : ".";
  return parts.join("/") || ".";
}

/** The folder of a path; of a bare name, `.`. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf("/");
  if (at < 0) return path === "." || path === ".." ? normalPath(`${path}/..`) : ".";
  return at === 0 ? "/" : path.slice(0, at);
}

/** `path` as seen from `folder`, when both are absolute and lie under `root`; else as it is. */
export function pathFrom(folder: string, path: string, root: string): string {
  const under = (each: string) => each === root || each.startsWith(root.endsWith("/") ? root : `${root}/`);
  if (!path.startsWith("/") || !under(path) || !under(folder)) return path;
  const from = folder.split("/").filter(Boolean);
  const to = path.split("/").filter(Boolean);
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/") || ".";
}
