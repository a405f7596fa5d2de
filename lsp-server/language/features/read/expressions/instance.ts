import type { Place } from "../../model.ts";
import { type Arguments, allOf, dynamic, type Value } from "../values/value.ts";
import { letEscape } from "./escape.ts";
import type { Scope } from "./scope.ts";

/** An object of a class whose text is here. What a class does that is not followed, it may do at any time with all it was given. */
export function instance(
  made: Extract<Value, { kind: "namespace" }>,
  given: Arguments,
  scope: Scope,
  place: Place,
): Value {
  const found = objectOf(made, given, place);
  if (found.kind === "dynamic")
    letEscape([made, ...allOf(given)], place, `${made.name}(…) was not followed and is given it`, scope);
  return found;
}

function objectOf(made: Extract<Value, { kind: "namespace" }>, given: Arguments, place: Place): Value {
  const unread = dynamic(`${made.name}(…) is computed when the code runs`, made, ...allOf(given));
  const special = [...made.members].some(
    ([name, member]) => /^__\w+__$/.test(name) && member.kind === "function" && !followed.has(name),
  );
  if (special) return unread;
  if (given.incomplete !== null || made.made === "object") return unread;
  if (made.made === "enumeration") {
    const [wanted] = given.positional;
    const found = [...made.members.values()].find(
      (each) => each.kind === "member" && JSON.stringify(each.value) === JSON.stringify(wanted?.value),
    );
    return found ?? unread;
  }
  const members = new Map(made.members);
  made.derived.push(members);
  if (made.made === "class") {
    const self: Value = { ...made, members, derived: [], made: "object" };
    const start = members.get("__init__");
    if (start?.kind === "function") {
      start.call({ ...given, positional: [{ value: self, place }, ...given.positional] }, place);
      return self;
    }
    const bare = given.positional.length === 0 && given.keywords.size === 0;
    return bare && !members.has("__init__") && !members.has("__new__") ? self : unread;
  }
  if (members.has("__init__") || members.has("__post_init__")) return unread;
  const names = [...members.keys()];
  for (const [at, each] of given.positional.entries()) {
    const name = names[at];
    if (name === undefined) return unread;
    members.set(name, each.value);
  }
  for (const [name, each] of given.keywords) {
    if (!members.has(name)) return unread;
    members.set(name, each.value);
  }
  return { ...made, members, derived: [], made: "object" };
}

/** Methods of Python's own that are followed, or only print. */
const followed: ReadonlySet<string> = new Set(["__init__", "__post_init__", "__repr__", "__str__"]);
