import type { Node } from "../../../notebook/python.ts";
import { assignPart } from "../expressions/change.ts";
import { unpack } from "../expressions/comprehension.ts";
import { letEscape } from "../expressions/escape.ts";
import { calculate } from "../values/calculate.ts";
import { dynamic, spoil, type Value } from "../values/value.ts";
import type { Frame } from "./frame.ts";
import type { Machine } from "./machine.ts";

/** Gives a target its value; of what cannot be unpacked every name becomes unknown. */
export function assign(target: Node, value: Value, frame: Frame, machine: Machine): void {
  const scope = machine.scope(frame);
  if (target.type === "attribute" || target.type === "subscript") {
    assignPart(target, value, scope);
    return;
  }
  const bind = (name: string, part: Value) => machine.bind(frame, name, part);
  const part = (inner: Node, of: Value) => assignPart(inner, of, scope);
  if (unpack(target, value, bind, part)) return;
  const unpacked = dynamic("it is unpacked from what is computed when the code runs", value);
  spread(target, unpacked, frame, machine);
}

function spread(target: Node, value: Value, frame: Frame, machine: Machine): void {
  if (target.type === "identifier") machine.bind(frame, target.text, value);
  else if (target.type === "attribute" || target.type === "subscript")
    assignPart(target, value, machine.scope(frame));
  else for (const child of target.namedChildren) if (child) spread(child, value, frame, machine);
}

/** `x += y` and its kind: lists, sets and dictionaries change for everyone who holds them. */
export function augmented(expression: Node, frame: Frame, machine: Machine): Value {
  const scope = machine.scope(frame);
  const left = expression.childForFieldName("left");
  if (!left) return dynamic("it is incomplete");
  const operator = (expression.childForFieldName("operator")?.text ?? "").replace(/=$/, "");
  const held = scope.evaluate(left);
  const right = scope.evaluate(expression.childForFieldName("right"));
  const why = `${operator}= changes it when the code runs`;
  const changes = (held.kind === "list" && !held.fixed) || held.kind === "record";
  if (changes && scope.doubt() === null) {
    if (held.kind === "list" && right.kind === "list" && operator === "+")
      held.items.push(...[...right.items]);
    else if (held.kind === "record" && right.kind === "record" && operator === "|")
      for (const [key, entry] of [...right.entries]) held.entries.set(key, entry);
    else spoil(held, why, right);
  } else if (changes) spoil(held, why, right);
  else if (held.kind === "dynamic") letEscape([held], scope.place(expression), why, scope);
  const value = changes || held.kind === "dynamic" ? held : calculate(operator, held, right);
  assign(left, value, frame, machine);
  return value;
}
