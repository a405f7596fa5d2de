import type { Program } from "../../program.ts";
import { derived } from "../../values/derive.ts";
import { constantOf, listOf, scalar, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { loosen } from "../../values/unfollowed.ts";
import type { Value } from "../../values/value.ts";
import { firstOf, type MethodCall } from "../effect.ts";
import { writeEntries } from "./attributes-of.ts";

/** What methods of dicts do whose entries are known; a key that is not begins with `?`. */
export const dictMethods: Readonly<Record<string, (of: DictCall) => Reference>> = {
  clear,
  get,
  items,
  keys,
  pop,
  popitem: popItem,
  setdefault: setDefault,
  update,
  values,
};

interface DictCall extends MethodCall {
  readonly entries: ReadonlyMap<string, Reference>;
}

function items({ program, entries }: DictCall): Reference {
  const { store } = program;
  const pairs = [...entries].map(([key, entry]) =>
    store.allocate(listOf([store.allocate(scalar(key.startsWith("?") ? undefined : key)), entry])),
  );
  return store.allocate(listOf(pairs));
}

function values({ program, entries }: DictCall): Reference {
  return program.store.allocate(listOf([...entries.values()]));
}

function keys({ program, entries }: DictCall): Reference {
  const { store } = program;
  return store.allocate(listOf([...entries.keys()].map((key) => store.allocate(scalar(key)))));
}

function get({ program, args, entries }: DictCall): Reference {
  const { store } = program;
  const key = constantOf(firstOf(args));
  const entry = entries.get(String(key));
  if (entry !== undefined || key !== undefined) return entry ?? args[1]?.reference ?? store.allocate(unknown);
  // Which entry it is, nobody knows: any of them, or what stands in for none.
  const all = [...entries.values(), ...args.slice(1).map((arg) => arg.reference)];
  const answer = derived(program, all.map(store.read));
  return store.allocate(args.length > 1 ? answer : { ...answer, isOptional: true });
}

function setDefault({ program, owner, args, entries }: DictCall): Reference {
  const { store } = program;
  const constant = constantOf(firstOf(args));
  const key = constant === undefined ? `?${entries.size}` : String(constant);
  const entry = entries.get(key) ?? args[1]?.reference ?? store.allocate(scalar(null));
  writeEntries(store, owner, new Map([...entries, [key, entry]]));
  if (constant === undefined) loosen(store, [store.read(owner).owner ?? owner, owner]);
  return entry;
}

/** The entry, gone from the dict. */
function pop(of: DictCall): Reference {
  const { program, owner, args } = of;
  const answer = get(of);
  dropEntry(program, owner, firstOf(args));
  return answer;
}

/** Takes a key away from a dict; of one that is not known, each may be gone. */
export function dropEntry({ store }: Program, dict: Reference, key: Value | null | undefined): void {
  const name = constantOf(key);
  if (name === undefined) loosen(store, [dict]);
  else
    writeEntries(
      store,
      dict,
      new Map([...(store.read(dict).entries ?? [])].filter(([one]) => one !== String(name))),
    );
}

/** Some entry, gone from the dict: which is not known. */
function popItem({ program, owner, entries }: DictCall): Reference {
  const { store } = program;
  const some = store.allocate(derived(program, [...entries.values()].map(store.read)));
  dropEntry(program, owner, null);
  return store.allocate(listOf([store.allocate(scalar(undefined)), some]));
}

function clear({ program, owner }: DictCall): Reference {
  writeEntries(program.store, owner, new Map());
  return program.store.allocate(scalar(null));
}

function update({ program, owner, args, entries }: DictCall): Reference {
  const byName = args.flatMap((arg) => (arg.name === null ? [] : [[arg.name, arg.reference] as const]));
  const added = firstOf(args)?.entries ?? [];
  writeEntries(program.store, owner, new Map([...entries, ...added, ...byName]));
  // Of a dict whose entries nobody knows, each may be for any.
  if (args.some((arg) => (arg.name === null && !arg.value.entries) || arg.spread !== null))
    loosen(program.store, [program.store.read(owner).owner ?? owner, owner]);
  return owner;
}
