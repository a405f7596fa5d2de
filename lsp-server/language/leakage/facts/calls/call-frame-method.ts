import type { MethodEffect } from "../../api/effects.ts";
import type { MethodCall } from "../effects/effect.ts";
import { methodEffects } from "../effects/method-effects.ts";
import { setColumn, writeBack } from "../expressions/bind-target.ts";
import { scalar, unknown } from "../values/traits.ts";
import type { Reference } from "../values/value.ts";
import { constantArgument } from "./arguments.ts";

/** Runs a method of a frame, a column or an array; with `inplace=True` the object itself changes. */
export function callFrameMethod(effect: MethodEffect | undefined, of: MethodCall): Reference {
  const { program, owner, value, name, args } = of;
  const { store } = program;
  const answer = methodEffects[effect ?? "by-row"](of);
  if (name === "update" && value.kind === "data" && args[0]) {
    for (const [column, traits] of args[0].value.columns ?? [])
      setColumn(program, owner, column, { ...unknown, rows: value.rows, rest: traits });
    if (!args[0].value.isClosed) writeBack(program, owner, answer);
    return store.allocate(scalar(null));
  }
  if (constantArgument(args, -1, "inplace") === true) {
    writeBack(program, owner, answer);
    return store.allocate(scalar(null));
  }
  return store.allocate({ ...answer, owner: null });
}
