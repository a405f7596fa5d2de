import type { Program } from "../program.ts";
import { elementsOf } from "./derive.ts";
import { isElement } from "./elements.ts";
import type { Reference } from "./reference.ts";
import type { Value } from "./value.ts";

/**
 * What several sources give in each turn of a loop over all of them, source by source: as often as the shortest whose elements are known
 * one by one. Where none are, what stands for many comes twice, as in a loop over it alone; but one row stands for all rows once.
 */
export function turnsOf(program: Program, sources: readonly Value[]): readonly (readonly Reference[])[] {
  const lists = sources.map((source) => elementsOf(program, source));
  const known = lists.filter((_, at) => isCounted(sources[at]));
  const isOfRows = lists.some(([only]) => only !== undefined && isElement(program, program.store.read(only)));
  const shortest = Math.min(...(known.length > 0 ? known : lists).map(({ length }) => length));
  const isEmpty = lists.some(({ length }) => length === 0);
  const turns = isEmpty ? 0 : known.length > 0 || isOfRows ? shortest : Math.max(shortest, 2);
  return lists.map((list) => Array.from({ length: turns }, (_, at) => list[at % list.length] as Reference));
}

/** What stands for many, as another turn of a loop meets it: another one of them, so that a number which a loop counts is another number. */
export function anotherOf({ store }: Pick<Program, "store">, reference: Reference): Reference {
  const value = store.read(reference);
  const items = value.items?.map((item) => anotherOf({ store }, item)) ?? null;
  return store.allocate({ ...value, items });
}

/** Whether the elements of a value are known one by one. */
export function isCounted(source: Value | undefined): boolean {
  return (
    source !== undefined && source.kind !== "folds" && (source.items !== null || source.entries !== null)
  );
}
