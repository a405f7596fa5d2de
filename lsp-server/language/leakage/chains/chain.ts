import type { Place } from "../ir.ts";

/** What one preparation says of itself, in the parts that a sentence about several of them is made of. */
export interface Told {
  /** What did it, without its columns: `StandardScaler`, `median`. */
  readonly label: string;
  /** The same with the columns it met: "`StandardScaler` for `age`". */
  readonly what: string;
  /** That among others, so that columns are told from preparations: "`StandardScaler` (for `age`)". */
  readonly among: string;
  /** What it was computed from: "all rows of `customers.csv`, test rows included". */
  readonly from: string;
  /** What came of that, as the end of a sentence without its point. */
  readonly outcome: string;
  /** Which rows it should not have seen: "the test rows". */
  readonly seen: string;
}

/** A preparation among others that feed each other on their way to the same scores. */
export interface Link extends Told {
  /** Equal for all steps of one chain. */
  readonly chain: string;
  readonly at: Place;
  /** Places of what its rows had been through, as `placeKey` writes them; none where nobody kept them. */
  readonly behind: ReadonlySet<string>;
}
