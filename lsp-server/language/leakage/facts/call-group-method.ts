import { groupAnswers, windowStarts } from "../api/methods.ts";
import type { Expression } from "../ir.ts";
import { derived } from "./derive.ts";
import { markOf } from "./learn.ts";
import type { Program } from "./program.ts";
import { allOf } from "./rows.ts";
import { allTraits, marked, noFrame, unionTraits, withMark } from "./traits.ts";
import type { Passed, Reference, Value } from "./value.ts";

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
    const mark = markOf("lag", name, call.at, value.rows);
    const isOpening = windowStarts.has(name);
    return store.allocate({
      ...withMark(value, mark),
      kind: isOpening ? "grouped" : "data",
      path: isOpening ? "window" : null,
    });
  }
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
  return store.allocate({ ...value, kind: "grouped" });
}
