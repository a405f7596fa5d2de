import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Io } from "../command.ts";

/** The notebooks and scripts that paths name; folders are searched. Each stands below the path it was found by; `-` stays. */
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
    else if (/\.(ipynb|py)$/.test(entry.name)) into.push(path);
  }
}

const skipped = new Set(["node_modules", "__pycache__", "site-packages", "venv", "env"]);
