import type { Step, Steps, ViewJoin, WindowAggregate } from "../plan/view-join.ts";
import { delayOf, floorMod } from "./available-at.ts";
import { integer } from "./quote-name.ts";

/**
 * Trailing windows over rows that become available in event order (`event`, `delay`), evaluated at the spine's time
 * and not at the last event, so that an idle key decays.
 *
 * Time is cut into tiles as wide as the window, so that a window is the end of one tile and the start of the next. Each
 * event carries the aggregate from its tile's start to it and from it to its tile's end; two ASOF joins find the two
 * events, and no sum is ever undone, which keeps floats as exact as adding them up. It gives the same as section 6.3
 * of point-in-time.md in a third of the time.
 *
 * The result holds, once per spine row: `row_id`, each aggregate under its `output`, and `<output>_t`, the event time
 * of the newest row that counted. Rows count when E - w < t <= E (inclusive) or E - w <= t < E (exclusive), with E the
 * spine's time less the delay. NULL inputs are ignored; an empty window is 0 for `count` and NULL otherwise.
 */
export function windowSteps(view: ViewJoin): Steps {
  const lookups = view.windows.map((window) => ({
    window,
    tiles: tileSteps(view, window),
    lookup: windowLookup(view, window, tilesName(view, window)),
  }));
  const result = `${view.id}_window`;
  const outputs = lookups.map(
    ({ window, lookup }) => `${lookup.result}.${window.output}, ${lookup.result}.${window.output}_t`,
  );
  const joins = lookups.map(
    ({ lookup }) => `LEFT JOIN ${lookup.result} ON ${lookup.result}.row_id = s.row_id`,
  );
  const whole = `SELECT s.row_id, ${outputs.join(", ")}\nFROM ${view.spine} s\n${joins.join("\n")}`;
  return {
    steps: [
      ...lookups.flatMap(({ tiles, lookup }) => [...tiles, ...lookup.steps]),
      { name: result, sql: whole },
    ],
    result,
  };
}

/** Whether these steps can hold the window; others need deltas. */
export function arrivesInOrder(view: ViewJoin, window: WindowAggregate): boolean {
  const ordered = view.availability.mode === "event" || view.availability.mode === "delay";
  return ordered && window.edge.kind === "continuous" && !view.has.sign;
}

/** The step of `tileSteps` that holds the tiled events of a window. */
export function tilesName(view: ViewJoin, window: WindowAggregate): string {
  return `${view.id}_${window.output}_tiles`;
}

/** One row per key and instant, with the running aggregates of its tile. They do not depend on the spine. */
export function tileSteps(view: ViewJoin, window: WindowAggregate): readonly Step[] {
  const instants = `${view.id}_${window.output}_instants`;
  const keys = view.keys.map((key) => `${key}, `).join("");
  const parts = partsOf(window);
  const known = [...view.keys, "t", window.column].map((name) => `${name} IS NOT NULL`).join(" AND ");
  const running = parts.flatMap(({ name, again }) => [
    `${again}(${name}) OVER head AS ${name}_head`,
    `${again}(${name}) OVER tail AS ${name}_tail`,
  ]);
  return [
    {
      name: instants,
      sql: `SELECT ${keys}t, ${tileOf("t", widthUs(window))} AS tile, ${parts.map(({ name, first }) => `${first}(${window.column}) AS ${name}`).join(", ")}
FROM ${view.relation}
WHERE ${known}
GROUP BY ${keys}t`,
    },
    {
      name: tilesName(view, window),
      sql: `SELECT ${keys}t, tile, ${running.join(", ")}
FROM ${instants}
WINDOW head AS (PARTITION BY ${keys}tile ORDER BY t ROWS UNBOUNDED PRECEDING),
       tail AS (PARTITION BY ${keys}tile ORDER BY t ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)`,
    },
  ];
}

