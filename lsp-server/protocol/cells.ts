import type { DiffLine, ShownOutput } from "@lookback/kernel-bridge/ledger/compare/comparison.ts";
import type {
  CellHistory,
  CellInRun,
  CellVersion,
} from "@lookback/kernel-bridge/ledger/history/cell-history.ts";

export interface CellRequests {
  /** Every version of a cell that ran, newest first; `cell` is its id or its number from 1 in the notebook's file. */
  "lookback/cells/history": {
    params: { notebook: string; cell: string; most?: number };
    result: ShownHistory;
  };
}

interface ShownHistory extends Omit<CellHistory, "versions"> {
  readonly versions: readonly ShownVersion[];
}

/** A version of a cell as a panel shows it. */
export interface ShownVersion extends Omit<CellVersion, "runs"> {
  readonly runs: readonly Omit<CellInRun, "outputs">[];
  /** What it gave in the newest of its runs. */
  readonly outputs: readonly ShownOutput[];
  /** How its source came from the version before; null where there is none, or one of both was not kept. */
  readonly changes: readonly DiffLine[] | null;
}
