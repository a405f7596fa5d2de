import { columnKind, type SharedColumn } from "./column-kind.ts";

/** The SQL of a comparison of the tables `before` and `after`, row by row. All of it runs on any DuckDB. */

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** One row: `rows`, and for each key in turn how many values of it differ and how many are missing. */
export function uniqueSql(table: "before" | "after", keys: readonly (readonly string[])[]): string {
  const counts = keys.map((key, at) => {
    const columns = key.map(quoted);
    const whole = columns.length === 1 ? columns[0] : `(${columns.join(", ")})`;
    const isMissing = columns.map((column) => `${column} IS NULL`).join(" OR ");
    return `count(DISTINCT ${whole}) AS d${at}, count(*) FILTER (WHERE ${isMissing}) AS n${at}`;
  });
  return `SELECT ${["count(*) AS rows", ...counts].join(", ")} FROM ${table}`;
}

/** Makes `matched`: each row of either table beside its counterpart, `in_before` and `in_after` where it is. */
export function matchSql(key: readonly SharedColumn[], columns: readonly SharedColumn[]): string {
  const sides = [...key, ...columns].flatMap(({ name }, at) => [
    `l.${quoted(name)} AS l${at}`,
    `r.${quoted(name)} AS r${at}`,
  ]);
  return `CREATE OR REPLACE TEMP TABLE matched AS SELECT ${[
    "l.lookback_is_here AS in_before",
    "r.lookback_is_here AS in_after",
    ...sides,
  ].join(", ")}
    FROM (SELECT *, true AS lookback_is_here FROM before) l
    FULL OUTER JOIN (SELECT *, true AS lookback_is_here FROM after) r
    ON ${key.map((each) => `${comparable("l", each)} = ${comparable("r", each)}`).join(" AND ")}`;
}

/** One row: how many rows are `added`, `removed`, `changed`, and in how many each column changed (`c0`, …). */
export function countSql(keys: number, columns: readonly SharedColumn[]): string {
  const both = "in_before AND in_after";
  const each = columns.map(
    (column, at) => `count(*) FILTER (WHERE ${both} AND ${differs(column, keys + at)}) AS c${at}`,
  );
  return `SELECT ${[
    "count(*) FILTER (WHERE in_before IS NULL) AS added",
    "count(*) FILTER (WHERE in_after IS NULL) AS removed",
    `count(*) FILTER (WHERE ${both} AND ${anyDiffers(keys, columns)}) AS changed`,
    ...each,
  ].join(", ")} FROM matched`;
}

/** A few rows of a kind as texts: `l0`, `r0`, … in the order of the keys and columns. */
export function exampleSql(
  kind: "added" | "removed" | "changed",
  keys: number,
  columns: readonly SharedColumn[],
  most: number,
): string {
  const where = {
    added: "in_before IS NULL",
    removed: "in_after IS NULL",
    changed: `in_before AND in_after AND ${anyDiffers(keys, columns)}`,
  }[kind];
  const count = keys + columns.length;
  const texts = Array.from(
    { length: count },
    (_, at) => `l${at}::VARCHAR AS l${at}, r${at}::VARCHAR AS r${at}`,
  );
  return `SELECT ${texts.join(", ")} FROM matched WHERE ${where} LIMIT ${most}`;
}

/** One row: how many whole rows are only in `after` (`added`), and only in `before` (`removed`), each as often as it is there. */
export function wholeRowsSql(columns: readonly SharedColumn[]): string {
  const list = (side: string) => columns.map((column) => comparable(side, column)).join(", ");
  const left = `SELECT ${list("l")} FROM before l`;
  const right = `SELECT ${list("r")} FROM after r`;
  return `SELECT (SELECT count(*) FROM (${right} EXCEPT ALL ${left})) AS added,
    (SELECT count(*) FROM (${left} EXCEPT ALL ${right})) AS removed`;
}

/** Rows `bin`, `before`, `after`: how the numbers or times of both tables spread over `bins` equal steps; −1 holds what is missing. The ends hold what lies beyond the middle 98 %. */
export function spreadSql({ name, left, right }: SharedColumn, bins: number): string {
  const value = (type: string) =>
    columnKind(type) === "time" ? `epoch(${quoted(name)}::TIMESTAMP)` : `TRY_CAST(${quoted(name)} AS DOUBLE)`;
  return `WITH every AS (
      SELECT 0 AS side, ${value(left)} AS v FROM before UNION ALL SELECT 1, ${value(right)} FROM after),
    ends AS (SELECT quantile_cont(v, 0.01) AS low, quantile_cont(v, 0.99) AS high FROM every WHERE isfinite(v)),
    placed AS (SELECT side, CASE WHEN v IS NULL OR isnan(v) THEN -1 WHEN high = low THEN CASE WHEN v < low THEN 0 WHEN v > high THEN ${bins - 1} ELSE ${bins >> 1} END
      ELSE least(${bins - 1}, greatest(0, floor((v - low) / (high - low) * ${bins}))) END AS bin FROM every, ends)
    SELECT CAST(bin AS INTEGER) AS bin, count(*) FILTER (WHERE side = 0) AS before, count(*) FILTER (WHERE side = 1) AS after
    FROM placed GROUP BY 1 ORDER BY 1`;
}

/** Rows `value`, `before`, `after`: how often each value is there, the most frequent first, and as many rows as asked for. */
export function frequencySql({ name }: SharedColumn, most: number): string {
  const column = `${quoted(name)}::VARCHAR`;
  return `WITH every AS (
      SELECT 0 AS side, ${column} AS v FROM before UNION ALL SELECT 1, ${column} FROM after)
    SELECT v AS value, count(*) FILTER (WHERE side = 0) AS before, count(*) FILTER (WHERE side = 1) AS after
    FROM every GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${most}`;
}

function anyDiffers(keys: number, columns: readonly SharedColumn[]): string {
  if (columns.length === 0) return "false";
  return `(${columns.map((column, at) => differs(column, keys + at)).join(" OR ")})`;
}

function differs({ left, right }: SharedColumn, at: number): string {
  const cast = castFor(left, right);
  return `l${at}${cast} IS DISTINCT FROM r${at}${cast}`;
}

/** A value that may be held against its counterpart of another type. */
function comparable(side: string, { name, left, right }: SharedColumn): string {
  return `${side}.${quoted(name)}${castFor(left, right)}`;
}

function castFor(left: string, right: string): string {
  if (left === right) return "";
  const [kind, other] = [columnKind(left), columnKind(right)];
  if (kind === other && kind === "number") return "::DOUBLE";
  return kind === other && kind === "time" ? "::TIMESTAMP" : "::VARCHAR";
}
