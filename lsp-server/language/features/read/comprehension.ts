import type { Node } from "../../notebook/python.ts";
import { placed, type Scope } from "./scope.ts";
import { dynamic, type Placed, truthOf, type Value } from "./value.ts";

/** `[f(x) for x in known if c(x)]`, with any number of loops and conditions, as a list; a dictionary comprehension as a dictionary. */
export function comprehension(node: Node, scope: Scope): Value {
  const body = node.childForFieldName("body");
  const clauses = node.namedChildren.filter(
    (child) => child?.type === "for_in_clause" || child?.type === "if_clause",
  );
  const found: Placed[] = [];
  const entries = new Map<string, Placed>();
  const failure = unroll(clauses as Node[], scope, (inner) => {
    if (body?.type !== "pair") {
      if (body) found.push(placed(body, inner));
      return null;
    }
    const key = inner.evaluate(body.childForFieldName("key"));
    const value = body.childForFieldName("value");
    if (key.kind !== "text" || !value)
      return dynamic("a key of the dictionary is computed when the code runs");
    entries.set(key.text, placed(value, inner));
    return null;
  });
  if (failure) return failure;
  return body?.type === "pair" ? { kind: "record", entries } : { kind: "list", items: found };
}

function unroll(clauses: readonly Node[], scope: Scope, run: (scope: Scope) => Value | null): Value | null {
  const [clause, ...rest] = clauses;
  if (!clause) return run(scope);
  if (clause.type === "if_clause") {
    const truth = truthOf(scope.evaluate(clause.namedChildren[0] ?? null));
    if (truth === null) return dynamic("a condition of the comprehension is known when the code runs");
    return truth ? unroll(rest, scope, run) : null;
  }
  const items = itemsOf(scope.evaluate(clause.childForFieldName("right")));
  const target = clause.childForFieldName("left");
  if (!items || !target) return dynamic("the list is computed when the code runs");
  for (const item of items) {
    if (!scope.spend(target)) return dynamic("it takes more steps than are followed");
    const names = new Map<string, Value>();
    if (!unpack(target, item, (name, value) => names.set(name, value)))
      return dynamic("the list is computed when the code runs");
    const failure = unroll(rest, scope.within(names), run);
    if (failure) return failure;
  }
  return null;
}

/** What a loop over a value goes through; null when the text does not tell. */
export function itemsOf(value: Value): readonly Value[] | null {
  if (value.kind === "list") return value.items.map((item) => item.value);
  if (value.kind === "record") return [...value.entries.keys()].map((text) => ({ kind: "text", text }));
  if (value.kind === "namespace" && value.made === "enumeration")
    return [...value.members.values()].filter((each) => each.kind === "member");
  return null;
}

/** Gives the names of a target their parts of a value; false when the target is something else or the parts are not known. */
export function unpack(target: Node, value: Value, bind: (name: string, value: Value) => void): boolean {
  if (target.type === "identifier") {
    bind(target.text, value);
    return true;
  }
  if (!["pattern_list", "tuple_pattern", "list_pattern"].includes(target.type)) return false;
  const parts = target.namedChildren.filter((child) => child && child.type !== "comment");
  const items = value.kind === "list" ? value.items : null;
  if (!items || items.length !== parts.length || parts.some((part) => part?.type === "list_splat_pattern"))
    return false;
  return parts.every((part, at) => part && unpack(part, items[at]!.value, bind));
}
