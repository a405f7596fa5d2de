import type { Availability, ViewJoin } from "../plan/view-join.ts";
import { integer } from "./quote-name.ts";

/** The expression of a row's availability over the columns `t` and `c`: never before `t`; correct before 1970. */
export function availableAt(availability: Availability): string {
  switch (availability.mode) {
    case "event":
      return "t";
    case "delay":
      return availability.delayUs === 0 ? "t" : `t + ${integer(availability.delayUs)}`;
    case "schedule":
      return `t - ${floorMod("t", availability.everyUs)} + ${integer(availability.everyUs + availability.delayUs)}`;
    case "created":
      // DuckDB's greatest passes over NULL: rows without a created time are taken out before, see `servable`.
      return availability.delayUs === 0
        ? "greatest(t, c)"
        : `greatest(t + ${integer(availability.delayUs)}, c)`;
  }
}

/** The delay of rows behind their event time that a definition states. */
export function delayOf({ availability }: ViewJoin): number {
  return availability.mode === "delay" || availability.mode === "created" ? availability.delayUs : 0;
}

/** Which rows of the view can ever be served: all keys known, the event time known and, in created mode, the created time known. */
export function servable(view: ViewJoin): string {
  const columns = [...view.keys, "t", ...(view.availability.mode === "created" ? ["c"] : [])];
  return columns.map((column) => `${column} IS NOT NULL`).join(" AND ");
}

/** `x` modulo a positive constant, never negative: SQL's own `%` is wrong before 1970. */
export function floorMod(x: string, modulus: number): string {
  const m = integer(modulus);
  return `((${x} % ${m}) + ${m}) % ${m}`;
}
