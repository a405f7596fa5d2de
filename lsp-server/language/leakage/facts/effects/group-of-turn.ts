import type { Program } from "../program.ts";
import { markOf } from "../values/learn.ts";
import type { Mark } from "../values/mark.ts";
import { type Rows, unlimited } from "../values/rows.ts";
import type { Value } from "../values/value.ts";
import { blankAlong } from "./along.ts";
import { countsRows } from "./counts.ts";

/** A statistic of the rows that have one value of a column in each turn of a loop is one of that column's groups: `for c in cities: means[c] = df[df["city"] == c]["price"].mean()`. */
export function ofGroupOfTurn({ turns, facts }: Program, mark: Mark, { rows, column, frame }: Value): Mark {
  const key = turns.length > 0 && column !== null && !countsRows(mark.label) ? groupKey(rows) : null;
  if (!rows || key === null || key === column) return mark;
  const own = rows.limits.filter(({ cut }) => cut === `of:${key}` || cut.startsWith(`is:${key}=`));
  const all = own.reduce(unlimited, rows);
  // Rows that were kept by more, such as those before a day, are no group.
  if (!all.limits.every(({ cut }) => facts.splits.has(cut))) return mark;
  const made = markOf(mark.kind, mark.label, mark.at, all);
  return { ...made, of: column, along: { ...blankAlong, frame, groups: [key] } };
}

/** The column of which rows have one value that is not written out. */
function groupKey(rows: Rows | null): string | null {
  for (const { cut, side } of rows?.limits ?? [])
    if (cut.startsWith("of:") && !cut.startsWith("of:#") && side.includes("@"))
      return cut.slice("of:".length);
  return null;
}
