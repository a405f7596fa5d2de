import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { filterBehind, filterKey, filterOf } from "../values/filter.ts";
import type { Mark } from "../values/mark.ts";
import type { Limit } from "../values/rows.ts";
import type { Value } from "../values/value.ts";

/** Notes what columns some rows are kept by, and against which statistics they are held, where they are kept first. */
export function noteFilter(
  { facts }: Program,
  limits: readonly Limit[],
  at: Place,
  by: { readonly learned: readonly Mark[]; readonly table: Value } | null = null,
): void {
  const learned = by?.learned.filter(({ id }) => !hasLearned(by.table, id)) ?? [];
  for (const limit of limits) {
    const key = filterKey(limit);
    if (facts.filters.has(key)) continue;
    const filter = filterOf(limit, at);
    // Rows that were shown by a statistic, and then taken away by their names.
    const shown = learned.length > 0 ? learned : (filterBehind(facts.filters, limit)?.learned ?? []);
    if (filter) facts.filters.set(key, { ...filter, learned: shown });
    else if (learned.length > 0)
      facts.filters.set(key, { at, columns: [], how: "beyond", bound: limit.bound, learned });
  }
}

/** Whether a column of the table went through that before, and is still the column that it was. */
function hasLearned({ rest, columns }: Value, mark: string): boolean {
  if (rest.marks.has(mark)) return true;
  return [...(columns ?? [])].some(([name, own]) => own.columns.has(name) && own.marks.has(mark));
}
