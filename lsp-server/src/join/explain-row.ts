import { delayOf, notYetReadable, type PreviewGroup, windowOf } from "./preview-group.ts";
import { integer } from "./quote-name.ts";
import type { ResolvedFeature } from "./resolved-training-set.ts";
import type { WindowAggregate } from "./view-join.ts";

/** SQL with one `?`, the row's position: the feature rows around its moment, newest first, each with its verdict and whether a naive join would use it. */
export function whySql(group: PreviewGroup, feature: ResolvedFeature): string {
  const { view, id } = group;
  const window = windowOf(group);
  const column = window?.column ?? feature.value;
  const naive = window ? within("v.t", "p.naive", window, "inclusive", 0) : "v.t = p.naive";
  return `WITH p AS (
  SELECT s.*, preview.${id}_time AS picked, preview.${id}_naive_time AS naive
  FROM s JOIN preview ON preview.row_id = s.row_id WHERE s.row_id = CAST(? AS BIGINT)
),
candidates AS (
  SELECT v.t AS event_time, v.t + ${integer(delayOf(view.join))} AS available_at, v.${column} AS value, p.t AS moment,
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

/** SQL with three `?`, the row's position and two times: the feature of the row's entity as it was from the one to the other, oldest first. A window is its value at each event. */
export function historySql(group: PreviewGroup, feature: ResolvedFeature): string {
  const window = windowOf(group);
  const value = window
    ? `${window.function === "mean" ? "avg" : window.function}(v.${window.column}) OVER (ORDER BY v.t RANGE BETWEEN ${integer(widthUs(window) - 1)} PRECEDING AND CURRENT ROW)`
    : `v.${feature.value}`;
  return `WITH p AS (SELECT * FROM s WHERE row_id = CAST(? AS BIGINT)),
history AS (
  SELECT v.t AS event_time, v.t + ${integer(delayOf(group.view.join))} AS available_at, ${value} AS value
  FROM ${group.view.join.relation} v JOIN p ON ${sameEntity(group)}
  WHERE v.t IS NOT NULL${window ? "" : winnerOfInstant(group)}
)
SELECT event_time, available_at, value FROM history
WHERE event_time BETWEEN CAST(? AS BIGINT) AND CAST(? AS BIGINT)
ORDER BY event_time`;
}

function verdictSql({ view, kind }: PreviewGroup, window: WindowAggregate | null): string {
  const { upper, ttlUs } = view.join;
  const cases = [
    `WHEN p.t IS NULL THEN 'older'`,
    `WHEN v.t ${upper === "inclusive" ? ">" : ">="} p.t THEN 'future'`,
    `WHEN ${notYetReadable(view.join, "v.t", "p.t")} THEN 'not-arrived'`,
    ...(window ? [`WHEN ${within("v.t", "p.t", window, upper, delayOf(view.join))} THEN 'in-window'`] : []),
    ...(kind === "latest" ? ["WHEN v.t = p.picked THEN 'picked'"] : []),
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

/** Of rows of one instant only the one that the join would pick. */
function winnerOfInstant({ view }: PreviewGroup): string {
  const order = [...(view.created ? ["c"] : []), ...view.join.values].map(
    (column) => `v.${column} DESC NULLS LAST`,
  );
  return `\n  QUALIFY row_number() OVER (PARTITION BY v.t ORDER BY ${order.join(", ")}) = 1`;
}

function sameEntity({ view }: PreviewGroup): string {
  return view.join.keys.map((key) => `v.${key} = p.${key}`).join(" AND ") || "TRUE";
}

function widthUs(window: WindowAggregate): number {
  return window.edge.kind === "lifetime" ? 0 : window.edge.windowUs;
}
