import { createHash } from "node:crypto";
import { memberOf } from "@lookback/notebook-file/json-tree.ts";
import { exactValue, plainValue } from "@lookback/notebook-file/json-value.ts";
import { type FileCell, readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import type { CellRun, Run, RunSummary } from "../format/run.ts";
import { runSummary } from "../format/run-summary.ts";
import type { RanSources } from "../read/ran-sources.ts";

/** One run as it is compared: what it recorded, and its notebook's cells. */
export interface Side {
  readonly run: Run;
  readonly summary: RunSummary;
  /** Null when the notebook could not be read. */
  readonly cells: readonly SideCell[] | null;
}

export interface SideCell {
  readonly name: string;
  /** The id that the file gives it; null where it gives none. */
  readonly id: string | null;
  readonly index: number;
  readonly type: string;
  /** What ran, where that is known; else what the notebook holds. */
  readonly source: string;
  /** Of the source. */
  readonly sha256: string;
  readonly outputs: readonly unknown[];
  /** How it last ran in this run; null when it did not. */
  readonly ran: CellRun | null;
}

/** A run and its notebook, ready to be compared, with what ran that the notebook does not hold. Null stands for a notebook that cannot be had. */
export function sideOf(
  run: Run,
  notebook: Uint8Array | string | null,
  pinnedBy: readonly string[],
  kept: RanSources,
): Side {
  const file = notebook === null ? null : readNotebookFile(notebook).value;
  return {
    run,
    summary: runSummary(run, pinnedBy),
    cells: file === null ? null : sideCells(run, file.text, file.cells, kept),
  };
}

function sideCells(run: Run, text: string, cells: readonly FileCell[], kept: RanSources): SideCell[] {
  const hashes = cells.map(({ source }) => sha256(source));
  const byName = new Map(cells.map(({ id }, at) => [id, at]));
  const byHash = new Map(hashes.map((hash, at) => [hash, at]));
  const ran = new Map<number, CellRun>();
  // An editor names cells as it likes where their file does not.
  for (const cell of run.cells) {
    const at = byName.get(cell.cellId) ?? byHash.get(cell.sourceSha256);
    if (at !== undefined) ran.set(at, cell);
  }
  return cells.map((cell, at) => {
    const outputs = memberOf(cell.node, "outputs");
    const values = outputs?.kind === "array" ? plainValue(exactValue(text, outputs)) : [];
    const last = ran.get(at) ?? null;
    const source = last === null ? undefined : kept.get(last.sourceSha256);
    return {
      name: cell.id,
      id: memberOf(cell.node, "id")?.kind === "string" ? cell.id : null,
      index: cell.index,
      type: cell.type,
      source: source ?? cell.source,
      sha256: last === null || source === undefined ? hashes[at]! : last.sourceSha256,
      outputs: values as unknown[],
      ran: last,
    };
  });
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
