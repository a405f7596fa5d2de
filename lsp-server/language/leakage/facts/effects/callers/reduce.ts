import { passedAt } from "../../calls/arguments.ts";
import { isCallable } from "../../calls/callable.ts";
import { elementsOf } from "../../values/derive.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** `reduce(f, elements, start)`. */
export function reduce({ program, args, call }: FunctionCall): Reference | null {
  const [callback, source, start] = args;
  if (!callback || !source || !isCallable(callback.value)) return null;
  const elements = [...elementsOf(program, source.value)];
  const first = start?.reference ?? elements.shift();
  if (first === undefined) return source.reference;
  return elements.reduce(
    (before, element) =>
      program.call(
        callback.reference,
        [before, element].map((one) => passedAt(program, one, call.at)),
        call,
      ),
    first,
  );
}
