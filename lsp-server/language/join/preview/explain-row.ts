import type { WindowAggregate } from "../plan/view-join.ts";
import type { ResolvedFeature } from "../resolve/resolved-training-set.ts";
import { delayOf } from "../steps/available-at.ts";
import { integer } from "../steps/quote-name.ts";
import { widthUs } from "../steps/window-steps.ts";
import {
  arrivalSql,
  arrivesLate,
  naiveName,
  notYetReadable,
  type PreviewGroup,
  sharedName,
  windowOf,
} from "./preview-group.ts";

/** SQL with one `?`, the row's position: the feature rows around its moment, newest first, each with its verdict and whether a naive join would use it. */
export function whySql(group: PreviewGroup, feature: ResolvedFeature): string {
  const { view, id } = group;
  const window = windowOf(group);
  const column = window?.column ?? feature.value;
  const naive = window ? within("v.t", "p.t", window, view.join.upper, 0) : samePick(group, "naive");
  const rows =
    window || !arrivesLate(group)
      ? []
      : (["served", "naive"] as const).map((which) => createdOf(group, which));
  return `WITH p AS (
  SELECT ${["s.*", `preview.${id}_time AS served_time`, `preview.${id}_naive_time AS naive_time`, ...rows].join(", ")}
  FROM s JOIN preview ON preview.row_id = s.row_id JOIN joined ON joined.row_id = s.row_id
  WHERE s.row_id = CAST(? AS BIGINT)
),
candidates AS (
  SELECT v.t AS event_time, ${arrivalSql(group, "v")} AS available_at, v.${column} AS value, p.t AS moment,
         coalesce(${naive}, false) AS naive, ${verdictSql(group, window)} AS verdict
  FROM ${view.join.relation} v JOIN p ON ${sameEntity(group)}
  WHERE v.t IS NOT NULL${window ? ` AND v.${column} IS NOT NULL` : ""}${window ? "" : winnerOfInstant(group)}
)
SELECT event_time, available_at, value, verdict, naive
FROM candidates
QUALIFY verdict = 'picked' OR row_number() OVER (PARTITION BY verdict, naive ORDER BY abs(event_time - moment), event_time) <=
  CASE verdict WHEN 'in-window' THEN 5 WHEN 'not-arrived' THEN 4 WHEN 'future' THEN 3 ELSE 2 END
ORDER BY event_time DESC`;
}

/**
 * SQL over a table `page` of `row_id`s, a few hundred at most: what a naive join would have shown in each, as `row_id`
 * and `naive`. Windows are added up anew from their events, for only what is looked at is asked for.
 */
export function naiveSql(group: PreviewGroup, feature: ResolvedFeature): string {
  const { view } = group;
  const keys = view.join.keys;
  const window = windowOf(group);
  if (!window) {
    const time = `s.${naiveName(group)}_time`;
    const fresh = view.join.ttlUs ? ` AND ${time} >= s.t - ${integer(view.join.ttlUs)}` : "";
    return `SELECT s.row_id, x.${feature.value} AS naive
FROM page JOIN joined s ON s.row_id = page.row_id LEFT JOIN ${sharedName(group)} x ON x.pick = s.${naiveName(group)}_pick${fresh}`;
  }
  const on = [
    ...keys.map((key) => `v.${key} = p.${key}`),
    within("v.t", "p.t", window, view.join.upper, 0),
  ].join(" AND ");
  return `SELECT p.row_id, ${functionOf(window)}(v.${window.column}) AS naive
FROM (SELECT s.* FROM page JOIN s ON s.row_id = page.row_id) p LEFT JOIN (
  SELECT v.* FROM ${view.join.relation} v, (SELECT min(s.t) AS first, max(s.t) AS last FROM page JOIN s ON s.row_id = page.row_id)
  WHERE v.t BETWEEN first - ${integer(widthUs(window))} AND last
) v ON ${on}
GROUP BY p.row_id`;
}

