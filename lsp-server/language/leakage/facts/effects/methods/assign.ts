import { isCallable } from "../../calls/callable.ts";
import { setColumn } from "../../expressions/bind-target.ts";
import { unknown } from "../../values/kinds.ts";
import { noTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { allTraits, withTraits } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";
import { columnsGiven, meeting } from "../meeting.ts";

/** `frame.assign(c=…)`, and the expressions of polars' `with_columns`. */
export function assign({ program, value, args, call }: MethodCall): Value {
  const { store } = program;
  const frame = store.allocate(value);
  for (const arg of args) {
    if (arg.spread === "**") {
      // Names that are computed: any column may be one of them.
      const { marks } = allTraits(arg.value, store.read);
      const table = { ...store.read(frame), isClosed: false, gone: null };
      store.write(frame, withTraits(table, { marks, columns: noTraits.columns }));
      continue;
    }
    if (arg.name === null) {
      for (const reference of arg.value.items ?? [arg.reference]) {
        const met = meeting(store.read(reference), value);
        const given = columnsGiven(met);
        for (const [column, traits] of given)
          setColumn(program, frame, column, met.columns ? { ...unknown, rows: met.rows, rest: traits } : met);
        if (given.length === 0) {
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
