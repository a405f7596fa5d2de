import type { Node } from "../../../notebook/python.ts";
import { dynamic, type Placed, sameValue, truthOf, type Value } from "../values/value.ts";
import { placed, type Scope } from "./scope.ts";

/** `[f(x) for x in known if c(x)]`, with any number of loops and conditions, as a list; a dictionary comprehension as a dictionary. */
export function comprehension(node: Node, scope: Scope): Value {
  const body = node.childForFieldName("body");
  const clauses = node.namedChildren.filter(
    (child) => child?.type === "for_in_clause" || child?.type === "if_clause",
  );
  const found: Placed[] = [];
  const entries = new Map<string, Placed>();
  const lazy = node.type === "generator_expression" && !isUsedUpAtOnce(node);
  if (lazy) {
    const why = "a generator gives its items when it is used, once";
    const given = scope.perhaps(why, () => comprehensionOf());
    return dynamic(why, ...(given ? [given] : []));
  }
  return comprehensionOf();

  function comprehensionOf(): Value {
    const failure = unroll(clauses as Node[], scope, (inner) => {
      if (body?.type !== "pair") {
        if (body) add(placed(body, inner));
        return null;
      }
      const key = inner.evaluate(body.childForFieldName("key"));
      const value = body.childForFieldName("value");
      const made = value ? placed(value, inner) : null;
      if (key.kind !== "text" || !made)
        return dynamic(
          "a key of the dictionary is computed when the code runs",
          ...(made ? [made.value] : []),
        );
      entries.set(key.text, made);
      return null;
    });
    if (failure)
      return dynamic(
        failure.why,
        failure,
        ...found.map((each) => each.value),
        ...[...entries.values()].map((each) => each.value),
      );
    if (body?.type === "pair") return { kind: "record", entries };
    return node.type === "set_comprehension"
      ? { kind: "list", items: found, unordered: true }
      : { kind: "list", items: found };
  }

  function add(item: Placed): void {
    if (node.type !== "set_comprehension" || !found.some((each) => sameValue(each.value, item.value)))
      found.push(item);
  }
}

/** Whether an iterator is used up where it stands, so that nobody can come to it a second time. */
export function isUsedUpAtOnce(node: Node): boolean {
  const parent = node.parent;
  switch (parent?.type) {
    case "parenthesized_expression":
      return isUsedUpAtOnce(parent);
    case "for_statement":
    case "for_in_clause":
      return (
        parent.childForFieldName("right")?.id === node.id && !/generator/.test(parent.parent?.type ?? "")
      );
    case "list_splat":
      return true;
    case "call":
    case "argument_list": {
      const call = parent.type === "call" ? parent : parent.parent;
      const callee = call?.childForFieldName("function");
      const name = callee?.type === "attribute" ? callee.childForFieldName("attribute")?.text : callee?.text;
      return /^(list|tuple|set|frozenset|dict|sorted|sum|min|max|any|all|len|join|extend|update)$/.test(
        name ?? "",
      );
    }
    default:
      return false;
  }
}

type Failure = Extract<Value, { kind: "dynamic" }>;

function unroll(
  clauses: readonly Node[],
  scope: Scope,
  run: (scope: Scope) => Failure | null,
): Failure | null {
  const [clause, ...rest] = clauses;
  if (!clause) return run(scope);
  if (clause.type === "if_clause") {
    const truth = truthOf(scope.evaluate(clause.namedChildren[0] ?? null));
    if (truth === null) {
      const why = "a condition of the comprehension is known when the code runs";
      return dynamic(why, ...reached(why, scope, () => unroll(rest, scope, run)));
    }
    return truth ? unroll(rest, scope, run) : null;
  }
  const over = scope.evaluate(clause.childForFieldName("right"));
  const items = itemsOf(over);
  const target = clause.childForFieldName("left");
  const why = "the list is computed when the code runs";
  const names = new Map<string, Value>();
  if (!items || !target) {
    for (const name of target?.descendantsOfType("identifier") ?? [])
      if (name) names.set(name.text, dynamic(why, over));
    return dynamic(why, over, ...reached(why, scope, () => unroll(rest, scope.within(names), run)));
  }
  let failed: Failure | null = null;
  for (const item of items) {
    if (!scope.spend(target)) return dynamic("it takes more steps than are followed", over);
    names.clear();
    const part = (inner: Node, value: Value) => scope.assignPart(inner, value);
    if (!unpack(target, item, (name, value) => names.set(name, value), part))
      for (const name of target.descendantsOfType("identifier"))
        if (name) names.set(name.text, dynamic(why, item));
    const failure = unroll(rest, scope.within(new Map(names)), run);
    if (failure) failed = dynamic(failure.why, failure, ...(failed ? [failed] : []));
  }
  return failed;
}

/** What the rest of a comprehension may come to that may not run, or run often. */
function reached(why: string, scope: Scope, run: () => Failure | null): readonly Value[] {
  const failure = scope.perhaps(why, run);
  return failure ? [failure] : [];
}

/** What a loop over a value goes through, in its order; null when the text does not tell. */
export function itemsOf(value: Value): readonly Value[] | null {
  if (value.kind === "list" && value.unordered && value.items.length > 1) return null;
  if (value.kind === "list") return value.items.map((item) => item.value);
  if (value.kind === "record") return [...value.entries.keys()].map((text) => ({ kind: "text", text }));
  if (value.kind === "namespace" && value.made === "enumeration")
    return [...value.members.values()].filter((each) => each.kind === "member");
  return null;
}

/** Gives the names of a target their parts of a value; false when the target is something else or the parts are not known. */
export function unpack(
  target: Node,
  value: Value,
  bind: (name: string, value: Value) => void,
  part?: (target: Node, value: Value) => void,
): boolean {
  if (part && (target.type === "attribute" || target.type === "subscript")) {
    part(target, value);
    return true;
  }
  if (target.type === "identifier") {
    bind(target.text, value);
    return true;
  }
  if (!["pattern_list", "tuple_pattern", "list_pattern"].includes(target.type)) return false;
  const parts = target.namedChildren.filter((child) => child && child.type !== "comment");
  const items = value.kind === "list" && !(value.unordered && value.items.length > 1) ? value.items : null;
  if (!items || items.length !== parts.length || parts.some((part) => part?.type === "list_splat_pattern"))
    return false;
  return parts.every((each, at) => each && unpack(each, items[at]!.value, bind, part));
}
