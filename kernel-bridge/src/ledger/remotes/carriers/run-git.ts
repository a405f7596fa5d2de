import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { Failure } from "../../../failure.ts";
import { bucketFault } from "../buckets/bucket-fault.ts";
import { sayAddress } from "../buckets/say-address.ts";

/** Runs git in one repository, and answers what it prints. Fails with `remotes/unreachable`, `remotes/denied`, `remotes/failed`, `remotes/no-git` or `remotes/stopped`. */
export type RunGit = (args: readonly string[], how?: GitHow) => Promise<string>;

interface GitHow {
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
  /** What it prints when it fails and the caller knows what that means. */
  readonly accepts?: RegExp;
}

/** The person's own git, with their keys and helpers, in a bare repository of ours: none of theirs is looked for, and nobody is asked for a password. */
export function gitIn(gitdir: string, url: string): RunGit {
  return async (args, { input = "", signal, accepts } = {}) => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofRepository.test(name)));
    const quiet = ["-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.hooksPath=/dev/null"];
    const child = spawn("git", [...quiet, ...args], {
      cwd: gitdir,
      // The ledger's objects have SHA-1 names, whatever the person's own repositories have.
      env: { ...env, GIT_DIR: gitdir, GIT_TERMINAL_PROMPT: "0", GIT_DEFAULT_HASH: "sha1", LC_ALL: "C" },
      signal,
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    try {
      const [said, complained, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      if (code === 0 || accepts?.test(said)) return said;
      throw fault(url, complained);
    } catch (cause) {
      if (cause instanceof Failure) throw cause;
      if (signal?.aborted) throw new Failure("remotes/stopped", "Stopped. What arrived so far stays.");
      throw new Failure("remotes/no-git", "git could not be run. Nothing was done.", {
        advice: "Install git, or remove --git from the remote.",
        cause,
      });
    }
  };
}

/** What would lead git to another repository than the one it is run in. */
const ofRepository =
  /^GIT_(DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|PREFIX|CEILING_DIRECTORIES)$/;

const denied =
  /permission denied|authentication failed|could not read (username|password)|access denied|403/i;
const unreachable =
  /does not appear to be a git repository|not found|could not (resolve|connect)|connection (refused|timed out|reset|closed)|no route to host|network is unreachable|unable to access|repository .* does not exist|no such/i;

/** Of all that git and what it called on print, the line that says most. */
function fault(url: string, complained: string): Failure {
  const lines = complained.split("\n").map((line) => line.trim());
  const of = (pattern: RegExp) => lines.find((line) => pattern.test(line));
  const [kind, why] =
    of(denied) !== undefined
      ? (["denied", of(denied)] as const)
      : of(unreachable) !== undefined
        ? (["unreachable", of(unreachable)] as const)
        : (["failed", of(/^(fatal|error|remote):/)] as const);
  return bucketFault(kind, url, "What arrived so far stays.", sayAddress(why ?? complained.trim()));
}
