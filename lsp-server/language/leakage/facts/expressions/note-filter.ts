import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { filterKey, filterOf } from "../values/filter.ts";
import type { Limit } from "../values/rows.ts";

/** Notes what columns some rows are kept by, where they are kept first. */
export function noteFilter({ facts }: Program, limits: readonly Limit[], at: Place): void {
  for (const limit of limits) {
    const key = filterKey(limit);
    const filter = facts.filters.has(key) ? null : filterOf(limit, at);
    if (filter) facts.filters.set(key, filter);
  }
}
