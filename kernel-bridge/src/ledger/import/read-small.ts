import { lstat, readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { counted } from "../../counted.ts";

/** A small text file as others wrote it; null where there is none, where it is a link, and of more than 16 MiB. */
export async function readSmall(path: string): Promise<string | null> {
  const info = await lstat(path).catch(() => null);
  if (info === null || !info.isFile() || info.size > mostBytes) return null;
  return readFile(path, "utf8").catch(() => null);
}

/** The members of a YAML text; null where it holds none, or is broken. */
export function yamlObject(text: string | null): Readonly<Record<string, unknown>> | null {
  if (text === null) return null;
  try {
    // A few lines of aliases can stand for gigabytes: the library stops at a hundred.
    const value: unknown = parse(text, { logLevel: "error", uniqueKeys: false, maxAliasCount: 100 });
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/**
 * The files below a folder, by their path from it with forward slashes, sorted; links are passed over and named, and so is, in sentences,
 * what could not be looked at.
 */
export async function filesBelow(
  folder: string,
): Promise<{ readonly files: string[]; readonly links: string[]; readonly unseen: string[] }> {
  const files: string[] = [];
  const links: string[] = [];
  const unseen: string[] = [];
  const waiting = [""];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (files.length >= mostFiles) {
      unseen.push(
        `Of what lies in ${basename(folder)} only ${counted(files.length, "file")} were looked at.`,
      );
      break;
    }
    const entries = await readdir(join(folder, at), { withFileTypes: true }).catch(
      (cause: NodeJS.ErrnoException) => {
        if (cause.code !== "ENOENT")
          unseen.push(`The folder ${join(basename(folder), at)} could not be read: ${cause.message}.`);
        return [];
      },
    );
    for (const entry of entries) {
      const path = at === "" ? entry.name : `${at}/${entry.name}`;
      if (entry.isSymbolicLink()) links.push(path);
      else if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) files.push(path);
    }
  }
  return { files: files.sort(), links: links.sort(), unseen };
}

/** The folders in a folder, sorted; no links. */
export async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

const mostBytes = 16 << 20;
const mostFiles = 100_000;
