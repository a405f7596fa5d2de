import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import { promisify } from "node:util";
import { Failure } from "../../../failure.ts";
import { holdsSecret } from "../buckets/open-bucket.ts";
import { sayAddress } from "../buckets/say-address.ts";

/** A git remote as it is kept: a name of the person's repository as it is, a folder as a path from anywhere. Fails with `remotes/bad-address`. */
export async function keptGitAddress(address: string, root: string, cwd: string): Promise<string> {
  if (holdsSecret(address)) throw bad(address, "it holds a password or a token, which is kept nowhere");
  if (address === "" || address.startsWith("-") || address.includes("::"))
    throw bad(address, "it is none that git is asked for here");
  if ((await urlOfName(address, root)) !== null) return address;
  if (address.includes("://") || isAbsolute(address) || /^[^/\\]{2,}:/.test(address)) return address;
  const path = resolve(cwd, address);
  if ((await stat(path).catch(() => null)) !== null) return path;
  throw bad(address, "there is no such remote of this repository, and no such folder");
}

/** Where a kept address leads, as the person's own repository has it by now. */
export async function gitUrl(address: string, root: string): Promise<string> {
  return (await urlOfName(address, root)) ?? address;
}

/** Null for what is no name of a remote there. Reads, and changes nothing. */
async function urlOfName(name: string, root: string): Promise<string | null> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(name)) return null;
  const { stdout } = await promisify(execFile)("git", ["remote", "get-url", "--push", name], {
    cwd: root,
    timeout: 10_000,
  }).catch(() => ({ stdout: "" }));
  return stdout.trim() || null;
}

function bad(unsaid: string, why: string): Failure {
  const address = sayAddress(unsaid);
  return new Failure("remotes/bad-address", `${address} is no git remote: ${why}. Nothing was added.`, {
    advice: "It is a remote's name as `git remote` lists them, a URL, or the path of a repository.",
    data: { address },
  });
}
