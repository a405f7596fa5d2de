import type { Expression } from "../../ir.ts";
import type { Program } from "../program.ts";
import { derived } from "../values/derive.ts";
import { markOf } from "../values/learn.ts";
import { brief, limited } from "../values/rows.ts";
import { isTimeName, withTimeColumn } from "../values/time-columns.ts";
import { allTraits, columnTraits, marked, noFrame, unionTraits } from "../values/traits.ts";
import type { JoinFact, Passed, Reference, Side, TimeColumn, Traits, Value } from "../values/value.ts";
import { argument, constantArgument, textsOf } from "./arguments.ts";

/** `left.merge(right, …)` and its kin: the left side's rows, with the right side's columns marked as joined. */
export function joinFrames(
  program: Program,
  left: Pick<Passed, "value" | "expression"> | null,
  right: Passed | null,
  args: readonly Passed[],
  how: JoinFact["how"],
  call: Extract<Expression, { op: "call" }>,
): Reference {
  const { store, facts } = program;
  if (!left || !right) return store.allocate(derived(program, left ? [left.value] : []));
  const { read } = store;
  const on = textsOf(argument(args, 1, "on", "by"), read);
  const leftKeys = textsOf(argument(args, -1, "left_on", "left_by"), read) ?? on ?? [];
  const rightKeys = textsOf(argument(args, -1, "right_on", "right_by"), read) ?? on ?? [];
  const kind = constantArgument(args, 0, "how");
  const name = call.callee.op === "attribute" ? call.callee.name : "";
  const names = args.map((arg) => arg.name);
  const fact: JoinFact = {
    at: call.at,
    how,
    left: sideOf(left.value, leftKeys),
    right: sideOf(right.value, rightKeys),
    leftKeys,
    rightKeys,
    written: {
      left: program.textOf(left.expression.at),
      right: program.textOf(right.expression.at),
      how: typeof kind === "string" ? kind : null,
      isPlain: on !== null && names.every((name) => name === null || name === "on" || name === "how"),
    },
  };
  const mark = markOf("join", "merge", call.at, right.value.rows, fact);
  facts.joins.set(mark.id, fact);
  const columns = new Map<string, Traits>(left.value.columns ?? []);
  for (const [name, traits] of right.value.columns ?? []) {
    if (rightKeys.includes(name) && leftKeys.includes(name)) continue;
    columns.set(name, marked(traits.columns.size > 0 ? traits : columnTraits(name, traits), mark));
  }
  const isClosed = left.value.isClosed && right.value.isClosed;
  const rest = right.value.isClosed
    ? left.value.rest
    : unionTraits(left.value.rest, marked(allTraits(right.value, read), mark));
  const frame = left.value.frame ?? noFrame;
  const timeColumns = (right.value.frame?.timeColumns ?? []).reduce(withTimeColumn, frame.timeColumns);
  return store.allocate({
    ...left.value,
    rows: keptRows(left.value, right.value, how, kind ?? (name === "join" ? "left" : "inner")),
    items: null,
    owner: null,
    column: null,
    columns: columns.size > 0 ? columns : null,
    isClosed,
    gone: left.value.gone && right.value.gone && new Set([...left.value.gone, ...right.value.gone]),
    rest,
    frame: { ...frame, timeColumns, isOneRowPer: null },
  });
}

/** An inner join keeps the left rows that have a partner: those of one partner are not those of another. */
function keptRows(left: Value, right: Value, how: JoinFact["how"], kind: Value["constant"]): Value["rows"] {
  const isPartial = how === "equal" && (kind === "inner" || kind === "right");
  return left.rows && right.rows && isPartial
    ? limited(left.rows, { cut: `joined:${brief(right.rows.key)}`, side: "yes", bound: "" })
    : left.rows;
}

function sideOf(value: Value, keys: readonly string[]): Side {
  const frame = value.frame ?? noFrame;
  let timeColumns: readonly TimeColumn[] = frame.timeColumns.filter(
    (column) => !value.isClosed || value.columns?.has(column.name),
  );
  for (const name of [...(value.columns?.keys() ?? []), ...keys]) {
    if (isTimeName(name) && isOpenToNames(frame.types, name)) {
      timeColumns = withTimeColumn(timeColumns, { name, basis: "name" });
    }
  }
  return {
    rows: value.rows,
    path: frame.file,
    types: frame.types,
    timeColumns,
    isOneRowPer: frame.isOneRowPer,
    sortedBy: frame.sortedBy?.column ?? null,
    columns: value.isClosed && value.columns ? [...value.columns.keys()] : null,
  };
}

/** A file's type beats a name: `dep_time` may be an integer. Text may still hold moments. */
function isOpenToNames(types: Side["types"], name: string): boolean {
  const type = types?.[name];
  return type === undefined || /char|string|utf8|text/i.test(type);
}
