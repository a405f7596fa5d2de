/**
 * One feature view's part in a point-in-time join, as the typed plan between definitions and SQL.
 *
 * It speaks of two prepared relations, in which every time is a BIGINT of microseconds since the epoch, UTC:
 * - the spine: `row_id`, `t`, and the keys;
 * - the view: the keys under the same names, `t` (event time), `c` (created time), `seq` (ingestion ordinal),
 *   `sign` (+1 or -1), and the columns that `values` and `windows` name.
 * Names from a notebook never appear here, so nothing here needs quoting.
 */
export interface ViewJoin {
  /** Prefix of the steps' names. */
  readonly id: string;
  readonly spine: string;
  readonly relation: string;
  /** Columns that must be equal; none for a view without entities. */
  readonly keys: readonly string[];
  /** Which of the optional columns the relation has. */
  readonly has: { readonly created: boolean; readonly sequence: boolean; readonly sign: boolean };
  readonly availability: Availability;
  readonly upper: "inclusive" | "exclusive";
  /** Inclusive, measured on event time; null or 0 = infinite. It bounds latest values only: a window bounds itself. */
  readonly ttlUs: number | null;
  /** Columns whose latest value is wanted. */
  readonly values: readonly string[];
  readonly windows: readonly WindowAggregate[];
}

/** When a row of event time `t` can first be read. */
export type Availability =
  | { readonly mode: "event" }
  | { readonly mode: "delay"; readonly delayUs: number }
  | { readonly mode: "schedule"; readonly everyUs: number; readonly delayUs: number }
  /** Not before the row was created, and not before a declared delay after its event time. Rows without a created time never. */
  | { readonly mode: "created"; readonly delayUs: number };

export interface WindowAggregate {
  /** The column it leaves in the result. */
  readonly output: string;
  readonly column: string;
  readonly number: "integer" | "decimal" | "float" | "other";
  readonly function: "mean" | "sum" | "count" | "min" | "max";
  readonly edge:
    | { readonly kind: "continuous"; readonly windowUs: number }
    | { readonly kind: "sawtooth"; readonly windowUs: number; readonly hopUs: number }
    | { readonly kind: "lifetime" };
}

/** Named SELECTs in order, each of which may read those before it. */
export interface Steps {
  readonly steps: readonly Step[];
  /** The step that holds one row per spine row: `row_id`, then what its maker promises. */
  readonly result: string;
}

export interface Step {
  readonly name: string;
  readonly sql: string;
}
