import type { Expression } from "../../ir.ts";
import { statistic } from "../effects/answers.ts";
import type { Program } from "../program.ts";
import { constantOf, scalar, unknown } from "../values/kinds.ts";
import { markOf } from "../values/learn.ts";
import { noTraits, type Traits, unionTraits } from "../values/traits.ts";
import type { Passed, Value } from "../values/value.ts";
import { allTraits, partOf, withTraits } from "../values/value-traits.ts";
import { passedAt } from "./arguments.ts";
import { isCallable } from "./callable.ts";

type Call = Extract<Expression, { op: "call" }>;

/** `frame.apply(f)`, `column.map(f)`, `frame.agg("mean")`, `frame.pipe(f)`: what a function makes of a frame, or of each of its values. */
export function applied(
  program: Program,
  value: Value,
  name: string,
  args: readonly Passed[],
  isAcross: boolean,
  history: Traits,
  call: Call,
): Value {
  const { store } = program;
  const [callback, ...given] = args;
  if (!callback) return value;
  if (name === "pipe") return piped(program, value, callback, given, call);
  const isByColumn = callback.value.entries !== null && /^agg/.test(name);
  const constant = constantOf(callback.value);
  if (typeof constant === "string" || callback.value.items || isByColumn) {
    const isStatistic = name !== "map" && name !== "transform" && value.rows !== null;
    const traits = allTraits(value, store.read);
    return isStatistic
      ? statistic(traits, markOf("statistic", String(constant ?? name), call.at, value.rows))
      : value;
  }
  // pandas asks a function for the whole column where it answers nothing for one value.
  const isOfColumn = /^(map_batches|agg|aggregate|transform)$/.test(name);
  const isByElement =
    (value.column !== null && !(isOfColumn && (name === "map_batches" || callback.value.code))) ||
    isAcross ||
    /^(applymap|map|map_elements|progress_map|parallel_map)$/.test(name);
  const shown: Value = isByElement ? { ...value, rows: null, owner: null } : { ...value, owner: null };
  // What sees one value at a time learns nothing of the others, whoever wrote it.
  const isRead = isCallable(callback.value) && (!isByElement || callback.value.code !== null);
  const answer = isRead ? program.callBack(callback.reference, [shown], call.at) : unknown;
  const marks = unionTraits(
    { marks: allTraits(answer, store.read).marks, columns: noTraits.columns },
    { marks: history.marks, columns: noTraits.columns },
  );
  // One number a column, as a statistic of the table is.
  if (!isByElement && answer.kind === "scalar" && marks.marks.size > 0) return scalar(undefined, marks);
  const shaped = {
    ...value,
    columns: isAcross ? null : value.columns,
    column: isAcross ? null : value.column,
  };
  // What a function makes of each value may be anything.
  return withTraits(isByElement ? partOf(shaped) : shaped, marks);
}

/** `frame.pipe(f, …)`, or `frame.pipe((f, "name"), …)` where the frame goes to a parameter by name. */
export function piped(
  program: Program,
  value: Value,
  callback: Passed,
  others: readonly Passed[],
  call: Call,
): Value {
  const { store } = program;
  const [callee, parameter] = callback.value.items ?? [callback.reference];
  if (callee === undefined) return value;
  const frame = passedAt(program, store.allocate({ ...value, owner: null }), call.at);
  const name = parameter === undefined ? undefined : constantOf(store.read(parameter));
  const given = typeof name === "string" ? [...others, { ...frame, name }] : [frame, ...others];
  const answer = store.read(program.call(callee, given, call));
  return { ...answer, rows: answer.rows ?? value.rows };
}
