import { heldAgainst } from "../../calls/judge-answers.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** The rows it is called on, with its arguments' history. */
export function byRow(of: MethodCall): Value {
  const { program, value, name, args, call } = of;
  const [other] = args;
  const answer = keeping(of);
  return other ? heldAgainst(program, name, [value, other.value], answer, call.at) : answer;
}
