import type { Run } from "../format/run.ts";

/** The number by which people know a cell of a run, 1-based; null where the notebook no longer has it. */
export function cellNumbers(run: Run): (cellId: string) => number | null {
  const numbers = new Map(run.cells.map(({ cellId, index }) => [cellId, index === null ? null : index + 1]));
  return (cellId) => numbers.get(cellId) ?? null;
}

/** Which cell of the recorded run it was that did something in the second, by its place among those that ran; empty for none. */
export function cellThen(recorded: Run, again: Run, { cellId }: { readonly cellId: string }): string {
  return recorded.cells[again.cells.findIndex((cell) => cell.cellId === cellId)]?.cellId ?? "";
}
