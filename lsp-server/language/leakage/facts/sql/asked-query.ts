import type { Query, Span } from "../../../sql/query.ts";
import type { Place } from "../../ir.ts";

/** A query as the notebook asks it. */
export interface AskedQuery {
  readonly query: Query;
  place(span: Span): Place;
  /** A part of it as the person wrote it. */
  written(span: Span): string;
}
