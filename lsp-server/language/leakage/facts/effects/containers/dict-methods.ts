import { derived } from "../../values/derive.ts";
import { constantOf, listOf, scalar, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { firstOf, type MethodCall } from "../effect.ts";

/** What methods of dicts do whose entries are known; a key that is not begins with `?`. */
export const dictMethods: Readonly<Record<string, (of: DictCall) => Reference>> = {
  get,
  items,
  keys,
  pop: get,
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
  return store.allocate(derived(program, all.map(store.read)));
}

function setDefault({ program, owner, value, args, entries }: DictCall): Reference {
  const { store } = program;
  const key = String(constantOf(firstOf(args)));
  const entry = entries.get(key) ?? args[1]?.reference;
  if (entry === undefined) return store.allocate(unknown);
  store.write(owner, { ...value, entries: new Map([...entries, [key, entry]]) });
  return entry;
}

function update({ program, owner, value, args, entries }: DictCall): Reference {
  const byName = args.flatMap((arg) => (arg.name === null ? [] : [[arg.name, arg.reference] as const]));
  const added = firstOf(args)?.entries ?? [];
  program.store.write(owner, { ...value, entries: new Map([...entries, ...added, ...byName]) });
  return owner;
}
