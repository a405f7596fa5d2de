import type { Place } from "../../ir.ts";
import type { JoinFact } from "./join-fact.ts";
import type { Mark, MarkKind } from "./mark.ts";
import type { Rows } from "./rows.ts";

/** A mark of what happened at a place to some rows; the same place and rows give the same mark. */
export function markOf(
  kind: MarkKind,
  label: string,
  at: Place,
  rows: Rows | null,
  join: JoinFact | null = null,
): Mark {
  return {
    id: `${kind}:${at.cell}:${at.from}:${at.to}:${rows?.key ?? ""}`,
    kind,
    at,
    rows,
    label,
    of: null,
    isFilling: false,
    along: null,
    join,
    written: null,
    isInQuery: false,
    places: null,
  };
}
