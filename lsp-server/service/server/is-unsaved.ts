import { readFile, realpath } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { unsavedCells } from "../publish/unsaved-cells.ts";
import type { Session } from "./session.ts";

/** Whether an editor has it open, under whatever name a link gives it, and shows other code than the file holds. */
export async function isUnsaved({ documents }: Pick<Session, "documents">, path: string): Promise<boolean> {
  const realOf = (each: string) => realpath(each).catch(() => each);
  const real = await realOf(path);
  let open: ReturnType<Session["documents"]["all"]>[number] | undefined;
  for (const each of documents.all())
    if (each.uri.startsWith("file:") && (await realOf(fileURLToPath(each.uri))) === real) open = each;
  const bytes = open === undefined ? null : await readFile(path).catch(() => null);
  if (open === undefined || bytes === null) return open !== undefined;
  return unsavedCells(readNotebook(bytes, pathToFileURL(path).href).value, open.notebook) !== null;
}
