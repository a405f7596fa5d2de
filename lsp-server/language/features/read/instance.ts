import { type Arguments, dynamic, type Value } from "./value.ts";

/** An object of a class whose text is here: of a record class (a dataclass, a NamedTuple) or a class without arguments. */
export function instance(made: Extract<Value, { kind: "namespace" }>, given: Arguments): Value {
  const unread = dynamic(`${made.name}(…) is computed when the code runs`);
  if (given.incomplete !== null || made.made === "object") return unread;
  if (made.made === "enumeration") {
    const [wanted] = given.positional;
    const found = [...made.members.values()].find(
      (each) => each.kind === "member" && JSON.stringify(each.value) === JSON.stringify(wanted?.value),
    );
    return found ?? unread;
  }
  const members = new Map(made.members);
  if (made.made === "class") {
    const bare = given.positional.length === 0 && given.keywords.size === 0;
    return bare && !members.has("__init__") && !members.has("__new__")
      ? { ...made, members, made: "object" }
      : unread;
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
  return { ...made, members, made: "object" };
}
