import { argument } from "../../calls/arguments.ts";
import { noFrame } from "../../values/frame-facts.ts";
import { constantOf } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** `frame.select_dtypes("number")`: which columns are left is known where all of numbers are. */
export function selectKinds({ program, value, args }: MethodCall): Value {
  const { read } = program.store;
  const asked = argument(args, 0, "include")?.value;
  const kinds = asked ? (asked.items?.map(read) ?? [asked]) : [];
  const isOfNumbers = kinds.some((kind) => numbers.has(kind.path ?? String(constantOf(kind))));
  const isLess = argument(args, 1, "exclude") !== null;
  return isOfNumbers && !isLess
    ? { ...value, frame: { ...(value.frame ?? noFrame), isOfNumbers: true } }
    : { ...value, gone: null };
}

const numbers: ReadonlySet<string> = new Set(["number", "numpy.number", "numbers.Number"]);
