import type { Place } from "../../ir.ts";
import type { Calls } from "./calls.ts";
import type { Fit } from "./fit.ts";
import type { Mark } from "./mark.ts";
import type { Rows } from "./rows.ts";

/** A metric met a model's answers that something chosen by another metric was applied to. */
export interface Tuned {
  /** What chose: its rows are those it was asked about. */
  readonly by: Mark;
  readonly at: Place;
  readonly statement: Place;
  readonly how: string;
  readonly rows: Rows;
}

/** Answers of a model that were scored. */
export interface ScoredAnswers {
  /** Which metric, or mean, met them first. */
  readonly by: string;
  readonly calls: Calls;
}

/** A model written into a file, with all that is written beside it. */
export interface Saved {
  readonly at: Place;
  readonly fits: readonly Fit[];
  /** Ids of the marks that what is written has learned. */
  readonly learned: ReadonlySet<string>;
}

/** A score that was held against others, of which the best was kept. */
export interface Compared {
  readonly mark: Mark;
  /** In a loop: the same call gave a score in each turn. */
  readonly isRepeated: boolean;
  /** The search that tries settings by it: `study.optimize(objective)`. */
  readonly by: Place | null;
}

/** Rows put into groups by columns: `frame.groupby("user_id")`. */
export interface Grouping {
  readonly at: Place;
  readonly keys: readonly string[];
  readonly rows: Rows | null;
}
