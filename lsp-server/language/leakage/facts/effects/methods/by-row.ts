import { heldAgainst } from "../../calls/judge-answers.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";
import { withColumnsOf } from "../with-columns.ts";

/** The rows it is called on, with its arguments' history. */
export function byRow(of: MethodCall): Value {
  const { program, value, name, args, call } = of;
  const [other] = args;
  const kept = keeping(of);
  const answer = joining.test(name) && value.column !== null ? withColumnsOf(program, kept, args) : kept;
  return other ? heldAgainst(program, name, [value, other.value], answer, call.at) : answer;
}

/** Methods whose answer is made of both sides: what is added, what stands where a condition fails. */
const joining = /^(r?(add|sub|mul|div|truediv|floordiv|mod|pow)|combine|combine_first|mask|where)$/;
