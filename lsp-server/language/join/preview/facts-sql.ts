import type { PreviewGroup } from "./preview-group.ts";

/**
 * One row about the whole preview: `rows`, `leaked` (a naive join would have used a row not yet available), `skewed`
 * (some value differs between event time and declared availability), `none` (some feature has no value), and for
 * feature j `f<j>_leaked`, `f<j>_none`, `f<j>_age` (median microseconds, NULL when nothing was picked), `f<j>_ties`
 * (instants of a key where only the values decided).
 */
export function factsSql(groups: readonly PreviewGroup[]): string {
  const features = groups
    .flatMap((group) => group.features.map(({ at }) => ({ at, group })))
    .sort((a, b) => a.at - b.at);
  const anyNone = features.map(({ at }) => `f${at} IS NULL`).join(" OR ") || "FALSE";
  const columns = [
    "count(*) AS rows",
    "count(*) FILTER (WHERE leaked) AS leaked",
    "count(*) FILTER (WHERE skewed) AS skewed",
    `count(*) FILTER (WHERE ${anyNone}) AS none`,
    ...features.flatMap(({ at, group }) => [
      `count(*) FILTER (WHERE ${group.id}_leaked) AS f${at}_leaked`,
      `count(*) FILTER (WHERE f${at} IS NULL) AS f${at}_none`,
      `CAST(median(spine_time - ${group.id}_time) AS BIGINT) AS f${at}_age`,
      `${tiesSql(group)} AS f${at}_ties`,
    ]),
  ];
  return `SELECT ${columns.join(",\n       ")}\nFROM preview`;
}

function tiesSql({ view, kind }: PreviewGroup): string {
  if (kind === "window") return "0";
  const differ = view.join.values.map(
    (value) => `min(${value}) IS DISTINCT FROM max(${value}) OR count(${value}) NOT IN (0, count(*))`,
  );
  const by = [...view.join.keys, "t", ...(view.created ? ["c"] : [])].join(", ");
  return `(SELECT count(*) FROM (SELECT 1 FROM ${view.join.relation} WHERE t IS NOT NULL GROUP BY ${by} HAVING count(*) > 1 AND (${differ.join(" OR ")})))`;
}
