import fs from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import git from "isomorphic-git";

/** The branch all versions of a name are committed on. */
export function releaseBranch(name: string): string {
  return `lookback/${name}`;
}

/** The tag of one version: while it is missing, the version is not published. */
export function releaseTag(name: string, version: number): string {
  return `${name}/v${version}`;
}

/**
 * Refuses a repository in which a version cannot be committed and tagged: formats that are not written here, a tag that exists, a ref
 * of another kind in the place of the branch or the tag, and a release branch that somebody has checked out, since moving it would
 * change what they see as theirs. Reads only.
 */
export async function checkRepository(gitdir: string, name: string, version: number): Promise<void> {
  const setting = (path: string) => git.getConfig({ fs, gitdir, path });
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
  const [branch, tag] = [releaseBranch(name), releaseTag(name, version)];
  if (await exists(gitdir, `refs/tags/${tag}`)) {
    throw new Failure("publish/tag-exists", `The tag ${tag} exists. Nothing was published.`, {
      advice: "Publish the next version.",
      data: { tag },
    });
  }
  await refuseWhatIsInTheWay(gitdir, `refs/heads/${branch}`, "branch");
  await refuseWhatIsInTheWay(gitdir, `refs/tags/${tag}`, "tag");
  await refuseCheckedOut(gitdir, branch);
}

/** Git keeps refs as files in folders: neither `a` beside `a/b`, nor the other way round. */
async function refuseWhatIsInTheWay(gitdir: string, ref: string, kind: string): Promise<void> {
  const parts = ref.split("/");
  const above = parts.map((_, at) => parts.slice(0, at).join("/")).slice(3);
  const below = await git.listRefs({ fs, gitdir, filepath: ref });
  const found = below[0] === undefined ? await firstThatExists(gitdir, above) : `${ref}/${below[0]}`;
  if (found === null) return;
  const short = (name: string) => name.split("/").slice(2).join("/");
  throw new Failure(
    "publish/ref-in-the-way",
    `The ${kind} ${short(found)} exists, so git cannot hold a ${kind} named ${short(ref)}. Nothing was published.`,
    { advice: `Rename it, or publish under another name.`, data: { ref: found } },
  );
}

async function firstThatExists(gitdir: string, refs: readonly string[]): Promise<string | null> {
  for (const ref of refs) if (await exists(gitdir, ref)) return ref;
  return null;
}

async function refuseCheckedOut(gitdir: string, branch: string): Promise<void> {
  const worktrees = await readdir(join(gitdir, "worktrees")).catch(() => []);
  for (const folder of [gitdir, ...worktrees.map((name) => join(gitdir, "worktrees", name))]) {
    const head = await readFile(join(folder, "HEAD"), "utf8").catch(() => "");
    if (head.trim() === `ref: refs/heads/${branch}`) {
      throw new Failure(
        "publish/checked-out",
        `The branch ${branch} is checked out, so the release cannot be put on it. Nothing was published.`,
        { advice: "Switch to another branch, then publish." },
      );
    }
  }
}

async function exists(gitdir: string, ref: string): Promise<boolean> {
  return git.resolveRef({ fs, gitdir, ref }).then(
    () => true,
    () => false,
  );
}
