import { choosing } from "../../values/decided.ts";
import { elementsOf } from "../../values/derive.ts";
import { inForm, listOf } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** The same elements in another container; `next` is one of them. */
export function elements({ program, name, args }: FunctionCall): Reference {
  const { store } = program;
  const [first] = args;
  if (!first) return store.allocate(listOf([]));
  if (name === "sorted" && (first.value.rows || choosing(program, [first.value]).size > 0))
    return store.allocate(inForm(first.value, "ranked"));
  if (first.value.code?.methods?.has("__iter__"))
    return store.allocate(listOf(elementsOf(program, first.value)));
  if (name === "next") return elementsOf(program, first.value)[0] ?? first.reference;
  return store.allocate({ ...first.value });
}
