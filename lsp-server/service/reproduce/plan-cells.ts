import { createHash } from "node:crypto";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { NotCompared } from "@lookback/kernel-bridge/ledger/reproduce/reproduction.ts";
import { redacted } from "@lookback/kernel-bridge/secrets/redact/redaction.ts";
import {
  type FileCell,
  type NotebookFile,
  readNotebookFile,
} from "@lookback/notebook-file/read-notebook-file.ts";

/** What of a run can run again. */
export interface PlannedRun {
  /** Null where the notebook cannot be read. */
  readonly file: NotebookFile | null;
  /** In the order in which they ran; those that ran twice stand here twice. */
  readonly cells: readonly FileCell[];
  /** Why it ends before the run did; null where all of it can run. */
  readonly stop: NotCompared | null;
}

/** The cells that ran, up to the first of which it is not known what ran, or that did not run to its end. */
export function planCells(run: Pick<Run, "cells">, notebook: Uint8Array | string): PlannedRun {
  const file = readNotebookFile(notebook).value;
  const byName = new Map(file?.cells.map((cell) => [cell.id, cell]));
  const byHash = new Map(file?.cells.map((cell) => [sha256(cell.source), cell]));
  const cells: FileCell[] = [];
  for (const { cellId, sourceSha256, edited, outcome, index } of run.cells) {
    const named = byName.get(cellId);
    const cell = (edited ? undefined : named) ?? byHash.get(sourceSha256);
    const why =
      cell === undefined
        ? `${index === null ? "it is gone from" : "it was edited in"} the notebook after it had run, so what ran is not kept`
        : cell.source.includes(redacted)
          ? "it holds a secret, which was not recorded"
          : outcome === "interrupted"
            ? "it was interrupted, and nobody knows where"
            : null;
    if (cell === undefined || why !== null) {
      const rest = run.cells.length - cells.length - 1;
      const name = index === null ? "a cell" : `cell ${index + 1}`;
      const what =
        rest === 0 ? name : `${name} and ${rest === 1 ? "the one" : `the ${rest}`} that ran after it`;
      return { file, cells, stop: { what, reason: why ?? "" } };
    }
    cells.push(cell);
  }
  return { file, cells, stop: null };
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
