import { createHash } from "node:crypto";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import type { Run } from "../format/run.ts";
import type { RanSources } from "./ran-sources.ts";

/**
 * The source that ran of each cell of a run, in its order: from its notebook by the cell's name, else by what ran, for an editor names cells as it
 * likes where their file does not; where the notebook holds something else by now, what was kept beside it. Null where it was not.
 */
export function sourcesOfRun(
  run: Pick<Run, "cells">,
  notebook: Uint8Array | string,
  kept: RanSources,
): (string | null)[] {
  const cells = readNotebookFile(notebook).value?.cells ?? [];
  const byName = new Map(cells.map(({ id, source }) => [id, source]));
  const byHash = new Map(cells.map(({ source }) => [sha256(source), source]));
  return run.cells.map(({ cellId, sourceSha256, edited }) => {
    const named = edited ? undefined : byName.get(cellId);
    return named ?? kept.get(sourceSha256) ?? byHash.get(sourceSha256) ?? null;
  });
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
