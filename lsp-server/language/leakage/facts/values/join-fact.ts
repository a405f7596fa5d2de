import type { Place } from "../../ir.ts";
import type { FrameFacts, TimeColumn } from "./frame-facts.ts";
import type { Rows } from "./rows.ts";

/** A join of two frames as the text states it. */
export interface JoinFact {
  readonly at: Place;
  readonly how: "equal" | "as-of";
  readonly left: Side;
  readonly right: Side;
  /** Later rows of the right side were left out afterwards. */
  readonly isCut: boolean;
  readonly leftKeys: readonly string[];
  readonly rightKeys: readonly string[];
  /** Of a join by the nearest moment, which moment counts; null where it is not known. */
  readonly asOf: AsOf | null;
  /** Somebody said how many rows of one side may meet one of the other: it is checked when it runs. */
  readonly isValidated: boolean;
  /** The call as written, for a rewrite: null when a part is not written out. */
  readonly written: {
    readonly left: string;
    readonly right: string;
    readonly how: string | null;
    readonly isPlain: boolean;
  } | null;
  /** The join as a query states it, where it can look as of a moment; null for any other. */
  readonly inQuery: {
    /** Where its first word begins, and where its test ends. */
    readonly from: Place;
    readonly to: Place;
    /** The moments of both sides, as the query would name them. */
    readonly leftTime: string;
    readonly rightTime: string;
  } | null;
}

/** How a join by the nearest moment takes it. */
export interface AsOf {
  readonly leftTime: string | null;
  readonly rightTime: string | null;
  readonly direction: "backward" | "forward" | "nearest";
  /** How far away the moment may be; null for no limit. */
  readonly hasTolerance: boolean;
}

/** One side of a join, as it was then. */
export interface Side {
  readonly rows: Rows | null;
  readonly path: string | null;
  /** Column → its type, as far as it is known from the file; null = not known. */
  readonly types: Readonly<Record<string, string>> | null;
  readonly timeColumns: readonly TimeColumn[];
  /** The side is one row per group: it was aggregated, or its duplicates were dropped. */
  readonly isOneRowPer: readonly string[] | null;
  readonly latest: FrameFacts["latest"];
  readonly bars: FrameFacts["bars"];
  /** The hashed columns among its keys, each with the columns it was made of that still stand beside it. */
  readonly hashed: ReadonlyMap<string, readonly string[]>;
  /** Key → the clock that its moments are of, as far as the text says. */
  readonly clocks: ReadonlyMap<string, string>;
  readonly sortedBy: string | null;
  /** Every column; null when not all are known. */
  readonly columns: readonly string[] | null;
}
