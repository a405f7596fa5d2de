import { isCallable } from "../../calls/callable.ts";
import { setColumn } from "../../expressions/bind-target.ts";
import { dictOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
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
      const [known, others] = entriesOf(arg.value);
      for (const [column, reference] of known)
        setColumn(program, frame, column, meeting(store.read(reference), value));
      if (others === null) continue;
      // Names that are computed: any column may be one of them.
      const { marks } = allTraits(others, store.read);
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

/** What stands under names that are written out, and what else there is; null where nothing is. */
function entriesOf(value: Value): readonly [readonly (readonly [string, Reference])[], Value | null] {
  if (!value.entries) return [[], value];
  const known = [...value.entries].filter(([name]) => !name.startsWith("?"));
  if (known.length === value.entries.size) return [known, null];
  const others = [...value.entries].filter(([name]) => name.startsWith("?"));
  return [known, dictOf(new Map(others))];
}
