import { createHash } from "node:crypto";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { RanSources } from "@lookback/kernel-bridge/ledger/read/ran-sources.ts";
import type { NotCompared } from "@lookback/kernel-bridge/ledger/reproduce/reproduction.ts";
import { redacted } from "@lookback/kernel-bridge/secrets/redact/redaction.ts";
import {
  type FileCell,
  type NotebookFile,
  readNotebookFile,
} from "@lookback/notebook-file/read-notebook-file.ts";

/** A cell as it ran. */
export interface PlannedCell extends Pick<FileCell, "id" | "source"> {
  /** Its place among the cells of the run's notebook; null where it is gone from it. */
  readonly index: number | null;
}

/** What of a run can run again. */
export interface PlannedRun {
  /** Null where the notebook cannot be read. */
  readonly file: NotebookFile | null;
  /** In the order in which they ran; those that ran twice stand here twice. */
  readonly cells: readonly PlannedCell[];
  /** Why it ends before the run did; null where all of it can run. */
  readonly stop: NotCompared | null;
}

/** The cells that ran, up to the first of which it is not known what ran, or that did not run to its end. `kept` is what the notebook holds no more. */
export function planCells(
  run: Pick<Run, "cells">,
  notebook: Uint8Array | string,
  kept: RanSources,
): PlannedRun {
  const file = readNotebookFile(notebook).value;
  const byName = new Map(file?.cells.map((cell) => [cell.id, cell]));
  const byHash = new Map(file?.cells.map((cell) => [sha256(cell.source), cell]));
  const cells: PlannedCell[] = [];
  for (const { cellId, sourceSha256, edited, outcome, index } of run.cells) {
    const named = byName.get(cellId);
    const source = kept.get(sourceSha256);
    const ran = source === undefined ? undefined : { id: cellId, index: named?.index ?? null, source };
    const cell = (edited ? undefined : named) ?? ran ?? byHash.get(sourceSha256);
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
