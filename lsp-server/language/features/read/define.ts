import type { Node } from "../../notebook/python.ts";
import { bindIn, type Frame, frameOf } from "./frame.ts";
import type { Machine } from "./machine.ts";
import { dynamic, type Value } from "./value.ts";

/** A class as a namespace of what its body assigns; the members of an Enum are members. */
export function defineClass(node: Node, frame: Frame, machine: Machine, isRecord = false): Value {
  const name = node.childForFieldName("name")?.text ?? "";
  const scope = machine.scope(frame);
  const bases = (node.childForFieldName("superclasses")?.namedChildren ?? [])
    .filter((each) => each && each.type !== "keyword_argument" && each.type !== "comment")
    .map((each) => scope.evaluate(each));
  const members = new Map<string, Value>();
  let made: Extract<Value, { kind: "namespace" }>["made"] = isRecord ? "record class" : "class";
  for (const base of bases) {
    if (base.kind === "namespace") {
      for (const [member, value] of base.members) members.set(member, value);
      if (base.made !== "object") made = base.made;
    } else if (base.kind === "imported" && /^enum\.(Enum|IntEnum|StrEnum|Flag)$/.test(base.name))
      made = "enumeration";
    else if (base.kind === "imported" && base.name === "typing.NamedTuple") made = "record class";
    else if (base.kind === "unbound" && /^(str|int|object)$/.test(base.name)) continue;
    else return dynamic(`${name} is a class whose base was not read`);
  }
  const own = frameOf("class", frame);
  const body = node.childForFieldName("body");
  if (body) machine.execute(body, own);
  for (const [member, value] of own.variables) {
    const isMember = made === "enumeration" && value.kind !== "function" && !member.startsWith("_");
    members.set(member, isMember ? { kind: "member", name: member, of: name, value } : value);
  }
  return { kind: "namespace", name, members, made };
}

/** A function or class under decorators that leave it as it is; under any other it is unknown. */
export function defineDecorated(node: Node, frame: Frame, machine: Machine): void {
  const definition = node.childForFieldName("definition");
  if (!definition) return;
  const scope = machine.scope(frame);
  const name = definition.childForFieldName("name")?.text ?? "";
  const decorators = node.namedChildren.flatMap((each) => {
    if (each?.type !== "decorator") return [];
    const expression = each.namedChildren.find((child) => child?.type !== "comment") ?? null;
    const callee = expression?.type === "call" ? expression.childForFieldName("function") : expression;
    const value = scope.evaluate(callee ?? null);
    return [value.kind === "imported" || value.kind === "unbound" ? value.name : ""];
  });
  const unread = decorators.find((each) => !transparent.has(each));
  if (unread !== undefined) {
    const last = unread.slice(unread.lastIndexOf(".") + 1);
    if (/^(feast|lookback)\b/.test(unread))
      scope.construct(unread, node, {
        positional: [],
        keywords: new Map(),
        incomplete: "it computes features in a function",
      });
    bindIn(frame, name, dynamic(last ? `@${last} changes what it is` : "its decorator was not read"));
    return;
  }
  if (definition.type === "class_definition") {
    bindIn(
      frame,
      name,
      defineClass(definition, frame, machine, decorators.includes("dataclasses.dataclass")),
    );
    return;
  }
  const made = scope.define(definition, name);
  bindIn(
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
