import type { Node } from "../../../notebook/python.ts";
import { anyOf } from "../values/any-of.ts";
import {
  type Arguments,
  allOf,
  definitionOf,
  dynamic,
  sameValue,
  spoil,
  type Value,
} from "../values/value.ts";
import { itemsOf } from "./comprehension.ts";
import { leadsToDefinitions, letEscape } from "./escape.ts";
import { placed, type Scope } from "./scope.ts";

/** What a method that changes its object does and answers: to a list or dictionary that is known, and to definitions. Null when `name` changes nothing. */
export function changing(
  object: Value,
  holder: Node | null,
  name: string,
  given: Arguments,
  node: Node,
  scope: Scope,
): Value | null {
  if (!changers.has(name)) return null;
  const why = `.${name}(…) changes it when the code runs`;
  const owner = definitionOf(object) ? object : holder && definitionBehind(holder, scope);
  if (owner) {
    scope.taint(owner, scope.place(node), `.${name}(…) changes it`);
    return dynamic(why, owner);
  }
  if (object.kind === "dynamic") {
    letEscape([object], scope.place(node), why, scope);
    put(allOf(given), object, node, scope);
    return dynamic(why, object, ...allOf(given));
  }
  if ((object.kind !== "list" || object.fixed) && object.kind !== "record") return null;
  const before = name === "pop" || name === "popitem" ? dynamic(why, object) : null;
  const answer = scope.doubt() === null && given.incomplete === null ? applied(object, name, given) : null;
  if (answer) return answer;
  spoil(object, why, ...allOf(given));
  return before ?? (nothing.has(name) ? { kind: "none" } : dynamic(why, object, ...allOf(given)));
}

/** Changes a known list or dictionary in place and says what Python answers; null when the text does not tell how. */
function applied(
  object: Extract<Value, { kind: "list" | "record" }>,
  name: string,
  given: Arguments,
): Value | null {
  const none: Value = { kind: "none" };
  const [first, second] = given.positional;
  if (object.kind === "record") {
    const { entries } = object;
    const key = first?.value.kind === "text" ? first.value.text : null;
    if (name === "setdefault" && key !== null && second) {
      if (!entries.has(key)) entries.set(key, second);
      return entries.get(key)!.value;
    }
    if (name === "pop" && key !== null) {
      const held = entries.get(key)?.value ?? second?.value ?? null;
      entries.delete(key);
      return held;
    }
    if (name === "clear") {
      entries.clear();
      return none;
    }
    if (name !== "update" || (first && first.value.kind !== "record")) return null;
    if (first?.value.kind === "record")
      for (const [each, entry] of [...first.value.entries]) entries.set(each, entry);
    for (const [each, entry] of given.keywords) entries.set(each, entry);
    return none;
  }
  const { items } = object;
  switch (name) {
    case "append":
    case "add":
      if (!first) return null;
      if (name === "append" || !items.some((each) => sameValue(each.value, first.value))) items.push(first);
      return none;
    case "extend": {
      const added = first && itemsOf(first.value);
      if (!first || !added) return null;
      items.push(...added.map((value) => ({ value, place: first.place })));
      return none;
    }
    case "insert":
      if (first?.value.kind !== "number" || !second) return null;
      items.splice(first.value.number, 0, second);
      return none;
    case "pop": {
      const at = first ? (first.value.kind === "number" ? first.value.number : null) : -1;
      if (at === null || !items.at(at)) return null;
      return items.splice(at < 0 ? items.length + at : at, 1)[0]!.value;
    }
    case "clear":
      items.length = 0;
      return none;
    default:
      return null;
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
    if (definitionOf(value)) return value;
  }
  return null;
}

const changers: ReadonlySet<string> = new Set([
  ...["append", "add", "extend", "insert", "remove", "discard", "pop", "popitem", "clear", "sort", "reverse"],
  ...["update", "setdefault", "__setitem__", "__setattr__", "__delitem__", "__delattr__", "__init__"],
  ...["__iadd__", "__ior__", "difference_update", "intersection_update", "symmetric_difference_update"],
  ...["appendleft", "popleft", "extendleft", "move_to_end"],
]);

/** Those that answer None. */
const nothing: ReadonlySet<string> = new Set(
  "append add extend insert remove discard clear sort reverse update __setitem__ __setattr__".split(" "),
);

/** Carries out an assignment to a part of something: `view.ttl = …`, `names["a"] = …`, `Config.DELAY = …`. */
export function assignPart(target: Node, value: Value, scope: Scope): void {
  const isAttribute = target.type === "attribute";
  const holder = target.childForFieldName(isAttribute ? "object" : "value");
  const object = holder ? scope.evaluate(holder) : dynamic("it is incomplete");
  const owner = definitionOf(object) ? object : definitionBehind(target, scope);
  const index = isAttribute ? null : target.childrenForFieldName("subscript")[0];
  const key = index && index.type !== "slice" ? placed(index, scope) : null;
  if (index?.type === "slice") scope.evaluate(index);
  if (owner) {
    scope.taint(owner, scope.place(target), `${target.text} is assigned`);
    return;
  }
  if (isAttribute) {
    const name = target.childForFieldName("attribute")?.text ?? "";
    assignAttribute(object, name, value, target, scope);
    return;
  }
  const known = scope.doubt() === null;
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
  } else if (object.kind === "dynamic" || object.kind === "imported") {
    letEscape([object], scope.place(target), `${target.text} is assigned`, scope);
    put([value], object, target, scope);
  } else spoil(object, "a part of it is assigned later", value);
}

/** Gives an object an attribute: a module of the workspace, a class, something whose kind is not known. */
export function assignAttribute(object: Value, name: string, value: Value, target: Node, scope: Scope): void {
  const doubt = scope.doubt();
  const place = scope.place(target);
  const said = target.type === "call" ? "setattr changes it" : `${target.text} is assigned`;
  switch (object.kind) {
    case "module": {
      const before = scope.moduleMember(object.path, name);
      scope.setModuleMember(object.path, name, doubt === null ? value : anyOf([before, value], doubt));
      return;
    }
    case "namespace": {
      const why = "it is assigned where the code may not pass";
      const before = object.members.get(name);
      const after = doubt === null ? value : dynamic(why, value, ...(before ? [before] : []));
      // A function that an object is given is not given the object.
      const alone = object.made === "object" && after.kind === "function";
      object.members.set(name, alone ? { ...after, unbound: true } : after);
      for (const members of object.derived) {
        const held = members.get(name);
        members.set(name, dynamic(`${object.name}.${name} is assigned`, after, ...(held ? [held] : [])));
      }
      return;
    }
    case "imported":
      if (/^(__main__|builtins)\b/.test(object.name)) scope.loseEverything(place, said);
      else if (/^(lookback|feast|datetime)\b/.test(object.name)) scope.replaceClass(place, said);
      else put([value], object, target, scope);
      return;
    case "unbound":
      scope.replaceClass(place, said);
      return;
    default:
      letEscape([object], place, said, scope);
      put([value], object, target, scope);
  }
}

/** What is put into something that is not known may be changed through it, wherever that leads. */
function put(values: readonly Value[], into: Value, node: Node, scope: Scope): void {
  const reaching = values.filter(leadsToDefinitions);
  if (reaching.length === 0 || (into.kind === "dynamic" && into.reach === "everything")) return;
  letEscape(reaching, scope.place(node), "it is put into something that was not followed", scope);
}
