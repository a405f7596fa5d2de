import { readFile, stat } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { importWords, mayImport } from "@lookback/language/features/read/modules/may-import.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { scriptPaths } from "./script-paths.ts";

/**
 * The scripts of a workspace that a document may import, and those that they may: what `readDefinitions` takes beside
 * the document itself. `open` are scripts as an editor holds them, by address, which count instead of the files. Scripts
 * larger than 1 MiB, and any that cannot be read, are passed over; `passedOver` hears of each, with the reason.
 */
export async function readModules(
  own: Notebook,
  root: string,
  open: ReadonlyMap<string, Notebook> = new Map(),
  passedOver: (uri: string, reason: string) => void = () => undefined,
): Promise<readonly Notebook[]> {
  const left = new Map((await scriptPaths(root)).map((path) => [pathToFileURL(path).href, path]));
  left.delete(own.uri);
  const found: Notebook[] = [];
  for (let reached: readonly Notebook[] = [own]; reached.length > 0; ) {
    const next: Notebook[] = [];
    for (const [uri, path] of left) {
      if (!reached.some((each) => mayImport(importWords(each), uri))) continue;
      left.delete(uri);
      const script = open.get(uri) ?? (await readScript(path, uri));
      if (typeof script === "string") passedOver(uri, script);
      else next.push(script);
    }
    found.push(...next);
    reached = next;
  }
  return found;
}

/** A script from its file; the reason when it is too large or cannot be read. */
async function readScript(path: string, uri: string): Promise<Notebook | string> {
  try {
    if ((await stat(path)).size > 1 << 20) return "It is larger than 1 MiB.";
    const { value, problems } = readNotebook(await readFile(path), uri);
    return problems.find(({ unread }) => unread === "file")?.message ?? value;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
