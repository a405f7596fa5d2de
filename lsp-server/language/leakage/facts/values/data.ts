import type { Place } from "../../ir.ts";
import type { FrameFacts } from "./frame-facts.ts";
import type { Marks } from "./mark.ts";
import type { Rows } from "./rows.ts";
import type { Traits } from "./traits.ts";

/** Data as it was when a model, a split or a join saw it. */
export interface Data {
  readonly at: Place;
  readonly rows: Rows | null;
  readonly marks: Marks;
  readonly columns: ReadonlyMap<string, Traits> | null;
  /** What the columns went through that `columns` does not name. */
  readonly rest: Marks;
  readonly isClosed: boolean;
  /** As of a value. */
  readonly gone: ReadonlySet<string> | null;
  readonly column: string | null;
  /** Columns it was computed from. */
  readonly origins: ReadonlySet<string>;
  readonly frame: FrameFacts | null;
}
