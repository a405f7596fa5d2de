import type { Steps, ViewJoin, WindowAggregate } from "../plan/view-join.ts";
import { availableAt, delayOf, servable } from "./available-at.ts";
import { integer } from "./quote-name.ts";
import { tileSteps, tilesName, widthUs, windowLookup } from "./window-steps.ts";

/**
 * A trailing window over rows that may arrive late, for functions that cannot be undone (min, max, sums and means of
 * floats): the rows that arrived on time by tiles, the late ones, readable only after event time plus delay, by a join of
 * the late rows alone. Quadratic only in the late rows of a key that fall into one window.
 *
 * The result holds, once per spine row: `row_id` and the aggregate under its `output`. Specified in point-in-time.md,
 * section 6.5.
 */
export function lateWindowSteps(view: ViewJoin, window: WindowAggregate): Steps {
  const id = `${view.id}_${window.output}`;
  const keys = view.keys.map((key) => `${key}, `).join("");
  const onTime: ViewJoin = {
    ...view,
    id: `${id}_ontime`,
    relation: `${id}_ontime`,
    availability: { mode: "delay", delayUs: delayOf(view) },
  };
  const parts = partsOf(window);
  const looked = parts.map((part) => windowLookup(onTime, part, tilesName(onTime, part)));
  const due = `t + ${integer(delayOf(view))}`;
  const arrived = view.upper === "inclusive" ? "x.a <= s.t" : "x.a < s.t";
  const since = `s.t - ${integer(delayOf(view))} - ${integer(widthUs(window))}`;
  const inside = view.upper === "inclusive" ? `x.t > ${since}` : `x.t >= ${since}`;
  const on = [...view.keys.map((key) => `s.${key} = x.${key}`), arrived, inside].join(" AND ");
  const late = `${id}_late`;
  const result = `${id}_value`;
  return {
    steps: [
      {
        name: onTime.relation,
        sql: `SELECT * FROM ${view.relation} WHERE ${servable(view)} AND c <= ${due}`,
      },
      ...parts.flatMap((part) => tileSteps(onTime, part)),
      ...looked.flatMap((each) => each.steps),
      {
        name: `${late}_rows`,
        sql: `SELECT ${keys}t, ${availableAt(view.availability)} AS a, ${window.column} AS x
FROM ${view.relation} WHERE ${servable(view)} AND c > ${due} AND ${window.column} IS NOT NULL`,
      },
      {
        name: late,
        sql: `SELECT s.row_id, ${parts.map((part) => `${part.function}(x.x) AS ${part.output}`).join(", ")}
FROM ${view.spine} s JOIN ${late}_rows x ON ${on}
GROUP BY s.row_id`,
      },
      {
        name: result,
        sql: `SELECT s.row_id, ${valueSql(window, parts, looked, late)} AS ${window.output}
FROM ${view.spine} s
${looked.map(({ result: name }) => `LEFT JOIN ${name} ON ${name}.row_id = s.row_id`).join("\n")}
LEFT JOIN ${late} ON ${late}.row_id = s.row_id`,
      },
    ],
    result,
  };
}

/** Whether these steps can hold the window. */
export function isLateWindow(view: ViewJoin, window: WindowAggregate): boolean {
  return view.availability.mode === "created" && window.edge.kind === "continuous" && !view.has.sign;
}

/** A mean is a sum and a count. */
function partsOf(window: WindowAggregate): readonly WindowAggregate[] {
  if (window.function !== "mean") return [window];
  return [
    { ...window, output: `${window.output}_sum`, function: "sum" },
    { ...window, output: `${window.output}_count`, function: "count" },
  ];
}

function valueSql(
  window: WindowAggregate,
  parts: readonly WindowAggregate[],
  looked: readonly Steps[],
  late: string,
): string {
  const [first, second] = parts.map((part, at) => [
    `${looked[at]!.result}.${part.output}`,
    `${late}.${part.output}`,
  ]);
  const sum = ([a, b]: readonly string[]) => `coalesce(${a} + ${b}, ${a}, ${b})`;
  switch (window.function) {
    case "min":
      return `least(${first!.join(", ")})`;
    case "max":
      return `greatest(${first!.join(", ")})`;
    case "count":
      return `CAST(${sum(first!)} AS BIGINT)`;
    case "sum":
      return window.number === "integer" ? `CAST(${sum(first!)} AS BIGINT)` : sum(first!);
    case "mean":
      return `CASE WHEN ${sum(second!)} > 0 THEN CAST(${sum(first!)} AS DOUBLE) / CAST(${sum(second!)} AS DOUBLE) END`;
  }
}
