import type { Program } from "../../program.ts";
import { filterKey } from "../../values/filter.ts";
import { chosen } from "../../values/implied.ts";
import { constantOf } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import { lessItems } from "../../values/less-items.ts";
import type { Reference } from "../../values/reference.ts";
import { unionTraits } from "../../values/traits.ts";
import { liveRows } from "../../values/unfollowed.ts";
import type { Passed, Value } from "../../values/value.ts";
import { allTraits, withMark } from "../../values/value-traits.ts";
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

function append(of: ListCall): Reference {
  const { program, owner, value, args, items } = of;
  const [first] = args;
  // Far more than any hand-written list: a loop's results, of which the first tell enough.
  const isKept = first && items.length < 60;
  program.store.write(
    owner,
    isKept
      ? { ...value, items: [...items, chosen(program, oneOfSeveral(of, first))] }
      : { ...value, gone: null },
  );
  return owner;
}

/** What a turn of a loop adds to a list; where it added to it before, several rows are made of one: a split may part them. */
function oneOfSeveral({ program, owner, name, call, items }: ListCall, added: Passed): Reference {
  const { store, turns, grown, turnBegan } = program;
  if (turns.length === 0) return added.reference;
  const turn = turns.join(" ");
  const before = grown.get(owner);
  if (before?.turn !== turn) grown.set(owner, { turn, length: items.length });
  const isAgain = before?.turn === turn && items.length > before.length;
  // A list that began in this turn is a row of its own.
  if (!isAgain || owner >= turnBegan || constantOf(added.value) !== undefined) return added.reference;
  const rows = liveRows(program, [added.value]);
  const what = `\`${name}\` adds to the same list again in each turn: whether a split parts the rows that were made of one is not known from the text.`;
  return store.allocate(withMark(added.value, markOf("unfollowed", what, call.at, rows)));
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
      rows: items.length === 0 && isOfKept(program, added) ? (value.rows ?? added.rows) : value.rows,
      rest: unionTraits(value.rest, allTraits(added, store.read)),
    });
  return owner;
}

/** Whether rows are those that a statistic showed: a list of them says which to take away. */
function isOfKept({ facts }: Program, { rows }: Value): boolean {
  return (rows?.limits ?? []).some((limit) => (facts.filters.get(filterKey(limit))?.learned.length ?? 0) > 0);
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
