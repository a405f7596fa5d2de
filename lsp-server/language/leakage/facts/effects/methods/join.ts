import { joinFrames } from "../../calls/join-frames.ts";
import type { Program } from "../../program.ts";
import type { Reference } from "../../values/reference.ts";
import type { Value } from "../../values/value.ts";
import { withTraits } from "../../values/value-traits.ts";
import { historyOf, type MethodCall } from "../effect.ts";

/** `left.merge(right, …)`, `left.join(right, …)`: by equal keys. */
export function join({ program, value, args, call }: MethodCall): Value {
  const [right, ...rest] = args;
  if (!right?.value.rows) return { ...withTraits(value, historyOf(program, args)), isClosed: false };
  return store(program, joinFrames(program, sideOf(value, call), right, rest, "equal", call));
}

/** `left.join_asof(right, …)`: by the last moment before. */
export function joinAsOf({ program, value, args, call }: MethodCall): Value {
  const [right, ...rest] = args;
  return right ? store(program, joinFrames(program, sideOf(value, call), right, rest, "as-of", call)) : value;
}

const store = (program: Program, reference: Reference) => program.store.read(reference);

/** The left side, and where it is written. */
function sideOf(value: Value, { callee }: MethodCall["call"]) {
  return { value, expression: callee.op === "attribute" ? callee.of : callee };
}
