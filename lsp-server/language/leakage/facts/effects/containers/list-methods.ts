import { chosen } from "../../values/implied.ts";
import { allTraits, unionTraits } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import { firstOf, type MethodCall } from "../effect.ts";

/** What methods of lists and sets do, whose elements are known one by one; null where nothing is known of it. */
export const listMethods: Readonly<Record<string, (of: ListCall) => Reference | null>> = {
  add: append,
  append,
  copy: copied,
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
  const { store } = program;
  const gone = firstOf(args)?.constant;
  store.write(owner, { ...value, items: items.filter((item) => store.read(item).constant !== gone) });
  return owner;
}

function last({ owner, items }: ListCall): Reference {
  return items.at(-1) ?? owner;
}

function copied({ program, value }: ListCall): Reference {
  return program.store.allocate(value);
}
