import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../../../failure.ts";
import { redactText } from "../../../secrets/redact/redact-text.ts";
import type { Bucket } from "./bucket.ts";
import { directoryBucket } from "./directory-bucket.ts";
import { s3Bucket } from "./s3-bucket.ts";
import { sayAddress } from "./say-address.ts";
import { sshBucket } from "./ssh-bucket.ts";

/**
 * The place that an address names: `s3://bucket/prefix[?endpoint=…&region=…&profile=…]`, `ssh://[user@]host[:port]/folder`, `user@host:folder`, or a folder
 * as a path or `file://…`. Nothing is asked of it yet. Fails with `remotes/bad-address`.
 */
export function openBucket(address: string, cwd: string): Bucket {
  if (address.startsWith("s3://")) return s3Of(address);
  if (address.startsWith("ssh://")) return sshOf(address);
  if (address.startsWith("file://")) return directoryBucket(fileURLToPath(address));
  if (address.includes("://")) throw bad(address, "Its scheme is none that is known here");
  const [, user, host, folder] = /^(?:([^@/\\:]+)@)?([^@/\\:]{2,}):(?!\\)(.+)$/.exec(address) ?? [];
  if (host !== undefined && folder !== undefined)
    return sshBucket(
      address,
      checked(address, { host, user: user ?? null, port: null, folder: trimmed(folder) }),
    );
  const path = address.startsWith("~/") ? join(homedir(), address.slice(2)) : address;
  if (path === "") throw bad(address, "It is empty");
  return directoryBucket(isAbsolute(path) ? path : resolve(cwd, path));
}

/** As it is kept: a folder's path from anywhere. */
export function keptAddress(address: string, cwd: string): string {
  const bucket = openBucket(address, cwd);
  return /^[a-z0-9]+:\/\//.test(address) ? address : bucket.url;
}

function s3Of(address: string): Bucket {
  const url = urlOf(address);
  const known = new Set(["endpoint", "region", "profile"]);
  const unknown = [...url.searchParams.keys()].find((key) => !known.has(key));
  if (unknown !== undefined) throw bad(address, `It says ${unknown}, which is not known here`);
  if (url.hostname === "") throw bad(address, "It names no bucket");
  const prefix = trimmed(decodeURIComponent(url.pathname)).replace(/^\/+/, "");
  const say = (name: string) => url.searchParams.get(name);
  const bucket = url.hostname;
  return s3Bucket(address, {
    bucket,
    prefix,
    endpoint: say("endpoint"),
    region: say("region"),
    profile: say("profile"),
  });
}

function sshOf(address: string): Bucket {
  const url = urlOf(address);
  const folder = trimmed(decodeURIComponent(url.pathname));
  if (url.hostname === "" || folder === "") throw bad(address, "It names no host, or no folder there");
  return sshBucket(
    address,
    checked(address, {
      host: url.hostname,
      user: url.username === "" ? null : decodeURIComponent(url.username),
      port: url.port === "" ? null : url.port,
      // As git has it: `ssh://host/~/folder` is below the home.
      folder: folder.replace(/^\/~\//, ""),
    }),
  );
}

function urlOf(address: string): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw bad(address, "It cannot be read");
  }
  if (holdsSecret(address)) throw bad(address, "It holds a password, which is kept nowhere");
  return url;
}

/** What begins with a dash would be an option of ssh's. */
function checked<T extends { readonly host: string; readonly user: string | null }>(
  address: string,
  ssh: T,
): T {
  if (ssh.host.startsWith("-") || ssh.user?.startsWith("-"))
    throw bad(address, "Its host begins with a dash");
  return ssh;
}

function trimmed(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}

/** Whether an address holds what may not be kept: a password, in whatever part of it, or what is too long for a name or has the form of a token. */
export function holdsSecret(address: string): boolean {
  return /:\/\/([^/?#@:\s]*:\S*|[^/@\s]{20,})@/.test(address) || redactText(address).text !== address;
}

function bad(unsaid: string, why: string): Failure {
  const address = sayAddress(unsaid);
  return new Failure(
    "remotes/bad-address",
    `${address} is no address of a remote: ${why.charAt(0).toLowerCase()}${why.slice(1)}. Nothing was done.`,
    {
      advice: "It is s3://bucket/prefix, ssh://host/folder, user@host:folder, or the path of a folder.",
      data: { address },
    },
  );
}
