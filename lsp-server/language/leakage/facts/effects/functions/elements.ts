import type { Place } from "../../../ir.ts";
import type { Program } from "../../program.ts";
import { choosing } from "../../values/decided.ts";
import { elementsOf } from "../../values/derive.ts";
import { inForm, listOf } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { reordered } from "../../values/rows.ts";
import { unordered } from "../../values/time-order.ts";
import type { Value } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** The same elements in another container; `next` is one of them. */
export function elements({ program, name, args, call }: FunctionCall): Reference {
  const { store } = program;
  const [first] = args;
  if (!first) return store.allocate(listOf([]));
  if (name === "sorted" && (first.value.rows || choosing(program, [first.value]).size > 0))
    return store.allocate(inForm(sorted(first.value, call.at), "ranked"));
  if (first.value.code?.methods?.has("__iter__"))
    return store.allocate(listOf(elementsOf(program, first.value)));
  if (name === "next") {
    const [one] = elementsOf(program, first.value);
    if (one !== undefined && first.value.kind === "folds") heldOutOnce(program, store.read(one));
    const met = one ?? first.reference;
    // What stands in for none.
    if (args.length > 1) store.write(met, { ...store.read(met), isOptional: true });
    return met;
  }
  return store.allocate({ ...first.value });
}

/** The first fold alone: its rows are held out as those of a split in two are. */
function heldOutOnce({ facts, store }: Program, { items }: Value): void {
  const limits = items?.flatMap((item) => store.read(item).rows?.limits ?? []) ?? [];
  for (const { cut } of limits) {
    const split = facts.splits.get(cut);
    if (split) facts.splits.set(cut, { ...split, folds: null });
  }
}

function sorted<V extends Value>(value: V, at: Place): V {
  const rows = value.rows && reordered(value.rows, `sorted ${at.cell}:${at.from}`);
  return { ...value, rows, frame: unordered(value.frame) };
}