/** The window of each spine row, from tiled events. The result holds `row_id`, the output and `<output>_t`. */
export function windowLookup(view: ViewJoin, window: WindowAggregate, tiles: string): Steps {
  const id = `${view.id}_${window.output}`;
  const width = widthUs(window);
  const delay = delayOf(view);
  const keys = view.keys.map((key) => `${key}, `).join("");
  const on = (comparison: string) =>
    [...view.keys.map((key) => `s.${key} = x.${key}`), comparison].join(" AND ");
  const inclusive = view.upper === "inclusive";
  const parts = partsOf(window).map(({ name }) => name);
  const select = (end: "head" | "tail", bound: string) =>
    parts
      .map((name) => `CASE WHEN x.tile = ${tileOf(`s.${bound}`, width)} THEN x.${name}_${end} END AS ${name}`)
      .join(", ");
  return {
    steps: [
      {
        name: `${id}_bounds`,
        sql: `SELECT row_id, ${keys}t - ${integer(delay)} AS upto, t - ${integer(delay)} - ${integer(width)} AS since\nFROM ${view.spine}`,
      },
      {
        name: `${id}_head`,
        sql: `SELECT s.row_id, s.since, x.t, ${select("head", "upto")}
FROM ${id}_bounds s ASOF LEFT JOIN ${tiles} x ON ${on(`s.upto ${inclusive ? ">=" : ">"} x.t`)}`,
      },
      {
        name: `${id}_tail`,
        sql: `SELECT s.row_id, ${select("tail", "since")}
FROM ${id}_bounds s ASOF LEFT JOIN ${tiles} x ON ${on(`s.since ${inclusive ? "<" : "<="} x.t`)}`,
      },
      {
        name: `${id}_value`,
        sql: `SELECT head.row_id, ${valueSql(window)} AS ${window.output},
       CASE WHEN head.t ${inclusive ? ">" : ">="} head.since THEN head.t END AS ${window.output}_t
FROM ${id}_head head JOIN ${id}_tail tail ON tail.row_id = head.row_id`,
      },
    ],
    result: `${id}_value`,
  };
}

interface Part {
  readonly name: "total" | "n" | "least" | "most";
  /** Aggregates the rows of one instant. */
  readonly first: string;
  /** Aggregates those again. */
  readonly again: string;
}

function partsOf(window: WindowAggregate): readonly Part[] {
  const total: Part = { name: "total", first: "sum", again: "sum" };
  const n: Part = { name: "n", first: "count", again: "sum" };
  switch (window.function) {
    case "mean":
      return [total, n];
    case "sum":
      return [total];
    case "count":
      return [n];
    case "min":
      return [{ name: "least", first: "min", again: "min" }];
    case "max":
      return [{ name: "most", first: "max", again: "max" }];
  }
}

/** `since` is NULL when the spine's time is: an ASOF join of DuckDB 1.5 and 1.4 would have matched that to the newest row. */
function valueSql(window: WindowAggregate): string {
  const either = (name: string) => `coalesce(head.${name} + tail.${name}, head.${name}, tail.${name})`;
  const guarded = (value: string) => `CASE WHEN head.since IS NOT NULL THEN ${value} END`;
  switch (window.function) {
    case "mean":
      return guarded(`CAST(${either("total")} AS DOUBLE) / CAST(${either("n")} AS DOUBLE)`);
    case "sum":
      // DuckDB sums integers into HUGEINT, which Parquet and pandas turn into DOUBLE.
      return guarded(window.number === "integer" ? `CAST(${either("total")} AS BIGINT)` : either("total"));
    case "count":
      return `coalesce(${guarded(`CAST(${either("n")} AS BIGINT)`)}, 0)`;
    case "min":
      return guarded("least(head.least, tail.least)");
    case "max":
      return guarded("greatest(head.most, tail.most)");
  }
}

function tileOf(time: string, width: number): string {
  return `${time} - ${floorMod(time, width)}`;
}

/** How far a window reaches back, in microseconds. Tiles never hold a lifetime; deltas do. */
export function widthUs(window: WindowAggregate): number {
  return window.edge.kind === "lifetime" ? 1 : window.edge.windowUs;
}
