import { chosen } from "../../values/implied.ts";
import { constantOf } from "../../values/kinds.ts";
import { lessItems } from "../../values/less-items.ts";
import type { Reference } from "../../values/reference.ts";
import { unionTraits } from "../../values/traits.ts";
import { allTraits } from "../../values/value-traits.ts";
import { firstOf, type MethodCall } from "../effect.ts";

/** What methods of lists and sets do, whose elements are known one by one; null where nothing is known of it. */
export const listMethods: Readonly<Record<string, (of: ListCall) => Reference | null>> = {
  add: append,
  append,
  copy: copied,
  difference: withoutSome,
  drop: withoutSome,
  extend,
  pop: last,
  remove,
  tolist: copied,
};

interface ListCall extends MethodCall {
  readonly items: readonly Reference[];
}

function append({ program, owner, value, args, items }: ListCall): Reference {
  const [first] = args;
  // Far more than any hand-written list: a loop's results, of which the first tell enough.
  if (first && items.length < 60)
    program.store.write(owner, { ...value, items: [...items, chosen(program, first.reference)] });
  return owner;
}

function extend({ program, owner, value, args, items }: ListCall): Reference {
  const { store } = program;
  const added = firstOf(args);
  if (added?.items)
    store.write(owner, {
      ...value,
      items: [...items, ...added.items.map((item) => chosen(program, item))].slice(0, 1000),
    });
  else if (added)
    store.write(owner, {
      ...value,
      items: null,
      rest: unionTraits(value.rest, allTraits(added, store.read)),
    });
  return owner;
}

function remove({ program, owner, value, args, items }: ListCall): Reference {
  const first = firstOf(args);
  program.store.write(owner, first ? lessItems(program, { ...value, items }, [first]) : value);
  return owner;
}

/** `columns.drop(["a"])`, `columns.difference(["a"])`: another list. */
function withoutSome({ program, value, args, items }: ListCall): Reference {
  const first = firstOf(args);
  const names = first?.items?.map(program.store.read) ?? (first ? [first] : []);
  return program.store.allocate(lessItems(program, { ...value, items }, names));
}

function last({ program, owner, value, args, items }: ListCall): Reference {
  const place = args.length === 0 ? -1 : constantOf(firstOf(args));
  const at = typeof place === "number" ? (place < 0 ? items.length + place : place) : null;
  const left = at === null ? items : items.filter((_, other) => other !== at);
  program.store.write(owner, { ...value, items: left, gone: at === null ? null : value.gone });
  return items.at(at ?? -1) ?? owner;
}

function copied({ program, value }: ListCall): Reference {
  return program.store.allocate(value);
}
