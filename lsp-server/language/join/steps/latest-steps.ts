import type { Step, Steps, ViewJoin } from "../plan/view-join.ts";
import { availableAt, servable } from "./available-at.ts";
import { integer } from "./quote-name.ts";

/**
 * The newest row by event time among those available at the spine's time, with one ASOF join.
 *
 * The result holds, once per spine row: `row_id`, `t` and `a` of the picked row (also when it has expired; NULL when
 * there is none), and `values`, NULL when there is none or it has expired. Ties go to the later created time (NULL
 * first), then the later ordinal, then the greater values. Specified in point-in-time.md, sections 3 and 6.1.
 */
export function latestSteps(view: ViewJoin): Steps {
  const simple = view.availability.mode === "event" || view.availability.mode === "delay";
  const steps = simple ? newestOfEachInstant(view) : newestSeenSoFar(view);
  const rows = steps[steps.length - 1]!.name;
  const result = `${view.id}_latest`;
  return { steps: [...steps, { name: result, sql: asOf(view, rows) }], result };
}

/** Rows arrive in event order, so the last row of an instant is all an ASOF join needs. */
function newestOfEachInstant(view: ViewJoin): Step[] {
  const order = tieOrder(view).map((column) => `${column} DESC NULLS LAST`);
  const select = `SELECT ${columnsOf(view, `${availableAt(view.availability)} AS a`)}
FROM ${view.relation}
WHERE ${servable(view)}
QUALIFY row_number() OVER (PARTITION BY ${[...view.keys, "t"].join(", ")} ORDER BY ${order.join(", ")}) = 1`;
  return [{ name: `${view.id}_rows`, sql: select }];
}

/** Keeps the rows that, when they become available, are the newest seen so far: an older event that arrives late never replaces a newer one. */
function newestSeenSoFar(view: ViewJoin): Step[] {
  const partition = view.keys.length === 0 ? "" : `PARTITION BY ${view.keys.join(", ")} `;
  const order = ["t", ...tieOrder(view).map((column) => `${column} NULLS FIRST`)];
  const available = `${view.id}_available`;
  const ranked = `${view.id}_ranked`;
  return [
    {
      name: available,
      sql: `SELECT *, ${availableAt(view.availability)} AS a
FROM ${view.relation}
WHERE ${servable(view)}`,
    },
    {
      name: ranked,
      sql: `SELECT *, row_number() OVER (${partition}ORDER BY ${order.join(", ")}) AS rank
FROM ${available}`,
    },
    {
      name: `${view.id}_rows`,
      sql: `SELECT ${columnsOf(view, "a")}
FROM ${ranked}
QUALIFY rank = max(rank) OVER (${partition}ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`,
    },
  ];
}

/** The NULL-time guard is not decoration: DuckDB 1.5 and 1.4 match a NULL probe time to the newest row of the key. */
function asOf(view: ViewJoin, rows: string): string {
  const on = [
    ...view.keys.map((key) => `s.${key} = x.${key}`),
    `s.t ${view.upper === "inclusive" ? ">=" : ">"} x.a`,
  ];
  const fresh = view.ttlUs ? ` AND x.t >= s.t - ${integer(view.ttlUs)}` : "";
  const columns = [
    "s.row_id",
    "CASE WHEN s.t IS NOT NULL THEN x.t END AS t",
    "CASE WHEN s.t IS NOT NULL THEN x.a END AS a",
    ...view.values.map((value) => `CASE WHEN s.t IS NOT NULL${fresh} THEN x.${value} END AS ${value}`),
  ];
  return `SELECT ${columns.join(",\n       ")}
FROM ${view.spine} s ASOF LEFT JOIN ${rows} x ON ${on.join(" AND ")}`;
}

/** What decides between rows of one key and instant, NULLs first: the last row wins. */
export function tieOrder(view: ViewJoin): string[] {
  const created = view.has.created ? ["c"] : [];
  const rest = view.has.sequence ? ["seq"] : view.values;
  const order = [...created, ...rest];
  return order.length === 0 ? ["t"] : order;
}

function columnsOf(view: ViewJoin, available: string): string {
  return [...view.keys, "t", available, ...view.values].join(", ");
}
