import type { Place } from "../../ir.ts";
import type { Mark } from "./mark.ts";
import type { Limit } from "./rows.ts";

/** Rows kept by what a column says of each. */
export interface Filter {
  readonly at: Place;
  readonly columns: readonly string[];
  /** `known`: by whether there is a value, there or not; `equal`: by one value; `beyond`: by a bound. */
  readonly how: "known" | "equal" | "beyond";
  /** What it is held against; empty where that is not a text or a number. */
  readonly bound: string;
  /** The statistics of rows that it is held against. */
  readonly learned: readonly Mark[];
}

/** Names one side of a cut. */
export function filterKey({ cut, side, bound }: Limit): string {
  return `${cut} ${side} ${bound}`;
}

/** What put rows on this side of a cut; where nothing says that, what showed the other side, which was then taken away. */
export function filterBehind(filters: ReadonlyMap<string, Filter>, limit: Limit): Filter | null {
  const other = { low: "high", high: "low", yes: "no", no: "yes" }[limit.side];
  const away = other === undefined ? undefined : filters.get(filterKey({ ...limit, side: other }));
  return filters.get(filterKey(limit)) ?? away ?? null;
}

/** What a cut goes by, where it is a column; null for all others. */
export function filterOf({ cut, bound }: Limit, at: Place): Filter | null {
  const [, kind, rest = ""] = /^(by|is):(?!#)(.*)$/s.exec(cut) ?? [];
  if (kind === undefined || rest === "?=null") return null;
  if (kind === "by") return { at, columns: [rest], how: "beyond", bound, learned: [] };
  const equal = rest.indexOf("=");
  const [column, value] = [rest.slice(0, equal), rest.slice(equal + 1)];
  return { at, columns: [column], how: value === "null" ? "known" : "equal", bound: value, learned: [] };
}
