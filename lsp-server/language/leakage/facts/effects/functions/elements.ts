import { rankedPath } from "../../expressions/select-rows.ts";
import { elementsOf } from "../../values/derive.ts";
import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** The same elements in another container; `next` is one of them. */
export function elements({ program, name, args }: FunctionCall): Reference {
  const { store } = program;
  const [first] = args;
  if (!first) return store.allocate({ ...unknown, items: [] });
  if (name === "sorted" && first.value.rows) return store.allocate({ ...first.value, path: rankedPath });
  if (first.value.code?.methods?.has("__iter__"))
    return store.allocate({ ...unknown, items: elementsOf(program, first.value) });
  if (name === "next") return elementsOf(program, first.value)[0] ?? first.reference;
  return store.allocate({ ...first.value });
}
