import { createHash } from "node:crypto";

export type ObjectType = "commit" | "tree" | "blob" | "tag";

/** One git object; `oid` is its SHA-1, 40 hex digits. */
export interface GitObject {
  readonly oid: string;
  readonly type: ObjectType;
  readonly body: Buffer;
}

export interface TreeEntry {
  /** `100644` for a file, `40000` for a folder. */
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  /** Unix time. */
  readonly seconds: number;
  /** Without the last line feed. */
  readonly message: string;
}

/** An object of these bytes, named by what git hashes. */
export function gitObject(type: ObjectType, body: Buffer): GitObject {
  const oid = createHash("sha1").update(`${type} ${body.length}\0`).update(body).digest("hex");
  return { oid, type, body };
}

/** A folder, its entries in git's order: by bytes, a folder as if its name ended in a slash. */
export function treeObject(entries: readonly TreeEntry[]): GitObject {
  const key = ({ mode, name }: TreeEntry) => Buffer.from(mode === "40000" ? `${name}/` : name);
  const parts = [...entries]
    .sort((a, b) => Buffer.compare(key(a), key(b)))
    .flatMap(({ mode, name, oid }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, "hex")]);
  return gitObject("tree", Buffer.concat(parts));
}

/** The entries of a tree's bytes. Of bytes that are no tree, those up to where they stop making sense. */
export function treeEntries(body: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf(0, at);
    if (end < 0 || end + 21 > body.length) break;
    const [mode = "", ...name] = body.toString("utf8", at, end).split(" ");
    entries.push({ mode, name: name.join(" "), oid: body.toString("hex", end + 1, end + 21) });
    at = end + 21;
  }
  return entries;
}

/** A commit by Lookback itself: who a run is by stands in the run. */
export function commitObject({ tree, parents, seconds, message }: Commit): GitObject {
  const person = `Lookback <lookback@localhost> ${seconds} +0000`;
  const lines = [`tree ${tree}`, ...parents.map((oid) => `parent ${oid}`)];
  const text = [...lines, `author ${person}`, `committer ${person}`, "", `${message}\n`].join("\n");
  return gitObject("commit", Buffer.from(text));
}

/** What a commit's bytes say; null when they are no commit. */
export function readCommit(body: Buffer): Commit | null {
  const text = body.toString("utf8");
  const end = text.indexOf("\n\n");
  const head = end < 0 ? text : text.slice(0, end);
  const tree = /^tree ([0-9a-f]{40})$/m.exec(head)?.[1];
  const seconds = /^committer .* (\d+) [-+]\d{4}$/m.exec(head)?.[1];
  if (tree === undefined || seconds === undefined) return null;
  const parents = [...head.matchAll(/^parent ([0-9a-f]{40})$/gm)].map((match) => match[1]!);
  return { tree, parents, seconds: Number(seconds), message: end < 0 ? "" : text.slice(end + 2).trimEnd() };
}
