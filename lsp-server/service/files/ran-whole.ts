import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { sha256 } from "@lookback/kernel-bridge/ledger/format/split-notebook.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";

/** Whether every one of these cells ran in a run, each as it is here, and there are any. */
export function ranWhole(run: Pick<Run, "cells">, cells: Notebook["cells"]): boolean {
  const ran = new Map(run.cells.map((cell) => [cell.cellId, cell.sourceSha256]));
  return cells.length > 0 && cells.every((cell) => ran.get(cell.id) === sha256(cell.source));
}

/** The cells of a notebook that hold code. */
export function withCode({ cells }: Notebook): Notebook["cells"] {
  return cells.filter((cell) => cell.source.trim() !== "");
}
