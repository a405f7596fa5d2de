import { argument } from "../../calls/arguments.ts";
import { rowsOfValue } from "../../values/data-of.ts";
import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { Passed } from "../../values/value.ts";
import { type FunctionCall, firstOf, historyOf } from "../effect.ts";

/** The rows of the first argument, with every argument's history; and what is true of them, where a model is trained on both together. */
export function rows(of: FunctionCall): Reference {
  const { program, args } = of;
  const first = firstOf(args) ?? unknown;
  const label = labelOf(of);
  return program.store.allocate({
    ...first,
    owner: null,
    rest: historyOf(program, args),
    entries: label ? new Map([["label", label.reference]]) : first.entries,
  });
}

function labelOf({ program, name, path, args }: FunctionCall): Passed | null {
  const isSecond = /^(Pool|\w*DMatrix)$/.test(name) || path.startsWith("lightgbm.");
  const label = argument(args, isSecond ? 1 : -1, "label");
  return label && rowsOfValue(label.value, program.store.read) !== null ? label : null;
}
