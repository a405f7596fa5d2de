import type { Place } from "../../ir.ts";
import type { AskedQuery } from "../sql/asked-query.ts";
import type { Marks } from "../values/mark.ts";
import type { Reference } from "../values/reference.ts";
import type { Constant } from "../values/value.ts";

/** A call of Feast's, Tecton's or Lookback's own that defines something, or asks for features. */
export interface Definition {
  /** `FeatureView`, `FileSource`, `batch_feature_view`, `get_historical_features`. */
  readonly is: string;
  readonly library: string;
  /** Where its name stands. */
  readonly at: Place;
  readonly call: Place;
  /** By parameter. */
  readonly given: ReadonlyMap<string, Given>;
}

/** What an argument was given. */
export interface Given {
  readonly at: Place;
  /** What it stands for: another definition, by its object. */
  readonly reference: Reference;
  readonly constant: Constant;
  /** Of a list. */
  readonly items: readonly Given[] | null;
  /** Of a table: its columns, where all of them are known. */
  readonly columns: readonly string[] | null;
}

/** A function that computes features, and what it does when it runs. */
export interface Transformation {
  readonly definition: Definition;
  readonly name: string;
  readonly params: readonly string[];
  /** What it calls, itself or through others; each place once. */
  readonly calls: Map<string, InnerCall>;
  /** What it answers, each time it was followed. */
  readonly answers: Answered[];
  /** Queries that it answers as text. */
  readonly queries: Map<string, AskedQuery>;
}

interface Answered {
  readonly marks: Marks;
  /** What is in it, where all of that is known. */
  readonly names: readonly string[] | null;
}

export interface InnerCall {
  /** Its dotted path; of a method of something unknown its name behind a dot. */
  readonly path: string;
  readonly at: Place;
  /** What is written out of its arguments, by position. */
  readonly constants: readonly Constant[];
}
