import type { Displays } from "@lookback/kernel-bridge/kernels/collect-outputs.ts";
import type { Kernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { type CellEnd, runCell } from "@lookback/kernel-bridge/kernels/run-cell.ts";
import type { PlannedCell } from "./plan-cells.ts";

/** Runs cells in their order, up to the first that does not end well. `onCell` hears of each before it runs, counted from 1. */
export async function runCells(
  kernel: Kernel,
  cells: readonly PlannedCell[],
  signal: AbortSignal,
  onCell: (number: number) => void = () => undefined,
): Promise<CellEnd[]> {
  const ended: CellEnd[] = [];
  const displays: Displays = new Map();
  for (const [at, { id, source }] of cells.entries()) {
    onCell(at + 1);
    const end = await runCell(id, source, { kernel, signal, displays });
    signal.throwIfAborted();
    ended.push(end);
    if (end.outcome !== "ok") break;
  }
  return ended;
}
