import type { Bound, Call, Window } from "../../../sql/query.ts";
import type { Place } from "../../ir.ts";
import { blankAlong } from "../effects/along.ts";
import { type FrameFacts, noFrame } from "../values/frame-facts.ts";
import { markOf } from "../values/learn.ts";
import type { Along, Mark } from "../values/mark.ts";
import type { Value } from "../values/value.ts";
import { isAggregate } from "./aggregates.ts";
import type { Context } from "./context.ts";

/** What a call takes of other rows than its own: all of them, later ones or earlier ones. Null where it takes none. */
export function markOfCall(
  call: Call,
  { rows, frame }: Pick<Value, "rows" | "frame">,
  { sql }: Context,
): Mark | null {
  const at = sql.place(call.at);
  const of = call.args[0]?.column?.name ?? null;
  if (isAggregate(call)) return { ...markOf("statistic", call.name, at, rows), of, isInQuery: true };
  if (call.window === null) return null;
  const reach = reachOf(call, call.window);
  if (reach === null) return null;
  if (reach === "all")
    return {
      ...markOf("statistic", call.name, at, rows),
      of,
      isInQuery: true,
      along: alongOf(call.window, frame, at),
    };
  return markOf(reach === "later" ? "ahead" : "lag", call.name === "lead" ? "LEAD" : "OVER", at, rows);
}

/** The keys whose rows are kept apart, and in which order they stand; null where not all of that is told by names of columns. */
function alongOf({ partition, order }: Window, frame: FrameFacts | null, at: Place): Along | null {
  const groups = partition.map(({ column }) => column?.name ?? null);
  if (groups.length === 0 || groups.includes(null)) return null;
  const by = order[0]?.term.column?.name;
  const facts = frame ?? noFrame;
  const isDescending = order[0]?.isDescending ?? false;
  const sortedBy = by === undefined ? facts.sortedBy : { column: by, columns: [by], isDescending, at };
  return { ...blankAlong, frame: { ...facts, sortedBy }, groups: groups as string[] };
}

type Reach = "all" | "later" | "earlier" | null;

/** Which rows a window function looks at, seen from each row in the order of time. */
function reachOf({ name, args }: Call, { order, frame, isWithoutRow }: Window): Reach {
  const [by] = order;
  const isBackward = by?.isDescending ?? false;
  if (name === "lag" || name === "lead") {
    const offset = Number(args[1]?.constant ?? 1);
    if (offset === 0) return null;
    const isForward = (name === "lead") === offset > 0;
    return isForward === isBackward ? "earlier" : "later";
  }
  if (/^(rank|dense_rank|percent_rank|cume_dist|ntile)$/.test(name)) return "all";
  if (by === undefined)
    return frame === null || name !== "row_number" ? (name === "row_number" ? null : "all") : null;
  if (name === "row_number") return isBackward ? "all" : "earlier";
  const start: Bound = frame?.start ?? { side: "preceding", amount: null };
  const end: Bound = frame?.end ?? { side: "current", amount: null };
  const isBefore = start.side === "preceding" && start.amount !== 0;
  const isAfter = end.side === "following" && end.amount !== 0;
  if (isBefore && isAfter && start.amount === null && end.amount === null) return "all";
  if (isBackward ? isBefore : isAfter) return "later";
  if (isBackward ? isAfter : isBefore) return "earlier";
  return isWithoutRow ? "earlier" : null;
}
