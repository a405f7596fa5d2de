import type { Program } from "../../program.ts";
import { constantOf, dictOf } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { noColumns } from "../../values/traits.ts";
import type { Passed, Value } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** Entries by name, of another dict, of pairs, or the columns of a table. */
export function dict({ program, args }: FunctionCall): Reference {
  const { store } = program;
  const named = args.flatMap(({ name, reference }) => (name === null ? [] : [[name, reference] as const]));
  const given = args.find(({ name, value }) => name === null && isFilled(value));
  const entries = given ? entriesOf(program, given) : new Map<string, Reference>();
  if (entries === null && given) return store.allocate({ ...given.value, owner: null });
  // What a dict was made of that is not known by its keys may be any of them.
  const isWhole =
    args.every((arg) => arg.name !== null) || (given !== undefined && given.value.gone !== null);
  return store.allocate(dictOf(new Map([...(entries ?? []), ...named]), isWhole ? noColumns : null));
}

function isFilled({ entries, items, rows }: Value): boolean {
  return entries !== null || items !== null || rows !== null;
}

/** Null where they are not known one by one. */
function entriesOf({ store }: Program, { value, spread }: Passed): ReadonlyMap<string, Reference> | null {
  if (value.entries || spread === "**") return value.entries;
  const pairs = value.items?.map((item) => store.read(item).items ?? []) ?? null;
  if (!pairs?.every(({ length }) => length === 2)) return null;
  return new Map(
    pairs.map(([key, entry], at) => {
      const name = key === undefined ? undefined : store.read(key);
      const constant = constantOf(name);
      const isAll = name?.form === "names";
      return [constant === undefined ? `?${isAll ? "names" : at}` : String(constant), entry as Reference];
    }),
  );
}
