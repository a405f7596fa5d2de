import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { openStore, type Store } from "@lookback/kernel-bridge/ledger/open-store.ts";

/** The workspace that a folder belongs to: the nearest folder upward with `.git` or `.lookback`, else the folder itself. */
export async function workspaceRoot(from: string): Promise<string> {
  const start = resolve(from);
  for (let folder = start; ; folder = dirname(folder)) {
    for (const mark of [".git", ".lookback"]) {
      const found = await stat(resolve(folder, mark)).catch(() => null);
      if (found !== null) return folder;
    }
    if (dirname(folder) === folder) return start;
  }
}

/** The store of the workspace a folder belongs to. */
export async function storeAt(folder: string): Promise<Store> {
  return openStore(await workspaceRoot(folder));
}

/** This program, as a command line that another process can run. */
export function selfCommand(...rest: readonly string[]): string[] {
  return [process.execPath, resolve(process.argv[1] ?? "lookback"), ...rest];
}
