import { lstat, realpath } from "node:fs/promises";
import { isAbsolute, join, resolve, sep } from "node:path";
import { Failure } from "../../failure.ts";

/** Why a run's name of a file cannot be a place below a folder, in words that follow "it"; null when it can. On every system alike: runs travel. */
export function whyNoPlace(name: string): string | null {
  if (name.includes("://")) return "is an address";
  if (isAbsolute(name) || /^([A-Za-z]:|[\\/])/.test(name)) return "lies outside the workspace";
  const parts = name.split(/[\\/]/);
  if (parts.includes("..")) return "lies outside the workspace";
  if (name === "" || name.includes("\0") || parts.some((part) => part === "" || part === "."))
    return "has no name that a file can have";
  // A hook or a setting of git would be run.
  if (parts.some((part) => /^(\.git|\.lookback|git~\d+)[. ]*$/i.test(part)))
    return "would lie among what git or Lookback keep for themselves";
  if (process.platform === "win32" && parts.some((part) => deviceName.test(part)))
    return "has a name that Windows gives to no file";
  return null;
}

const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$|[<>:"|?*]|[. ]$/i;

/**
 * Where a file of this name belongs below a folder, links inside of it followed. Fails with `restore/through-link` where one leads out of it, or to
 * nothing, and with `ledger/would-overwrite` where a file stands in the way. Names that have no place are not asked.
 */
export async function placeIn(folder: string, name: string): Promise<string> {
  const base = await realOrGiven(resolve(folder));
  const parts = name.split("/");
  let at = base;
  for (const [depth, part] of parts.entries()) {
    const next = join(at, part);
    const info = await lstat(next).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return null;
      throw cause;
    });
    if (info === null) return join(next, ...parts.slice(depth + 1));
    at = info.isSymbolicLink() ? await inside(base, next) : next;
    if (depth < parts.length - 1 && !info.isDirectory() && !info.isSymbolicLink())
      throw new Failure(
        "ledger/would-overwrite",
        `${next} is a file where a folder belongs. Nothing was restored.`,
        { advice: "Restore into an empty folder.", data: { path: next } },
      );
  }
  return at;
}

/** Fails unless a folder that is there lies where it says: asked again just before a file is put into it. */
export async function refuseMoved(folder: string): Promise<void> {
  if ((await realpath(folder)) !== folder) throw throughLink(folder);
}

/** A folder with its links resolved, as far as it is there. */
export async function realOrGiven(path: string): Promise<string> {
  const missing: string[] = [];
  for (let at = path; ; ) {
    const real = await realpath(at).catch(() => null);
    if (real !== null) return join(real, ...missing);
    const parent = resolve(at, "..");
    if (parent === at) return path;
    missing.unshift(at.slice(parent.length).replace(/^[\\/]/, ""));
    at = parent;
  }
}

async function inside(base: string, link: string): Promise<string> {
  const real = await realpath(link).catch(() => null);
  if (real === null || !real.startsWith(base + sep)) throw throughLink(link);
  return real;
}

function throughLink(path: string): Failure {
  return new Failure(
    "restore/through-link",
    `${path} is a link that leads out of the folder, or to nothing. Nothing was restored.`,
    { advice: "Restore into an empty folder.", data: { path } },
  );
}
