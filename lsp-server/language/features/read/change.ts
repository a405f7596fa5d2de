import type { Node } from "../../notebook/python.ts";
import { itemsOf } from "./comprehension.ts";
import { placed, type Scope } from "./scope.ts";
import { type Arguments, spoil, type Value } from "./value.ts";

/** What a method that changes its object does: to a list or dictionary that is known, and to definitions. Null when `name` changes nothing. */
export function changing(
  object: Value,
  holder: Node | null,
  name: string,
  given: Arguments,
  node: Node,
  scope: Scope,
): Value | null {
  if (!changers.has(name)) return null;
  const owner = holder && definitionBehind(holder, scope);
  if (owner) {
    scope.taint(owner, scope.place(node), `.${name}(…) changes it`);
    return { kind: "none" };
  }
  if (object.kind !== "list" && object.kind !== "record") return null;
  const why = `.${name}(…) changes it when the code runs`;
  if (scope.doubtful() || given.incomplete !== null || !applied(object, name, given)) spoil(object, why);
  return { kind: "none" };
}

/** Changes a known list or dictionary in place; false when the text does not tell how. */
function applied(
  object: Extract<Value, { kind: "list" | "record" }>,
  name: string,
  given: Arguments,
): boolean {
  const [first, second] = given.positional;
  if (object.kind === "record") {
    if (name === "setdefault" && first?.value.kind === "text" && second) {
      if (!object.entries.has(first.value.text)) object.entries.set(first.value.text, second);
      return true;
    }
    if (name !== "update" || (first && first.value.kind !== "record")) return false;
    if (first?.value.kind === "record")
      for (const [key, entry] of first.value.entries) object.entries.set(key, entry);
    for (const [key, entry] of given.keywords) object.entries.set(key, entry);
    return true;
  }
  switch (name) {
    case "append":
    case "add":
      if (!first) return false;
      object.items.push(first);
      return true;
    case "extend": {
      const added = first && itemsOf(first.value);
      if (!first || !added) return false;
      object.items.push(
        ...(first.value.kind === "list"
          ? first.value.items
          : added.map((value) => ({ value, place: first.place }))),
      );
      return true;
    }
    case "insert":
      if (first?.value.kind !== "number" || !second) return false;
      object.items.splice(first.value.number, 0, second);
      return true;
    case "clear":
      object.items.length = 0;
      return true;
    default:
      return false;
  }
}

/** The definition whose part an expression is: `view` in `view.tags["x"]`; null when there is none. */
function definitionBehind(node: Node, scope: Scope): Value | null {
  let at: Node | null = node;
  while (at?.type === "attribute" || at?.type === "subscript") {
    at = at.childForFieldName(at.type === "attribute" ? "object" : "value");
    const value: Value =
      at && ["identifier", "attribute", "subscript"].includes(at.type)
        ? scope.evaluate(at)
        : { kind: "none" };
    if (definitions.has(value.kind)) return value;
  }
  return null;
}

const definitions: ReadonlySet<Value["kind"]> = new Set([
  "entity",
  "source",
  "view",
  "training-set",
  "field",
  "aggregate",
]);

const changers: ReadonlySet<string> = new Set([
  ...["append", "add", "extend", "insert", "remove", "discard", "pop", "popitem", "clear", "sort", "reverse"],
  ...["update", "setdefault", "__setitem__", "__setattr__"],
]);

/** Carries out an assignment to a part of something: `view.ttl = …`, `names["a"] = …`, `Config.DELAY = …`. */
export function assignPart(target: Node, value: Value, scope: Scope): void {
  const owner = definitionBehind(target, scope);
  if (owner) {
    scope.taint(owner, scope.place(target), `${target.text} is assigned`);
    return;
  }
  const holder = target.childForFieldName(target.type === "attribute" ? "object" : "value");
  if (!holder) return;
  const object = scope.evaluate(holder);
  const known = !scope.doubtful();
  if (target.type === "attribute") {
    const name = target.childForFieldName("attribute")?.text ?? "";
    const assigned: Value = known
      ? value
      : { kind: "dynamic", why: "it is assigned where the code may not pass" };
    if (object.kind === "module") scope.setModuleMember(object.path, name, assigned);
    else if (object.kind === "namespace") object.members.set(name, assigned);
    return;
  }
  const index = target.childrenForFieldName("subscript")[0];
  const key = index && index.type !== "slice" ? placed(index, scope) : null;
  if (known && object.kind === "record" && key?.value.kind === "text")
    object.entries.set(key.value.text, { value, place: key.place });
  else if (
    known &&
    object.kind === "list" &&
    key?.value.kind === "number" &&
    object.items.at(key.value.number)
  ) {
    const at = key.value.number < 0 ? object.items.length + key.value.number : key.value.number;
    object.items[at] = { value, place: key.place };
  } else spoil(object, "a part of it is assigned later");
}
