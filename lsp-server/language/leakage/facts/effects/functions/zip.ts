import { elementsOf } from "../../values/derive.ts";
import { listOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** Pairs of what stands at the same place in each. */
export function zip({ program, args }: FunctionCall): Reference {
  const { store } = program;
  const lists = args.map((arg) => elementsOf(program, arg.value));
  const length = Math.min(...lists.map((list) => list.length));
  if (lists.length === 0 || !Number.isFinite(length)) return store.allocate(unknown);
  const items = Array.from({ length }, (_, at) =>
    store.allocate(listOf(lists.flatMap((list) => list.slice(at, at + 1)))),
  );
  return store.allocate(listOf(items));
}
