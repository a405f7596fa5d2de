import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { unsavedCells } from "../publish/unsaved-cells.ts";
import type { Documents } from "./documents.ts";
import { openDocument } from "./open-document.ts";

/** Whether an editor has a notebook open and shows other code than the file holds. */
export async function isUnsaved(documents: Documents, path: string): Promise<boolean> {
  const open = await openDocument(documents, path);
  if (open === null) return false;
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return true;
  return unsavedCells(readNotebook(bytes, pathToFileURL(path).href).value, open.notebook) !== null;
}
