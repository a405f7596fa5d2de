import type { Node } from "../../../notebook/python.ts";
import { calledBack, letEscape } from "../expressions/escape.ts";
import { parts } from "../expressions/scope.ts";
import { isTame } from "../expressions/tame.ts";
import { dynamic, type Value } from "../values/value.ts";
import { type Frame, frameOf } from "./frame.ts";
import type { Machine } from "./machine.ts";

/** A class as a namespace of what its body assigns; the members of an Enum are members. */
export function defineClass(node: Node, frame: Frame, machine: Machine, isRecord = false): Value {
  const name = node.childForFieldName("name")?.text ?? "";
  const scope = machine.scope(frame);
  const bases = (node.childForFieldName("superclasses")?.namedChildren ?? [])
    .filter((each) => each && each.type !== "comment")
    .map((each) =>
      scope.evaluate(each?.type === "keyword_argument" ? each.childForFieldName("value") : each),
    );
  const members = new Map<string, Value>();
  const stated = node.childForFieldName("superclasses")?.namedChildren ?? [];
  let unread = stated.some((each) => each?.type === "keyword_argument");
  let made: Extract<Value, { kind: "namespace" }>["made"] = isRecord ? "record class" : "class";
  for (const base of bases) {
    if (base.kind === "namespace") {
      for (const [member, value] of base.members) members.set(member, value);
      base.derived.push(members);
      if (base.made !== "object") made = base.made;
    } else if (base.kind === "imported" && /^enum\.(Enum|IntEnum|StrEnum|Flag)$/.test(base.name))
      made = "enumeration";
    else if (base.kind === "imported" && base.name === "typing.NamedTuple") made = "record class";
    else if (base.kind === "unbound" && /^(str|int|object)$/.test(base.name)) continue;
    else if (!(base.kind === "imported" && /^(abc\.ABC|typing\.(Generic|Protocol))$/.test(base.name)))
      unread = true;
  }
  const own = frameOf("class", frame);
  const body = node.childForFieldName("body");
  if (body) machine.execute(body, own);
  for (const [member, value] of own.variables) {
    const isMember = made === "enumeration" && value.kind !== "function" && !member.startsWith("_");
    members.set(member, isMember ? { kind: "member", name: member, of: name, value } : value);
  }
  if (!unread) return { kind: "namespace", name, members, derived: [], made };
  // Whoever wrote the base may run its methods.
  const held = [...members.values(), ...bases];
  return dynamic(
    `${name} is a class whose base was not read`,
    ...held,
    ...calledBack(held, scope.place(node), scope, []),
  );
}

/** A function or class under decorators that leave it as it is; under any other it is unknown. */
export function defineDecorated(node: Node, frame: Frame, machine: Machine): void {
  const definition = node.childForFieldName("definition");
  if (!definition) return;
  const scope = machine.scope(frame);
  const name = definition.childForFieldName("name")?.text ?? "";
  const applied = node.namedChildren.flatMap((each) => {
    if (each?.type !== "decorator") return [];
    const expression = each.namedChildren.find((child) => child?.type !== "comment") ?? null;
    const callee = expression?.type === "call" ? expression.childForFieldName("function") : expression;
    const given = expression?.type === "call" ? expression.childForFieldName("arguments") : null;
    const value = scope.evaluate(callee ?? null);
    return [{ value, given: given ? parts(given, scope) : [] }];
  });
  const decorators = applied.map(({ value }) =>
    value.kind === "imported" || value.kind === "unbound" ? value.name : "",
  );
  const unread = decorators.find((each) => !transparent.has(each));
  if (unread !== undefined) {
    const made =
      definition.type === "class_definition"
        ? defineClass(definition, frame, machine)
        : scope.define(definition, name);
    const reached = [...applied.flatMap(({ value, given }) => [value, ...given]), made];
    const tame = applied.every(({ value }) => isTame(value));
    // Feast gives a transformation tables, and none of what it is defined by.
    const given = decorators.every((each) => /^feast\./.test(each)) ? [made] : reached;
    const answers = tame ? calledBack(given, scope.place(node), scope, []) : [];
    if (!tame) letEscape(reached, scope.place(node), "a decorator that was not followed is given it", scope);
    const last = unread.slice(unread.lastIndexOf(".") + 1);
    if (/^(feast|lookback)\b/.test(unread))
      scope.construct(unread, node, {
        positional: [],
        keywords: new Map(),
        incomplete: "it computes features in a function",
      });
    const why = last ? `@${last} changes what it is` : "its decorator was not read";
    machine.bind(frame, name, dynamic(why, ...reached, ...answers));
    return;
  }
  if (definition.type === "class_definition") {
    const isRecord = decorators.includes("dataclasses.dataclass");
    machine.bind(frame, name, defineClass(definition, frame, machine, isRecord));
    return;
  }
  const made = scope.define(definition, name);
  machine.bind(
    frame,
    name,
    decorators.includes("staticmethod") && made.kind === "function" ? { ...made, unbound: true } : made,
  );
}

const transparent: ReadonlySet<string> = new Set([
  "staticmethod",
  "functools.lru_cache",
  "functools.cache",
  "dataclasses.dataclass",
  "enum.unique",
]);
