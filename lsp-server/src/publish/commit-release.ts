import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { atomicFs } from "@lookback/kernel-bridge/ledger/atomic-fs.ts";
import git from "isomorphic-git";

export interface ReleaseCommit {
  /** The repository's common folder. */
  readonly gitdir: string;
  readonly name: string;
  readonly version: number;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly message: string;
  readonly at: Date;
}

/**
 * Commits a release onto the branch `lookback/<name>`, below what that branch holds, and tags it `<name>/v<version>`; answers the tag.
 * The person's branch, index, HEAD and working tree are not looked at: objects are added, one branch and one tag are written, the tag last.
 */
export async function commitRelease({
  gitdir,
  name,
  version,
  files,
  message,
  at,
}: ReleaseCommit): Promise<string> {
  const fs = atomicFs;
  const ref = `refs/heads/lookback/${name}`;
  const tag = `${name}/v${version}`;
  await refuseWhatCannotBeWritten(gitdir, ref, tag);
  const parent = await git.resolveRef({ fs, gitdir, ref }).catch(() => null);
  const base = parent === null ? null : (await git.readCommit({ fs, gitdir, oid: parent })).commit.tree;
  const blobs: [string[], string][] = [];
  for (const [path, blob] of files)
    blobs.push([
      ["deploy", name, String(version), ...path.split("/")],
      await git.writeBlob({ fs, gitdir, blob }),
    ]);
  const tree = await mergeTree(gitdir, base, blobs);
  const person = {
    name: (await git.getConfig({ fs, gitdir, path: "user.name" })) ?? "Lookback",
    email: (await git.getConfig({ fs, gitdir, path: "user.email" })) ?? "lookback@localhost",
    timestamp: Math.floor(at.getTime() / 1000),
    timezoneOffset: 0,
  };
  const commit = await git.writeCommit({
    fs,
    gitdir,
    commit: {
      tree,
      parent: parent === null ? [] : [parent],
      author: person,
      committer: person,
      message: `${message}\n`,
    },
  });
  await git.writeRef({ fs, gitdir, ref, value: commit, force: true });
  await git.annotatedTag({ fs, gitdir, ref: tag, object: commit, message: `${message}\n`, tagger: person });
  return tag;
}

/** Formats that are not written here, a tag that exists, and a release branch that somebody has checked out: moving it would change what they see as theirs. */
async function refuseWhatCannotBeWritten(gitdir: string, ref: string, tag: string): Promise<void> {
  const setting = (path: string) => git.getConfig({ fs: atomicFs, gitdir, path });
  if ((await setting("extensions.objectformat")) === "sha256") {
    throw new Failure(
      "publish/sha256",
      "This repository names its objects by SHA-256, which cannot be written yet. Nothing was published.",
      { advice: "Publish from a repository with SHA-1 names." },
    );
  }
  if ((await setting("extensions.refstorage")) === "reftable") {
    throw new Failure(
      "publish/reftable",
      "This repository keeps its branches as a reftable, which cannot be written yet. Nothing was published.",
      { advice: "Run `git refs migrate --ref-format=files`, then publish." },
    );
  }
  if (await git.resolveRef({ fs: atomicFs, gitdir, ref: `refs/tags/${tag}` }).catch(() => null)) {
    throw new Failure("publish/tag-exists", `The tag ${tag} exists. Nothing was published.`, {
      advice: "Publish the next version.",
      data: { tag },
    });
  }
  const worktrees = await readdir(join(gitdir, "worktrees")).catch(() => []);
  for (const folder of [gitdir, ...worktrees.map((name) => join(gitdir, "worktrees", name))]) {
    const head = await readFile(join(folder, "HEAD"), "utf8").catch(() => "");
    if (head.trim() === `ref: ${ref}`) {
      throw new Failure(
        "publish/checked-out",
        `The branch ${ref.slice("refs/heads/".length)} is checked out, so the release cannot be put on it. Nothing was published.`,
        { advice: "Switch to another branch, then publish." },
      );
    }
  }
}

/** The tree with some blobs put in by path; everything else stays. */
async function mergeTree(
  gitdir: string,
  base: string | null,
  blobs: readonly (readonly [readonly string[], string])[],
): Promise<string> {
  const fs = atomicFs;
  const entries = new Map(
    (base === null ? [] : (await git.readTree({ fs, gitdir, oid: base })).tree).map((entry) => [
      entry.path,
      entry,
    ]),
  );
  const inner = new Map<string, [readonly string[], string][]>();
  for (const [[head = "", ...rest], oid] of blobs) {
    if (rest.length === 0) entries.set(head, { path: head, oid, type: "blob", mode: "100644" });
    else inner.set(head, [...(inner.get(head) ?? []), [rest, oid]]);
  }
  for (const [head, below] of inner) {
    const present = entries.get(head);
    const oid = await mergeTree(gitdir, present?.type === "tree" ? present.oid : null, below);
    entries.set(head, { path: head, oid, type: "tree", mode: "040000" });
  }
  return git.writeTree({ fs, gitdir, tree: [...entries.values()] });
}
