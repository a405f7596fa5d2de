import type { Place } from "../../ir.ts";
import type { Data } from "./data.ts";

/** Rows cut into parts for training and testing. */
export interface Split {
  readonly id: string;
  /** The loops it stands in, as `cell:offset`. */
  readonly loops: ReadonlySet<string>;
  readonly at: Place;
  readonly how: "random" | "ordered" | "contiguous";
  readonly label: string;
  readonly inputs: Data;
  /** The call that decides how rows are cut: the split itself, or the splitter's constructor. */
  readonly decidedAt: Place;
  /** The statement around it, and the names it gives the parts; null when they are not plain names. */
  readonly statement: Place;
  readonly targets: readonly string[] | null;
  readonly hasStratify: boolean;
  /** A number in the text decides how chance cuts them. */
  readonly isSeeded: boolean;
  readonly folds: number | null;
  /** How many rows between the training rows and the test rows are left out of both. */
  readonly gap: number;
  /** The column whose rows of one value are all on one side; null where rows are cut one by one, or nobody can tell. */
  readonly together: string | null;
}
