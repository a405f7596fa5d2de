import type { CellHistory } from "@lookback/kernel-bridge/ledger/history/cell-history.ts";

export interface CellRequests {
  /** Every version of a cell that ran, newest first; `cell` is its id or its number from 1 in the notebook's file. */
  "lookback/cells/history": {
    params: { notebook: string; cell: string; most?: number };
    result: CellHistory;
  };
}