/** SQL with three `?`, the row's position and two times: the feature of the row's entity as it was from the one to the other, oldest first. A window is its value at each event. */
export function historySql(group: PreviewGroup, feature: ResolvedFeature): string {
  const window = windowOf(group);
  const value = window
    ? `${functionOf(window)}(v.${window.column}) OVER (ORDER BY v.t RANGE BETWEEN ${integer(widthUs(window) - 1)} PRECEDING AND CURRENT ROW)`
    : `v.${feature.value}`;
  return `WITH p AS (SELECT * FROM s WHERE row_id = CAST(? AS BIGINT)),
history AS (
  SELECT v.t AS event_time, ${arrivalSql(group, "v")} AS available_at, ${value} AS value
  FROM ${group.view.join.relation} v JOIN p ON ${sameEntity(group)}
  WHERE v.t IS NOT NULL${window ? "" : winnerOfInstant(group)}
)
SELECT event_time, available_at, value FROM history
WHERE event_time BETWEEN CAST(? AS BIGINT) AND CAST(? AS BIGINT)
ORDER BY event_time`;
}

function verdictSql(group: PreviewGroup, window: WindowAggregate | null): string {
  const { view, kind } = group;
  const { upper, ttlUs } = view.join;
  const cases = [
    `WHEN p.t IS NULL THEN 'older'`,
    `WHEN v.t ${upper === "inclusive" ? ">" : ">="} p.t THEN 'future'`,
    `WHEN ${notYetReadable(view.join, arrivalSql(group, "v"), "p.t")} THEN 'not-arrived'`,
    ...(window ? [`WHEN ${within("v.t", "p.t", window, upper, delayOf(view.join))} THEN 'in-window'`] : []),
    ...(kind === "latest" ? [`WHEN ${samePick(group, "served")} THEN 'picked'`] : []),
    ...(kind === "latest" && ttlUs ? [`WHEN v.t < p.t - ${integer(ttlUs)} THEN 'expired'`] : []),
  ];
  return `CASE ${cases.join(" ")} ELSE 'older' END`;
}

function within(
  time: string,
  moment: string,
  window: WindowAggregate,
  upper: "inclusive" | "exclusive",
  delayUs: number,
): string {
  const end = `${moment} - ${integer(delayUs)}`;
  const start = `${end} - ${integer(widthUs(window))}`;
  return upper === "inclusive"
    ? `(${time} > ${start} AND ${time} <= ${end})`
    : `(${time} >= ${start} AND ${time} < ${end})`;
}

/** Whether a candidate is the row that the join picked, or a naive one would. */
function samePick(group: PreviewGroup, which: "served" | "naive"): string {
  const time = `v.t = p.${which}_time`;
  return arrivesLate(group) ? `${time} AND v.c IS NOT DISTINCT FROM p.${which}_c` : time;
}

function createdOf(group: PreviewGroup, which: "served" | "naive"): string {
  const name = which === "served" ? `${group.id}_served` : naiveName(group);
  return `(SELECT x.c FROM ${sharedName(group)} x WHERE x.pick = joined.${name}_pick) AS ${which}_c`;
}

/** Of rows that nothing but their values tells apart only the one that the join would pick. */
function winnerOfInstant(group: PreviewGroup): string {
  const { view } = group;
  const apart = arrivesLate(group) ? ["v.t", "v.c"] : ["v.t"];
  const order = [...(view.created ? ["c"] : []), ...view.join.values].map(
    (column) => `v.${column} DESC NULLS LAST`,
  );
  return `\n  QUALIFY row_number() OVER (PARTITION BY ${apart.join(", ")} ORDER BY ${order.join(", ")}) = 1`;
}

function sameEntity({ view }: PreviewGroup): string {
  return view.join.keys.map((key) => `v.${key} = p.${key}`).join(" AND ") || "TRUE";
}

function functionOf(window: WindowAggregate): string {
  return window.function === "mean" ? "avg" : window.function;
}
