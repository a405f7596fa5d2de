import type { Place } from "../../ir.ts";

/** A column of a query that could be of several tables. */
export interface Tableless {
  readonly at: Place;
  readonly name: string;
  /** What the query calls them. */
  readonly tables: readonly string[];
}
