import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { isMarkdownNotebook, isRunMarkdown } from "@lookback/language/notebook/scripts/markdown-cells.ts";
import { environmentSign } from "../../files/environment-sign.ts";
import type { Io } from "../command.ts";

/** What a check of paths is to look at. */
export interface FoundFiles {
  /** Each below the path it was found by; `-` stays. */
  readonly files: readonly string[];
  readonly passedOver: readonly PassedOver[];
}

/** A folder that was met and not searched: an environment, behind a link what is not searched in another way, or one that could not be. */
export interface PassedOver {
  readonly path: string;
  readonly kind: "environment" | "link" | "unreadable";
  /** What says that it is one: a file in it, where the link leads, or how it failed. */
  readonly sign: string;
}

/** The notebooks and scripts that paths name; folders are searched, also for notebooks kept as Markdown. */
export async function findFiles(paths: readonly string[], io: Io): Promise<FoundFiles> {
  const files: string[] = [];
  const passedOver: PassedOver[] = [];
  const searched: string[] = [];
  for (const path of paths) {
    if (path === "-") {
      files.push(path);
      continue;
    }
    const absolute = resolve(io.cwd, path);
    const info = await stat(absolute).catch((cause: unknown) => {
      throw new Failure(
        "check/no-such-path",
        `Nothing was checked: ${path} does not exist or cannot be read.`,
        {
          advice: "Check the spelling, or give a path relative to the current folder.",
          data: { path },
          cause,
        },
      );
    });
    if (!info.isDirectory()) {
      files.push(path);
      continue;
    }
    searched.push(await realpath(absolute));
    const inside: Search = { files: [], passedOver: [], signal: io.signal };
    await collect(absolute, absolute, inside);
    const named = (file: string) => join(path, relative(absolute, file));
    files.push(...inside.files.sort().map(named));
    passedOver.push(...inside.passedOver.map((one) => ({ ...one, path: named(one.path) })));
  }
  const elsewhere = passedOver.filter(
    ({ kind, sign }) => kind !== "link" || !searched.some((root) => isSearched(sign, root)),
  );
  return { files, passedOver: elsewhere.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

interface Search {
  readonly files: string[];
  readonly passedOver: PassedOver[];
  readonly signal: AbortSignal;
}

async function collect(folder: string, root: string, into: Search): Promise<void> {
  into.signal.throwIfAborted();
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => error.message);
  if (typeof entries === "string") {
    into.passedOver.push({ path: folder, kind: "unreadable", sign: entries });
    return;
  }
  const sign = folder === root ? null : environmentSign(entries.map(({ name }) => name));
  if (sign !== null) {
    into.passedOver.push({ path: folder, kind: "environment", sign });
    return;
  }
  for (const entry of entries) {
    if (isPassedOver(entry.name)) continue;
    const path = join(folder, entry.name);
    const target = entry.isSymbolicLink() ? await folderBehind(path) : null;
    if (target !== null) into.passedOver.push({ path, kind: "link", sign: target });
    else if (entry.isDirectory()) await collect(path, root, into);
    else if (await isRead(path)) into.files.push(path);
  }
}

/** The folder that a link leads to; null where it leads to a file, or nowhere. */
async function folderBehind(link: string): Promise<string | null> {
  const info = await stat(link).catch(() => null);
  return info?.isDirectory() ? realpath(link) : null;
}

/** Whether a search of a folder comes by another one all the same. */
function isSearched(folder: string, root: string): boolean {
  const way = relative(root, folder);
  return !isAbsolute(way) && !way.split(sep).some(isPassedOver);
}

/** What people keep out of sight, and what programs write, whatever is in it. */
function isPassedOver(name: string): boolean {
  return name.startsWith(".") || name === "node_modules" || name === "__pycache__";
}

/** A page of Markdown is read where it is a notebook: jupytext says so in its header; R Markdown and Quarto have cells that run. */
async function isRead(path: string): Promise<boolean> {
  if (/\.(ipynb|pyw?)$/i.test(path)) return true;
  if (/\.(md|markdown)$/i.test(path)) return isMarkdownNotebook(await textOf(path));
  return /\.(qmd|rmd)$/i.test(path) && isRunMarkdown(await textOf(path));
}

/** One that cannot be read is no notebook that anybody knows of. */
async function textOf(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
