import type { Place } from "../../ir.ts";
import type { Rows } from "./rows.ts";

/** Facts of a frame as a whole. */
export interface FrameFacts {
  /** The file it was read from. */
  readonly file: string | null;
  readonly types: Readonly<Record<string, string>> | null;
  readonly sortedBy: SortedBy | null;
  /** What its index holds; null where it is not known to be more than numbers. */
  readonly index: { readonly column: string | null; readonly isTime: boolean; readonly at: Place } | null;
  readonly timeColumns: readonly TimeColumn[];
  readonly isOneRowPer: readonly string[] | null;
  /** The tables it was stacked from, first above: good for as long as its rows are all of theirs. */
  readonly stacked: readonly Rows[] | null;
  /** Of each key only the last row is left, by this column. */
  readonly latest: { readonly column: string; readonly at: Place } | null;
  /** Of its columns those of numbers were taken, and no others. */
  readonly isOfNumbers: boolean;
  /** Its rows sum up what happened from each moment on, or up to it. */
  readonly bars: { readonly isLabelledRight: boolean; readonly at: Place } | null;
}

/** What rows are sorted by. */
interface SortedBy {
  /** The first of `columns`. */
  readonly column: string;
  readonly columns: readonly string[];
  readonly isDescending: boolean;
  readonly at: Place;
}

/** Nothing is known of a frame. */
export const noFrame: FrameFacts = {
  file: null,
  types: null,
  sortedBy: null,
  index: null,
  timeColumns: [],
  isOneRowPer: null,
  stacked: null,
  latest: null,
  isOfNumbers: false,
  bars: null,
};

/** A column that holds moments, and how that is known. */
export interface TimeColumn {
  readonly name: string;
  readonly basis: "type" | "parsed" | "name";
}
