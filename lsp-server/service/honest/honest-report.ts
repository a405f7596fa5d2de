import type { Fix } from "@lookback/language/leakage/finding.ts";

/** What a notebook's score is without its leaks, and what it is made of. Cells are counted from 1, as people see them. */
export interface HonestReport {
  readonly notebook: string;
  /** Null where nothing ran, for there was nothing to fix. */
  readonly score: {
    readonly name: string;
    readonly cellId: string;
    readonly cell: number;
    readonly asWritten: number;
    /** With every fix made; null where that did not run, or gave no such score. */
    readonly honest: number | null;
  } | null;
  readonly parts: readonly BilledPart[];
  /** Null where there are no shares. */
  readonly bill: {
    /** The score with the fixes of all parts that have a share: what is left of `asWritten` without the shares. */
    readonly fixed: number;
    /** Over how many orders of the fixes the shares are averaged, and how many there are. */
    readonly orders: { readonly counted: number; readonly of: number };
  } | null;
  /** How far the score of the notebook as it is moved between its runs. */
  readonly chance: { readonly spread: number; readonly runs: number } | null;
  /** Leaks that no proven fix removes: they are in both scores. */
  readonly unfixed: readonly SaidFinding[];
  /** Leaks without a fix of their own, gone by the fixes of others. */
  readonly gone: readonly SaidFinding[];
  /** Every copy that was to run, by the parts that are fixed in it, counted from 0. */
  readonly copies: readonly {
    readonly fixed: readonly number[];
    readonly score: number | null;
    /** Why there is none. */
    readonly why: string | null;
  }[];
  /** What the linter did not read, as one line; null when it read all. */
  readonly notRead: string | null;
  readonly remarks: readonly string[];
  readonly kernels: number;
  readonly durationMs: number;
}

/** Leaks that are fixed as one, and what the score owes to them. */
export interface BilledPart {
  readonly findings: readonly (SaidFinding & { readonly fix: Pick<Fix, "title" | "kind"> })[];
  /** Null where too little ran. */
  readonly share: number | null;
  /** Its standard error, where not every order was run. */
  readonly error: number | null;
  /** Whether chance alone moves the score as far. */
  readonly isWithinChance: boolean;
}

export interface SaidFinding {
  readonly rule: string;
  readonly title: string;
  readonly message: string;
  readonly cellId: string;
  readonly cell: number;
  /** Inside the cell. */
  readonly line: number;
}
