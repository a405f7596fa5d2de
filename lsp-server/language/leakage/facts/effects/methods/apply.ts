import { methodEffect } from "../../../api/known.ts";
import { applied } from "../../calls/apply-callback.ts";
import { constantOf } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { historyOf, isAcross, type MethodCall } from "../effect.ts";

/** `frame.apply(f)`, `column.map(f)`, `frame.agg("mean")`, `frame.pipe(f)`; `column.transform("rank")` is `column.rank()`. */
export function apply(of: MethodCall): Value {
  const { program, owner, value, name, args, call } = of;
  const asked = name === "transform" ? constantOf(args[0]?.value) : undefined;
  if (typeof asked === "string" && methodEffect(asked) !== undefined)
    return program.store.read(program.callAttribute(owner, asked, args.slice(1), call));
  return applied(program, value, name, args, isAcross(of), historyOf(program, args), call);
}
