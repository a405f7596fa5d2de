import { piped } from "../../calls/apply-callback.ts";
import { asData } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** `groups.pipe(f)`. */
export function pipe({ program, value, args, call }: MethodCall): Value {
  const [callback, ...others] = args;
  return callback ? piped(program, value, callback, others, call) : asData(value);
}
