import { elementsOf } from "../../values/derive.ts";
import { listOf, scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** Each element, with its number. */
export function enumerate({ program, args }: FunctionCall): Reference {
  const { store } = program;
  const elements = args[0] ? elementsOf(program, args[0].value) : [];
  const items = elements.map((element) =>
    store.allocate(listOf([store.allocate(scalar(undefined)), element])),
  );
  return store.allocate(listOf(items));
}
