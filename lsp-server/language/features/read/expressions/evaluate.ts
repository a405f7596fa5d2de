import type { Node } from "../../../notebook/python.ts";
import { calculate } from "../values/calculate.ts";
import { distinct, dynamic, type Placed, truthOf, type Value } from "../values/value.ts";
import { attribute } from "./attribute.ts";
import { call } from "./call.ts";
import { boolean, comparison, conditional } from "./compare.ts";
import { comprehension } from "./comprehension.ts";
import { concatenated, text } from "./literal-text.ts";
import { firstOf, parts, placed, type Scope } from "./scope.ts";
import { subscript } from "./subscript.ts";

/** What an expression is, without running anything. Never throws; what the text does not tell is `dynamic`. */
export function evaluate(node: Node | null, scope: Scope): Value {
  if (!node) return dynamic("the expression is incomplete");
  switch (node.type) {
    case "string":
      return text(node, scope);
    case "concatenated_string":
      return concatenated(node, scope);
    case "integer":
    case "float":
      return number(node);
    case "true":
    case "false":
      return { kind: "truth", truth: node.type === "true" };
    case "none":
      return { kind: "none" };
    case "identifier":
      return scope.lookup(node.text);
    case "attribute":
      return attribute(node, scope);
    case "subscript":
      return subscript(node, scope);
    case "parenthesized_expression":
      return scope.evaluate(firstOf(node));
    case "list":
    case "tuple":
    case "set":
    case "expression_list":
      return list(node, scope);
    case "list_comprehension":
    case "set_comprehension":
    case "generator_expression":
    case "dictionary_comprehension":
      return comprehension(node, scope);
    case "dictionary":
      return record(node, scope);
    case "binary_operator":
      return calculate(
        node.childForFieldName("operator")?.text ?? "",
        scope.evaluate(node.childForFieldName("left")),
        scope.evaluate(node.childForFieldName("right")),
      );
    case "unary_operator": {
      const operand = scope.evaluate(node.childForFieldName("argument"));
      const operator = node.childForFieldName("operator")?.text;
      if (operator === "-") return calculate("*", operand, { kind: "number", number: -1, float: false });
      return operator === "+" ? operand : dynamic(`the result of ${operator} is known when the code runs`);
    }
    case "comparison_operator":
      return comparison(node, scope);
    case "boolean_operator":
      return boolean(node, scope);
    case "not_operator": {
      const truth = truthOf(scope.evaluate(node.childForFieldName("argument")));
      return truth === null
        ? dynamic("the condition is known when the code runs")
        : { kind: "truth", truth: !truth };
    }
    case "conditional_expression":
      return conditional(node, scope);
    case "named_expression": {
      const value = scope.evaluate(node.childForFieldName("value"));
      scope.bind(node.childForFieldName("name")?.text ?? "", value);
      return value;
    }
    case "lambda":
      return scope.define(node, "lambda");
    case "call":
      return call(node, scope);
    case "yield": {
      const given = parts(node, scope);
      for (const each of given) scope.yields(each);
      return dynamic("what a generator is sent is known when the code runs", ...given);
    }
    default:
      return dynamic(
        `${node.type.replaceAll("_", " ")} is computed when the code runs`,
        ...parts(node, scope),
      );
  }
}

function number(node: Node): Value {
  const value = Number(node.text.replaceAll("_", ""));
  const float = node.type === "float";
  if (Number.isNaN(value) || (!float && !Number.isSafeInteger(value)))
    return dynamic("this number cannot be followed");
  return { kind: "number", number: value, float };
}

function list(node: Node, scope: Scope): Value {
  const items: Placed[] = [];
  const unread: Value[] = [];
  for (const child of node.namedChildren) {
    if (!child || child.type === "comment") continue;
    if (child.type !== "list_splat") items.push(placed(child, scope));
    else {
      const spread = scope.evaluate(child.namedChildren[0] ?? null);
      if (spread.kind === "list") items.push(...spread.items);
      else unread.push(spread);
    }
  }
  if (unread.length > 0) {
    const why = "the list is spread from what is computed when the code runs";
    return dynamic(why, ...unread, ...items.map((item) => item.value));
  }
  if (node.type === "tuple" || node.type === "expression_list") return { kind: "list", items, fixed: true };
  return node.type === "set"
    ? { kind: "list", items: distinct(items), unordered: true }
    : { kind: "list", items };
}

function record(node: Node, scope: Scope): Value {
  const entries = new Map<string, Placed>();
  const unread: Value[] = [];
  let why = "the dictionary is spread from what is computed when the code runs";
  for (const child of node.namedChildren) {
    if (child?.type === "dictionary_splat") {
      const spread = scope.evaluate(child.namedChildren[0] ?? null);
      if (spread.kind !== "record") unread.push(spread);
      else for (const [key, entry] of spread.entries) entries.set(key, entry);
    }
    if (child?.type !== "pair") continue;
    const key = scope.evaluate(child.childForFieldName("key"));
    const value = child.childForFieldName("value");
    const name = keyOf(key);
    const held = value ? placed(value, scope) : null;
    if (name !== null && held) entries.set(name, held);
    else {
      why = "a key of the dictionary is computed when the code runs";
      unread.push(key, ...(held ? [held.value] : []));
    }
  }
  if (unread.length === 0 && !why.startsWith("a key")) return { kind: "record", entries };
  return dynamic(why, ...unread, ...[...entries.values()].map((entry) => entry.value));
}

/** Keys that are no text are kept apart, so that 1 and "1" differ; 1, 1.0 and True are one key. */
function keyOf(key: Value): string | null {
  if (key.kind === "text") return key.text;
  if (key.kind === "number") return `\0${key.number}`;
  return key.kind === "truth" ? `\0${Number(key.truth)}` : null;
}
