import { argument } from "../../calls/arguments.ts";
import { constantOf, listOf, scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { isCounted, turnsOf } from "../../values/turns.ts";
import type { FunctionCall } from "../effect.ts";

/** Each element, with its number, where the elements are known one by one. */
export function enumerate({ program, args }: FunctionCall): Reference {
  const { store } = program;
  const [source] = args;
  const [elements = []] = source ? turnsOf(program, [source.value]) : [];
  const start = argument(args, 1, "start");
  const first = start === null ? 0 : constantOf(start.value);
  const isKnown = isCounted(source?.value) && typeof first === "number";
  const items = elements.map((element, at) =>
    store.allocate(listOf([store.allocate(scalar(isKnown ? first + at : undefined)), element])),
  );
  return store.allocate(listOf(items));
}
