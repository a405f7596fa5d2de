import { createHash } from "node:crypto";
import { memberOf } from "@lookback/notebook-file/json-tree.ts";
import { exactValue, plainValue } from "@lookback/notebook-file/json-value.ts";
import { type FileCell, readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import type { CellRun, Run, RunSummary } from "../format/run.ts";
import { runSummary } from "../format/run-summary.ts";

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
  readonly source: string;
  /** Of the source. */
  readonly sha256: string;
  readonly outputs: readonly unknown[];
  /** How it last ran in this run; null when it did not. */
  readonly ran: CellRun | null;
}

/** A run and its notebook, ready to be compared. Null stands for a notebook that cannot be had. */
export function sideOf(run: Run, notebook: Uint8Array | string | null, pinnedBy: readonly string[]): Side {
  const file = notebook === null ? null : readNotebookFile(notebook).value;
  return {
    run,
    summary: runSummary(run, pinnedBy),
    cells: file === null ? null : sideCells(run, file.text, file.cells),
  };
}

function sideCells(run: Run, text: string, cells: readonly FileCell[]): SideCell[] {
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
    return {
      name: cell.id,
      id: memberOf(cell.node, "id")?.kind === "string" ? cell.id : null,
      index: cell.index,
      type: cell.type,
      source: cell.source,
      sha256: hashes[at]!,
      outputs: values as unknown[],
      ran: ran.get(at) ?? null,
    };
  });
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
