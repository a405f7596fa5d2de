import { integer } from "./quote-name.ts";
import type { Steps, ViewJoin, WindowAggregate } from "./view-join.ts";

/**
 * Trailing windows over rows that become available in event order (`event`, `delay`), evaluated at the spine's time
 * and not at the last event, so that an idle key decays.
 *
 * The result holds, once per spine row: `row_id`, each aggregate under its `output`, and `<output>_t`, the event time
 * of the newest row that counted. Rows count when E - w < t <= E (inclusive) or E - w <= t < E (exclusive), with E the
 * spine's time less the delay. NULL inputs are ignored; an empty window is 0 for `count` and NULL otherwise.
 * Specified in point-in-time.md, sections 4 and 6.3.
 */
export function windowSteps(view: ViewJoin): Steps {
  const columns = [...new Set(view.windows.map((window) => window.column))];
  const union = `${view.id}_moments`;
  const state = `${view.id}_windows`;
  const result = `${view.id}_window`;
  return {
    steps: [
      { name: union, sql: momentsSql(view, columns) },
      { name: state, sql: stateSql(view, union) },
      { name: result, sql: resultSql(view, state) },
    ],
    result,
  };
}

/** Whether these steps can hold the window; others need deltas. */
export function arrivesInOrder(view: ViewJoin, window: WindowAggregate): boolean {
  const ordered = view.availability.mode === "event" || view.availability.mode === "delay";
  return ordered && window.edge.kind === "continuous" && !view.has.sign;
}

function momentsSql(view: ViewJoin, columns: readonly string[]): string {
  const delay = view.availability.mode === "delay" ? view.availability.delayUs : 0;
  const moment = delay === 0 ? "t" : `t - ${integer(delay)}`;
  const known = (names: readonly string[]) => names.map((name) => `${name} IS NOT NULL`).join(" AND ");
  const keys = view.keys.map((key) => `${key}, `).join("");
  return `SELECT ${keys}${moment} AS moment, row_id, CAST(NULL AS BIGINT) AS t${columns.map((column) => `, NULL AS ${column}`).join("")}
FROM ${view.spine}
WHERE ${known([...view.keys, "t"])}
UNION ALL
SELECT ${keys}t, CAST(NULL AS BIGINT), t${columns.map((column) => `, ${column}`).join("")}
FROM ${view.relation}
WHERE ${known([...view.keys, "t"])} AND (${columns.map((column) => `${column} IS NOT NULL`).join(" OR ")})`;
}

function stateSql(view: ViewJoin, union: string): string {
  const widths = [...new Set(view.windows.map(widthUs))];
  const partition = view.keys.length === 0 ? "" : `PARTITION BY ${view.keys.join(", ")} `;
  const frame = (width: number) =>
    view.upper === "inclusive"
      ? `RANGE BETWEEN ${integer(width - 1)} PRECEDING AND CURRENT ROW`
      : `RANGE BETWEEN ${integer(width)} PRECEDING AND 1 PRECEDING`;
  const outputs = view.windows.flatMap((window) => {
    const over = `OVER w${widths.indexOf(widthUs(window))}`;
    return [
      `${aggregateSql(window)} ${over} AS ${window.output}`,
      `max(CASE WHEN ${window.column} IS NOT NULL THEN t END) ${over} AS ${window.output}_t`,
    ];
  });
  return `SELECT row_id, ${outputs.join(",\n       ")}
FROM ${union}
WINDOW ${widths.map((width, index) => `w${index} AS (${partition}ORDER BY moment ${frame(width)})`).join(",\n       ")}`;
}

function resultSql(view: ViewJoin, state: string): string {
  const outputs = view.windows.flatMap((window) => [
    `${emptyWindow(window, `z.${window.output}`)} AS ${window.output}`,
    `z.${window.output}_t`,
  ]);
  return `SELECT s.row_id, ${outputs.join(", ")}
FROM ${view.spine} s LEFT JOIN ${state} z ON z.row_id = s.row_id`;
}

function emptyWindow(window: WindowAggregate, value: string): string {
  if (window.function === "count") return `coalesce(${value}, 0)`;
  // DuckDB sums integers into HUGEINT, which Parquet and pandas turn into DOUBLE.
  return window.function === "sum" && window.number === "integer" ? `CAST(${value} AS BIGINT)` : value;
}

function aggregateSql(window: WindowAggregate): string {
  const name = window.function === "mean" ? "avg" : window.function;
  return `${name}(${window.column})`;
}

function widthUs(window: WindowAggregate): number {
  return window.edge.kind === "lifetime" ? 0 : window.edge.windowUs;
}
