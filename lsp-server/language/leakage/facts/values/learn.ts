import type { Place } from "../../ir.ts";
import type { JoinFact } from "./join-fact.ts";
import type { Mark, MarkKind } from "./mark.ts";
import type { Rows } from "./rows.ts";
import type { Traits } from "./traits.ts";

/** A mark of what happened at a place to some rows; the same place, rows and, where a loop goes through several that learn, label give the same mark. */
export function markOf(
  kind: MarkKind,
  label: string,
  at: Place,
  rows: Rows | null,
  join: JoinFact | null = null,
): Mark {
  return {
    id: `${kind}:${at.cell}:${at.from}:${at.to}:${rows?.key ?? ""}${learning.has(kind) ? `:${label}` : ""}`,
    kind,
    at,
    rows,
    label,
    of: null,
    isFilling: false,
    along: null,
    join,
    written: null,
    from: null,
    isOfAllColumns: false,
    isInQuery: false,
    places: null,
  };
}

const learning: ReadonlySet<MarkKind> = new Set(["resample", "statistic", "supervised"]);

/** The mark with what it was learned from. */
export function learnedFrom(mark: Mark, { marks, columns }: Traits, isToldApart: boolean): Mark {
  const learned = [...marks.values()].filter(({ kind }) => kind === "statistic" || kind === "supervised");
  return {
    ...mark,
    from: {
      behind: new Set(learned.map(placeKey)),
      columns: isToldApart && columns.size > 0 ? columns : null,
    },
  };
}

/** Equal for marks of one place. */
export function placeKey({ at }: Pick<Mark, "at">): string {
  return `${at.cell}:${at.from}:${at.to}`;
}
