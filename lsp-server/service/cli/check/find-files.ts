import { open, readdir, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { isMarkdownNotebook } from "@lookback/language/notebook/scripts/markdown-cells.ts";
import type { Io } from "../command.ts";

/** The notebooks and scripts that paths name; folders are searched, also for notebooks kept as Markdown. Each stands below the path it was found by; `-` stays. */
export async function findFiles(paths: readonly string[], io: Io): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    if (path === "-") {
      found.push(path);
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
      found.push(path);
      continue;
    }
    const inside: string[] = [];
    await collect(absolute, inside, io.signal);
    found.push(...inside.sort().map((file) => join(path, relative(absolute, file))));
  }
  return found;
}

async function collect(folder: string, into: string[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".") || skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await collect(path, into, signal);
    else if (/\.(ipynb|py)$/.test(entry.name) || (/\.md$/i.test(entry.name) && (await isNotebook(path))))
      into.push(path);
  }
}

/** A page of Markdown that says it is a notebook, as jupytext writes them. One that cannot be read is none that anybody knows of. */
async function isNotebook(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null);
  if (file === null) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return isMarkdownNotebook(buffer.toString("utf8", 0, bytesRead));
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

const skipped = new Set(["node_modules", "__pycache__", "site-packages", "venv", "env"]);
