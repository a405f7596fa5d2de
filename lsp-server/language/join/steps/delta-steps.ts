import type { Steps, ViewJoin, WindowAggregate } from "../plan/view-join.ts";
import { availableAt, delayOf, floorMod, servable } from "./available-at.ts";
import { integer } from "./quote-name.ts";

/**
 * Sums, counts and means over rows that may arrive late or be retracted: each row becomes two deltas, one when it
 * enters the window and one when it leaves, and the spine looks up the running state. No range join.
 *
 * The result holds, once per spine row: `row_id` and the aggregate under its `output`. A window whose retractions
 * leave no row is empty. Only for integers and decimals: a running sum of floats gathers error.
 * Specified in point-in-time.md, section 6.4.
 */
export function deltaSteps(view: ViewJoin, window: WindowAggregate): Steps {
  const id = `${view.id}_${window.output}`;
  const partition = view.keys.length === 0 ? "" : `PARTITION BY ${view.keys.join(", ")} `;
  const keys = view.keys.map((key) => `${key}, `).join("");
  const after = view.upper === "exclusive" ? " + 1" : "";
  const sign = view.has.sign ? "sign" : "1";
  const arrives = `${availableAt(view.availability)}${after}`;
  const enters = window.edge.kind === "sawtooth" ? `greatest(${arrives}, t + 1)` : arrives;
  const leaves = leavesAt(view, window, after);
  const result = `${id}_state`;
  return {
    steps: [
      {
        name: `${id}_rows`,
        sql: `SELECT ${keys}${window.function === "count" ? sign : `${window.column} * ${sign}`} AS dv, ${sign} AS dn, ${enters} AS enters, ${leaves} AS leaves
FROM ${view.relation}
WHERE ${servable(view)} AND ${window.column} IS NOT NULL`,
      },
      {
        name: `${id}_deltas`,
        sql: `SELECT ${keys}enters AS moment, dv, dn FROM ${id}_rows WHERE leaves IS NULL OR enters < leaves
UNION ALL
SELECT ${keys}leaves, -dv, -dn FROM ${id}_rows WHERE enters < leaves`,
      },
      {
        name: `${id}_moments`,
        sql: `SELECT ${keys}moment, sum(dv) AS dv, sum(dn) AS dn FROM ${id}_deltas GROUP BY ${keys}moment`,
      },
      {
        name: `${id}_running`,
        sql: `SELECT ${keys}moment, sum(dv) OVER w AS v, sum(dn) OVER w AS n FROM ${id}_moments
WINDOW w AS (${partition}ORDER BY moment ROWS UNBOUNDED PRECEDING)`,
      },
      {
        name: result,
        sql: `SELECT s.row_id, ${valueSql(window)} AS ${window.output}
FROM ${view.spine} s ASOF LEFT JOIN ${id}_running x ON ${[...view.keys.map((key) => `s.${key} = x.${key}`), "s.t >= x.moment"].join(" AND ")}`,
      },
    ],
    result,
  };
}

/** Whether deltas can hold the window; a float sum or an extreme cannot be undone. */
export function isInvertible(window: WindowAggregate): boolean {
  if (window.function === "count") return true;
  const undone = window.function === "sum" || window.function === "mean";
  return undone && (window.number === "integer" || window.number === "decimal");
}

/** The instant from which the row no longer counts; NULL = never. */
function leavesAt(view: ViewJoin, window: WindowAggregate, after: string): string {
  switch (window.edge.kind) {
    case "lifetime":
      return "CAST(NULL AS BIGINT)";
    case "continuous": {
      return `t + ${integer(window.edge.windowUs)} + ${integer(delayOf(view))}${after}`;
    }
    case "sawtooth":
      // The tail moves in hops, and the row leaves with the first hop that starts after it.
      return `t - ${floorMod("t", window.edge.hopUs)} + ${integer(window.edge.hopUs)} + ${integer(window.edge.windowUs)}`;
  }
}

function valueSql(window: WindowAggregate): string {
  switch (window.function) {
    case "count":
      return "CASE WHEN s.t IS NULL THEN 0 ELSE coalesce(CAST(x.n AS BIGINT), 0) END";
    case "mean":
      return "CASE WHEN s.t IS NOT NULL AND x.n > 0 THEN CAST(x.v AS DOUBLE) / CAST(x.n AS DOUBLE) END";
    default:
      return `CASE WHEN s.t IS NOT NULL AND x.n > 0 THEN ${window.number === "integer" ? "CAST(x.v AS BIGINT)" : "x.v"} END`;
  }
}
