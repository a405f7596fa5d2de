import type { Comparison } from "@lookback/kernel-bridge/ledger/compare/comparison.ts";

export type {
  CellComparison,
  Comparison,
  DataComparison,
  DiffLine,
  Fact,
  MetricComparison,
  ModelComparison,
  PairComparison,
  Recorded,
  ShownOutput,
  ValueRow,
} from "@lookback/kernel-bridge/ledger/compare/comparison.ts";

export interface CompareRequests {
  /** Two or more runs by their ids, compared in this order. Fails with `compare/too-few`, and as showing a run does. */
  "lookback/runs/compare": { params: { ids: string[] }; result: Comparison };
  /**
   * The bytes of a file that a run read or wrote, as they are stored, verified. Fails with `data/not-stored` and, above
   * `limit` bytes, with `data/too-large`.
   */
  "lookback/runs/data": {
    params: { id: string; sha256: string; limit: number };
    result: { base64: string };
  };
}
