import { groupAnswers, windowStarts } from "../../api/methods.ts";
import type { Expression } from "../../ir.ts";
import type { Program } from "../program.ts";
import { derived } from "../values/derive.ts";
import { markOf } from "../values/learn.ts";
import { allOf } from "../values/rows.ts";
import { allTraits, marked, noFrame, unionTraits, withMark } from "../values/traits.ts";
import { notFollowed, unfollowed } from "../values/unfollowed.ts";
import type { Passed, Reference, Value } from "../values/value.ts";
import { piped } from "./apply-callback.ts";
import { constantArgument } from "./arguments.ts";

/** A method of `frame.groupby(…)` or of a window over it. */
export function callGroupMethod(
  program: Program,
  value: Value,
  name: string,
  args: readonly Passed[],
  call: Extract<Expression, { op: "call" }>,
): Reference {
  const { store } = program;
  if (["shift", "diff", "pct_change"].includes(name) || windowStarts.has(name)) {
    const periods = constantArgument(args, 0, "periods");
    const isAhead = typeof periods === "number" && periods < 0;
    const mark = markOf(isAhead ? "ahead" : "lag", name, call.at, value.rows);
    const isOpening = windowStarts.has(name);
    return store.allocate({
      ...withMark(value, mark),
      kind: isOpening ? "grouped" : "data",
      path: isOpening ? "window" : null,
    });
  }
  if (["bfill", "backfill", "interpolate"].includes(name))
    return store.allocate({ ...withMark(value, markOf("ahead", name, call.at, value.rows)), kind: "data" });
  if (name === "pipe" && args[0]) return store.allocate(piped(program, value, args[0], args.slice(1), call));
  // A window was opened before: its answers stand beside each row.
  const isWindow = value.path === "window";
  if (
    ["cumsum", "cumcount", "cummax", "cummin", "rank", "ffill", "head", "tail", "nth"].includes(name) ||
    isWindow
  ) {
    return store.allocate({ ...value, kind: "data", path: null });
  }
  const source = derived(
    program,
    args.map((arg) => arg.value),
  );
  const mark = markOf("statistic", name, call.at, value.rows);
  const rest = marked(unionTraits(allTraits(value, store.read), source.rest), mark);
  if (name === "transform" || name === "fillna") {
    return store.allocate({ ...value, kind: "data", columns: null, rest });
  }
  if (name === "apply") {
    const [callback] = args;
    const answer = callback
      ? program.callBack(callback.reference, [{ ...value, kind: "data" }], call.at)
      : value;
    return store.allocate({
      ...answer,
      kind: "data",
      rows: value.rows,
      rest: unionTraits(answer.rest, source.rest),
    });
  }
  if (groupAnswers.has(name)) {
    // One row per group: rows of their own, carrying what was learned from the others.
    return store.allocate({
      ...value,
      kind: "data",
      path: null,
      rows: allOf(`groups:${call.at.cell}:${call.at.from}`),
      columns:
        value.columns &&
        new Map([...value.columns].map(([column, traits]) => [column, marked(traits, mark)])),
      rest: marked(value.rest, mark),
      frame: { ...(value.frame ?? noFrame), isOneRowPer: value.frame?.isOneRowPer ?? [] },
    });
  }
  if (keptGroups.has(name)) return store.allocate({ ...value, kind: "grouped" });
  const values = [value, ...args.map((arg) => arg.value)];
  return store.allocate(unfollowed(program, notFollowed(program.textOf(call.callee.at)), values, call.at));
}

/** Methods that answer the groups again, or their rows as they are. */
const keptGroups: ReadonlySet<string> = new Set(
  "resample groupby group_by get_group sample cumprod ngroup pad forward_fill filter items __iter__ groups indices ngroups plot hist boxplot dtypes get take droplevel select agg_list implode as_index alias sort_index sort_values reset_index".split(
    " ",
  ),
);
