import { execFile } from "node:child_process";
import { promisify } from "node:util";
import git from "isomorphic-git";
import { repositoryFs } from "./release-versions.ts";

/** Who makes a release, as git would write it, and what of it they sign. */
export interface GitPerson {
  readonly name: string;
  readonly email: string;
  readonly signsCommits: boolean;
  readonly signsTags: boolean;
}

/**
 * The person that git would name in this repository: by its environment, its own configuration and the person's. Where git is not installed, or
 * knows nobody, what the repository's configuration says, else `Lookback`.
 */
export async function gitPerson(gitdir: string): Promise<GitPerson> {
  const named = /^(.*) <(.*)> \d+ [+-]\d+$/.exec(await ask(gitdir, ["var", "GIT_COMMITTER_IDENT"]));
  const configured = (path: string) => git.getConfig({ fs: repositoryFs(gitdir), gitdir, path });
  return {
    name: named?.[1] ?? (await configured("user.name")) ?? "Lookback",
    email: named?.[2] ?? (await configured("user.email")) ?? "lookback@localhost",
    signsCommits: await isOn(gitdir, "commit.gpgsign"),
    signsTags: (await isOn(gitdir, "tag.gpgsign")) || (await isOn(gitdir, "tag.forceSignAnnotated")),
  };
}

/** What git answers in a repository whose folder this is. Fails with what git said. */
export async function runGit(
  gitdir: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const options = { env: { ...process.env, ...env, GIT_OPTIONAL_LOCKS: "0" }, timeout: 120_000 };
  const { stdout } = await promisify(execFile)("git", [`--git-dir=${gitdir}`, ...args], options);
  return stdout.trim();
}

async function isOn(gitdir: string, setting: string): Promise<boolean> {
  return (await ask(gitdir, ["config", "--type=bool", "--get", setting])) === "true";
}

async function ask(gitdir: string, args: readonly string[]): Promise<string> {
  return runGit(gitdir, args).catch(() => "");
}
