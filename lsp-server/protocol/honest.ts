import type { DiffLine } from "@lookback/kernel-bridge/ledger/compare/comparison.ts";
import type { RunCoverage } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { Odometer } from "@lookback/kernel-bridge/ledger/odometer/read-odometer.ts";
import type { Fix } from "@lookback/language/leakage/finding.ts";
import type { RunSummary } from "./runs.ts";

export type { HonestOrigin } from "@lookback/kernel-bridge/ledger/format/run.ts";

export interface HonestRequests {
  /**
   * What the score of a saved notebook is without its leaks, and what each gave to it: fixes made on copies, each run in a fresh kernel in a copy of the workspace. Nothing of the
   * person's is written or recorded. Fails with `honest/unsaved` where the screen shows other cells than the file. Progress arrives as `lookback/honest/progress`. Cancellable.
   */
  "lookback/honest/start": { params: { notebook: string }; result: HonestScore };
  /** Records the run that gave the honest score, with its origin. Fails with `honest/gone` where what ran is not held any more. */
  "lookback/honest/keep": { params: { held: string }; result: RunSummary };
  /** Writes the notebook with every fix, and the outputs of what ran, beside the original; never overwrites. Fails as `keep` does. */
  "lookback/honest/copy": { params: { held: string }; result: { path: string } };
}

export interface HonestNotifications {
  /** `step` is what is being done now, in words; of `of` kernels, null while nobody knows how many, `done` have run. */
  "lookback/honest/progress": { notebook: string; step: string; done: number; of: number | null };
}

/** An honest score as a front end shows it. */
export interface HonestScore {
  readonly report: HonestReport;
  /** The newest run of all of the notebook as it is saved; null where there is none. */
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    /** What it came to where the score as written stands; null where it has no such score. */
    readonly score: number | null;
  } | null;
  /** How often the rows of the score as written have judged, by what is recorded, and that in a sentence; null where there is no score, or nothing to say of its rows. */
  readonly looks: { readonly sentence: string; readonly odometer: Odometer | null } | null;
  /** Of the notebook where an editor has it open; null where none has. */
  readonly uri: string | null;
  /** By which the run that gave the honest score is kept; null where there is none. */
  readonly held: string | null;
}

/** What a notebook's score is without its leaks, and what it is made of. Cells are counted from 1, as people see them. */
export interface HonestReport {
  readonly notebook: string;
  /** Null where nothing ran, for there was nothing to fix. */
  readonly score: {
    readonly name: string;
    readonly cellId: string;
    readonly cell: number;
    /** How many rows the score as written is of, and whether these were held out; null is not known. */
    readonly rows: number | null;
    readonly split: string | null;
    readonly asWritten: number;
    /** With every fix made; null where that did not run, or gave no such score. */
    readonly honest: number | null;
  } | null;
  /** How many leaks were found, as a check counts its findings: a chain as one, and each of its steps; what is only information beside. */
  readonly found: { readonly leaks: number; readonly steps: number; readonly mentions: number };
  readonly parts: readonly BilledPart[];
  /** What all fixes together change, by cell. */
  readonly changes: readonly CellChange[];
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
  /** What is left of fixed leaks in the notebook with every fix, and counts as information there: folds of the training rows rest on it, for instance. */
  readonly mentions: readonly SaidFinding[];
  /** Leaks of the notebook that this score does not rest on: in no part, and fixed on no copy. */
  readonly apart: readonly SaidFinding[];
  /** Every copy that was to run, by the parts that are fixed in it, counted from 0. */
  readonly copies: readonly {
    readonly fixed: readonly number[];
    readonly score: number | null;
    /** Why there is none. */
    readonly why: string | null;
  }[];
  /** Whether only the cells ran again that the score rests on; all did where these alone do not come to the same score. */
  readonly isSliced: boolean;
  /** What the linter did not read, as one line; null when it read all. */
  readonly notRead: string | null;
  readonly coverage: RunCoverage;
  readonly remarks: readonly string[];
  readonly kernels: number;
  readonly durationMs: number;
}

/** Leaks that are fixed as one, and what the score owes to them. */
export interface BilledPart {
  readonly findings: readonly (SaidFinding & { readonly fix: Pick<Fix, "title" | "kind"> })[];
  /** What its fixes change alone, by cell; null where they hold only after others. */
  readonly changes: readonly CellChange[] | null;
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
  /** Whether the score rests on it; null is not known. */
  readonly reaches: boolean | null;
}

/** The source of a cell before and after. */
export interface CellChange {
  readonly cellId: string;
  readonly cell: number;
  readonly before: string;
  readonly after: string;
  readonly lines: readonly DiffLine[];
}
