import { argument, textsOf } from "../../calls/arguments.ts";
import { inForm } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";
import { without } from "../without.ts";

/** What methods make of the names of a table's columns, where not all are known one by one. */
export function callNamesMethod(of: MethodCall): Reference {
  const { program, owner, value, name, args } = of;
  const { store } = program;
  if (/^(copy|to_?list)$/.test(name)) return store.allocate({ ...value });
  const given = argument(args, 0, "labels", "other");
  const names = given ? textsOf(given, store.read) : null;
  const left = names ? without(value, names) : others(value);
  if (/^(drop|difference)$/.test(name)) return store.allocate(left);
  // Whatever else changes the list itself leaves nobody knows which.
  if (changing.has(name)) store.write(owner, name === "remove" ? left : others(value));
  return store.allocate(others(keeping(of)));
}

function others(value: Value): Value {
  return { ...inForm(value, null), gone: null };
}

const changing: ReadonlySet<string> = new Set([
  "append",
  "clear",
  "discard",
  "extend",
  "insert",
  "pop",
  "remove",
  "update",
]);
