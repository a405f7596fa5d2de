import { createHash } from "node:crypto";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import type { Run } from "../format/run.ts";

/**
 * The source of each cell that a run ran, in its order, as its notebook holds it: by the cell's name, else by what ran, for an editor
 * names cells as it likes where their file does not. Null where neither is there.
 */
export function sourcesOfRun(run: Run, notebook: Uint8Array | string): (string | null)[] {
  const cells = readNotebookFile(notebook).value?.cells ?? [];
  const byName = new Map(cells.map(({ id, source }) => [id, source]));
  const byHash = new Map(cells.map(({ source }) => [sha256(source), source]));
  return run.cells.map((cell) => byName.get(cell.cellId) ?? byHash.get(cell.sourceSha256) ?? null);
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
