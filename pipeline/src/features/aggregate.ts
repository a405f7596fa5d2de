import type { PlanFeature } from "../plan/plan.ts";
import {
  type CellValue,
  type ColumnKind,
  cellValue,
  decimalText,
  exact,
  type StoredCell,
  scaleOf,
} from "./cell.ts";

export type AggregateFunction = Extract<PlanFeature, { kind: "window" }>["function"];

/** An aggregate being made. */
export interface Aggregate {
  /** Takes one value; NULLs are ignored. */
  add(cell: StoredCell): void;
  /** Null when nothing was added, 0 for a count. */
  result(): CellValue;
}

/**
 * What a window's function gives over values of a kind, as DuckDB does over the column itself: whole numbers and decimals are summed
 * exactly; floats as nearly as a double allows; the least and the greatest keep their type, with NaN above all numbers and texts in
 * the order of their bytes.
 */
export function aggregate(wanted: AggregateFunction, kind: ColumnKind): Aggregate {
  switch (wanted) {
    case "count":
      return counted();
    case "min":
      return extreme(kind, (cell, best) => precedes(cell, best));
    case "max":
      return extreme(kind, (cell, best) => precedes(best, cell));
    default: {
      const total = kind === "double" ? floatSum() : exactSum(scaleOf(kind) ?? 0);
      return wanted === "sum" ? total : mean(total);
    }
  }
}

function counted(): Aggregate {
  let count = 0;
  return {
    add(cell) {
      if (cell !== null) count += 1;
    },
    result: () => count,
  };
}

function extreme(kind: ColumnKind, beats: (cell: Present, best: Present) => boolean): Aggregate {
  let best: StoredCell = null;
  return {
    add(cell) {
      if (cell !== null && (best === null || beats(cell, best))) best = cell;
    },
    result: () => cellValue(kind, best),
  };
}

type Present = NonNullable<StoredCell>;

function precedes(a: Present, b: Present): boolean {
  if (typeof a === "string" && typeof b === "string")
    return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
  if (Number.isNaN(a)) return false;
  return Number.isNaN(b) || a < b;
}

/** Sums that carry what a double loses (Neumaier), so that the order of the rows does not matter. */
function floatSum(): Aggregate {
  let sum = 0;
  let lost = 0;
  let any = false;
  return {
    add(cell) {
      if (cell === null) return;
      any = true;
      const value = Number(cell);
      const next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    },
    // Beyond what is finite there is nothing lost that could be given back.
    result: () => (any ? (Number.isFinite(sum) ? sum + lost : sum) : null),
  };
}

function exactSum(scale: number): Aggregate {
  let small = 0;
  let large = 0n;
  let any = false;
  return {
    add(cell) {
      if (cell === null) return;
      any = true;
      const next = typeof cell === "number" ? small + cell : Number.NaN;
      if (Number.isSafeInteger(next)) small = next;
      else large += BigInt(cell);
    },
    result() {
      if (!any) return null;
      const sum = large + BigInt(small);
      return scale === 0 ? exact(sum) : Number(decimalText(sum, scale));
    },
  };
}

function mean(total: Aggregate): Aggregate {
  const count = counted();
  return {
    add(cell) {
      total.add(cell);
      count.add(cell);
    },
    result() {
      const sum = total.result();
      return sum === null ? null : Number(sum) / Number(count.result());
    },
  };
}
