import type { JoinFeature, JoinPlan } from "@lookback/protocol/joins.ts";

export interface RowFilter {
  readonly onlyLeaked: boolean;
  /** A value of the first spine column, which is a key; null = all. */
  readonly entity: string | null;
}

/** SQL for one page of rows: what every row shows, and of the focused feature also the naive value, its leak and its age. */
export function pageSql(
  plan: JoinPlan,
  focused: JoinFeature,
  filter: RowFilter,
  offset: number,
  limit: number,
): string {
  const { columns } = focused;
  const selected = [
    "preview.row_id",
    "spine_time",
    ...plan.spineColumns.map((_, index) => `s${index}`),
    ...plan.features.flatMap((feature) => [feature.columns.value, feature.columns.reason]),
    "shown.naive",
    `${columns.leaked} AS naive_leaks`,
    `spine_time - ${columns.eventTime} AS age`,
  ];
  return `WITH page AS MATERIALIZED (
  SELECT row_id FROM preview${whereSql(focused, filter)} ORDER BY row_id LIMIT ${limit} OFFSET ${offset}
),
shown AS (${focused.naiveSql})
SELECT ${selected.join(", ")}
FROM preview LEFT JOIN shown ON shown.row_id = preview.row_id
WHERE preview.row_id IN (SELECT row_id FROM page)
ORDER BY preview.row_id`;
}

/** SQL that counts the rows of a filter. */
export function countSql(focused: JoinFeature, filter: RowFilter): string {
  return `SELECT count(*) AS rows FROM preview${whereSql(focused, filter)}`;
}

function whereSql(focused: JoinFeature, filter: RowFilter): string {
  const conditions = [
    ...(filter.onlyLeaked ? [focused.columns.leaked] : []),
    ...(filter.entity === null ? [] : [`CAST(s0 AS VARCHAR) = '${filter.entity.replaceAll("'", "''")}'`]),
  ];
  return conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
}
