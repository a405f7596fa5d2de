import { derived } from "../../values/derive.ts";
import { momentsPath } from "../../values/time-columns.ts";
import { unknown } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** Texts or numbers as moments. */
export function moments({ program, args }: FunctionCall): Reference {
  const first = firstOf(args) ?? unknown;
  const value = first.columns
    ? derived(
        program,
        args.map((arg) => arg.value),
      )
    : { ...first, constant: undefined };
  return program.store.allocate({ ...value, kind: "data", owner: null, path: momentsPath });
}
