import { integer } from "../steps/quote-name.ts";
import { arrivesLate, type PreviewGroup, sharedName } from "./preview-group.ts";

/**
 * One row about the whole preview: `rows`, `leaked` (a naive join would have used a row not yet available), `skewed`
 * (some value differs between event time and declared availability), `none` (some feature has no value), and for
 * feature j `f<j>_leaked`, `f<j>_none`, `f<j>_age` (median microseconds, NULL when nothing was picked), `f<j>_ties`
 * (rows whose pick only the values decided: another row of that key and time differs from it).
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

/** Picks whose row has another of its key and time beside it, and of its created time where there is one, that only the values tell apart. */
function tiesSql(group: PreviewGroup): string {
  const { view, kind, id } = group;
  if (kind === "window") return "0";
  const late = arrivesLate(group);
  const differ = view.join.values.map(
    (value) => `min(${value}) IS DISTINCT FROM max(${value}) OR count(${value}) NOT IN (0, count(*))`,
  );
  const by = [...view.join.keys, "t", ...(late ? ["c"] : [])];
  // Where the created time only decides, the rows of the latest one are left.
  const rows =
    view.created && !late
      ? `(SELECT * FROM ${view.join.relation} QUALIFY c IS NOT DISTINCT FROM max(c) OVER (PARTITION BY ${by.join(", ")}))`
      : view.join.relation;
  const tied = `SELECT ${by.join(", ")} FROM ${rows} WHERE t IS NOT NULL GROUP BY ${by.join(", ")} HAVING count(*) > 1 AND (${differ.join(" OR ")})`;
  const on = [
    ...view.join.keys.map((key) => `s.${key} = tied.${key}`),
    `s.${id}_served_time = tied.t`,
    ...(late ? ["x.c IS NOT DISTINCT FROM tied.c"] : []),
  ];
  const picked = late ? ` JOIN ${sharedName(group)} x ON x.pick = s.${id}_served_pick` : "";
  const fresh = view.join.ttlUs ? ` WHERE s.${id}_served_time >= s.t - ${integer(view.join.ttlUs)}` : "";
  return `(SELECT count(*) FROM joined s${picked} JOIN (${tied}) tied ON ${on.join(" AND ")}${fresh})`;
}
