import { Failure } from "@lookback/kernel-bridge/failure.ts";
import git from "isomorphic-git";
import { gitPerson, runGit } from "./git-person.ts";
import { checkRepository, releaseBranch, releaseTag } from "./release-refs.ts";
import { repositoryFs } from "./release-versions.ts";

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
 * The person's branch, index, HEAD and working tree are not looked at: objects are added, one branch and one tag are written, the tag
 * last. A commit without its tag, of a publication that was killed, is no release: the next one replaces its folder whole.
 * Both carry the person that git names, and their signature where they sign.
 * Fails as `checkRepository` does, or with `publish/not-committed`.
 */
export async function commitRelease(release: ReleaseCommit): Promise<string> {
  await checkRepository(release.gitdir, release.name, release.version);
  return commitAndTag(release).catch((cause: unknown) => {
    const full = (cause as NodeJS.ErrnoException).code === "ENOSPC";
    const why = full ? "the disk is full" : cause instanceof Error ? cause.message : String(cause);
    throw new Failure(
      "publish/not-committed",
      `The release was not committed: ${why}. Nothing was published.`,
      {
        advice:
          "`git fsck` says whether the repository is sound; where commits or tags are signed, `git tag -s` says whether that works.",
        cause,
      },
    );
  });
}

async function commitAndTag({ gitdir, name, version, files, message, at }: ReleaseCommit): Promise<string> {
  const fs = repositoryFs(gitdir);
  const ref = `refs/heads/${releaseBranch(name)}`;
  const tag = releaseTag(name, version);
  const parent = await git.resolveRef({ fs, gitdir, ref }).catch(() => null);
  const base = parent === null ? null : (await git.readCommit({ fs, gitdir, oid: parent })).commit.tree;
  const blobs: Placed[] = [];
  for (const [path, blob] of files)
    blobs.push({ path: path.split("/"), type: "blob", oid: await git.writeBlob({ fs, gitdir, blob }) });
  const folder = await mergeTree(gitdir, null, blobs);
  const tree = await mergeTree(gitdir, base, [
    { path: ["deploy", name, String(version)], type: "tree", oid: folder },
  ]);
  const person = await gitPerson(gitdir);
  const by = {
    name: person.name,
    email: person.email,
    timestamp: Math.floor(at.getTime() / 1000),
    timezoneOffset: 0,
  };
  const parents = parent === null ? [] : [parent];
  const commit = person.signsCommits
    ? await signedCommit({ gitdir, tree, parents, message, by })
    : await git.writeCommit({
        fs,
        gitdir,
        commit: { tree, parent: parents, author: by, committer: by, message: `${message}\n` },
      });
  await git.writeRef({ fs, gitdir, ref, value: commit, force: true });
  if (person.signsTags)
    await signedTag({ gitdir, tag, commit, message, by }).catch(async (cause: unknown) => {
      // What could not be signed leaves nothing.
      await git.deleteTag({ fs, gitdir, ref: tag }).catch(() => undefined);
      if (parent === null) await git.deleteRef({ fs, gitdir, ref });
      else await git.writeRef({ fs, gitdir, ref, value: parent, force: true });
      throw cause;
    });
  else await git.annotatedTag({ fs, gitdir, ref: tag, object: commit, message: `${message}\n`, tagger: by });
  return tag;
}

interface By {
  readonly name: string;
  readonly email: string;
  readonly timestamp: number;
}

/** As git signs it, by whatever the person has set up. */
async function signedCommit(made: {
  readonly gitdir: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly by: By;
}): Promise<string> {
  const { gitdir, tree, parents, message, by } = made;
  const args = ["commit-tree", "-S", tree, ...parents.flatMap((parent) => ["-p", parent]), "-m", message];
  return runGit(gitdir, args, envOf(by));
}

async function signedTag(made: {
  readonly gitdir: string;
  readonly tag: string;
  readonly commit: string;
  readonly message: string;
  readonly by: By;
}): Promise<void> {
  const { gitdir, tag, commit, message, by } = made;
  await runGit(gitdir, ["tag", "-s", "-m", message, tag, commit], envOf(by));
  // Git answers as if all were well where the key of a signature by SSH is not there.
  const text = await runGit(gitdir, ["cat-file", "tag", tag]).catch(() => "");
  if (!text.includes("-----BEGIN ")) throw new Error(`git could not sign the tag ${tag}`);
}

function envOf({ name, email, timestamp }: By): Record<string, string> {
  const date = `${timestamp} +0000`;
  return {
    ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date },
    ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: date },
  };
}

/** An object and where it goes. */
interface Placed {
  readonly path: readonly string[];
  readonly type: "blob" | "tree";
  readonly oid: string;
}

/** The tree with some objects put in by path; everything else stays. */
async function mergeTree(gitdir: string, base: string | null, placed: readonly Placed[]): Promise<string> {
  const fs = repositoryFs(gitdir);
  const entries = new Map(
    (base === null ? [] : (await git.readTree({ fs, gitdir, oid: base })).tree).map((entry) => [
      entry.path,
      entry,
    ]),
  );
  const inner = new Map<string, Placed[]>();
  for (const { path, type, oid } of placed) {
    const [head = "", ...rest] = path;
    if (rest.length > 0) inner.set(head, [...(inner.get(head) ?? []), { path: rest, type, oid }]);
    else entries.set(head, { path: head, oid, type, mode: type === "tree" ? "040000" : "100644" });
  }
  for (const [head, below] of inner) {
    const present = entries.get(head);
    const oid = await mergeTree(gitdir, present?.type === "tree" ? present.oid : null, below);
    entries.set(head, { path: head, oid, type: "tree", mode: "040000" });
  }
  return git.writeTree({ fs, gitdir, tree: [...entries.values()] });
}
