import { isCallable } from "../../calls/callable.ts";
import { setColumn } from "../../expressions/bind-target.ts";
import { noTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { withTraits } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";
import { meeting } from "../meeting.ts";

/** `frame.assign(c=…)`, and the expressions of polars' `with_columns`. */
export function assign({ program, value, args, call }: MethodCall): Value {
  const { store } = program;
  const frame = store.allocate(value);
  for (const arg of args) {
    if (arg.name === null) {
      for (const reference of arg.value.items ?? [arg.reference]) {
        const met = meeting(store.read(reference), value);
        if (met.column !== null) setColumn(program, frame, met.column, met);
        else {
          const { marks } = met.rest;
          store.write(frame, withTraits(store.read(frame), { marks, columns: noTraits.columns }));
        }
      }
      continue;
    }
    const added = isCallable(arg.value)
      ? program.callBack(arg.reference, [store.read(frame)], call.at)
      : arg.value;
    setColumn(program, frame, arg.name, meeting(added, value));
  }
  return store.read(frame);
}
