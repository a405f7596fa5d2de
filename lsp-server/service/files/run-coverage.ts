import type { RunCoverage } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { Coverage } from "@lookback/language/notebook/coverage.ts";

/** What of a notebook was read, as the ledger keeps it and as front ends show it. `said` is what was not, as one line. */
export function runCoverage({ cells, gaps }: Coverage, said: string | null): RunCoverage {
  return {
    cells,
    said,
    gaps: gaps.slice(0, mostGaps).map(({ code, weight, reason, means, advice, cellId, range }) => ({
      code,
      weight,
      reason,
      means,
      advice,
      cellId,
      line: range === null ? null : range.start.line + 1,
    })),
  };
}

// More than anybody reads: the counts say how many cells they are in.
export const mostGaps = 200;
