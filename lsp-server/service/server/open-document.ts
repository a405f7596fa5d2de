import { realpath } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Documents, Snapshot } from "./documents.ts";

/** The open document of a file, under whatever name a link gives it there; null where no editor has it open. */
export async function openDocument(documents: Documents, path: string): Promise<Snapshot | null> {
  const realOf = (each: string) => realpath(each).catch(() => each);
  const real = await realOf(path);
  let open: Snapshot | null = null;
  for (const each of documents.all())
    if (each.uri.startsWith("file:") && (await realOf(fileURLToPath(each.uri))) === real) open = each;
  return open;
}
