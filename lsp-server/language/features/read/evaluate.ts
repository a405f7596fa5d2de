import type { Node } from "../../notebook/python.ts";
import type { Place } from "../model.ts";
import { calculate } from "./calculate.ts";
import { microsecondsOf, parseDuration } from "./duration.ts";
import type { Placed, Value } from "./value.ts";

/** What an expression is evaluated in. */
export interface Scope {
  /** The value of a name; `unbound` when nothing gives it one. */
  lookup(name: string): Value;
  place(node: Node): Place;
  /** Called for a call of something imported that is not a duration or a path. */
  construct(name: string, call: Node, scope: Scope): Value;
}

/** What an expression is, without running anything. Never throws; what the text does not tell is `dynamic`. */
export function evaluate(node: Node | null, scope: Scope): Value {
  if (!node) return dynamic("the expression is incomplete");
  switch (node.type) {
    case "string":
      return text(node, scope);
    case "concatenated_string":
      return joined(node.namedChildren, scope);
    case "integer":
    case "float": {
      const number = Number(node.text.replaceAll("_", ""));
      return Number.isNaN(number) ? dynamic("this number") : { kind: "number", number };
    }
    case "true":
    case "false":
      return { kind: "truth", truth: node.type === "true" };
    case "none":
      return { kind: "none" };
    case "identifier":
      return scope.lookup(node.text);
    case "attribute":
      return attribute(node, scope);
    case "parenthesized_expression":
      return evaluate(node.namedChildren.find((child) => child?.type !== "comment") ?? null, scope);
    case "list":
    case "tuple":
    case "set":
      return list(node, scope);
    case "list_comprehension":
      return comprehension(node, scope);
    case "dictionary":
      return record(node, scope);
    case "binary_operator":
      return calculate(
        node.childForFieldName("operator")?.text ?? "",
        evaluate(node.childForFieldName("left"), scope),
        evaluate(node.childForFieldName("right"), scope),
      );
    case "unary_operator": {
      const operand = evaluate(node.childForFieldName("argument"), scope);
      if (node.childForFieldName("operator")?.text !== "-") return operand;
      return calculate("*", operand, { kind: "number", number: -1 });
    }
    case "named_expression":
      return evaluate(node.childForFieldName("value"), scope);
    case "call":
      return call(node, scope);
    default:
      return dynamic(`${node.type.replaceAll("_", " ")} is computed when the code runs`);
  }
}

/** The arguments of a call as they stand; `**` of a dictionary known from the text is spread, any other splat makes `complete` false. */
export function argumentsOf(
  node: Node,
  scope: Scope,
): {
  positional: Placed[];
  keywords: Map<string, Placed & { readonly namePlace: Place }>;
  complete: boolean;
} {
  const positional: Placed[] = [];
  const keywords = new Map<string, Placed & { readonly namePlace: Place }>();
  let complete = true;
  for (const child of node.childForFieldName("arguments")?.namedChildren ?? []) {
    if (!child || child.type === "comment") continue;
    if (child.type === "keyword_argument") {
      const name = child.childForFieldName("name");
      const value = child.childForFieldName("value");
      if (name && value) keywords.set(name.text, { ...placed(value, scope), namePlace: scope.place(name) });
    } else if (child.type === "dictionary_splat") {
      const spread = evaluate(child.namedChildren[0] ?? null, scope);
      if (spread.kind !== "record") complete = false;
      else
        for (const [name, entry] of spread.entries) keywords.set(name, { ...entry, namePlace: entry.place });
    } else if (child.type === "list_splat") {
      const spread = evaluate(child.namedChildren[0] ?? null, scope);
      if (spread.kind !== "list") complete = false;
      else positional.push(...spread.items);
    } else if (child.type === "ERROR") complete = false;
    else positional.push(placed(child, scope));
  }
  return { positional, keywords, complete };
}

function placed(node: Node, scope: Scope): Placed {
  return { value: evaluate(node, scope), place: scope.place(node) };
}

function dynamic(why: string): Value {
  return { kind: "dynamic", why };
}

function text(node: Node, scope: Scope): Value {
  const prefix = node.namedChildren[0]?.text.toLowerCase() ?? "";
  let result = "";
  for (const child of node.namedChildren) {
    if (!child) continue;
    if (child.type === "string_content")
      result += prefix.includes("r") ? child.text : withoutEscapes(child.text);
    if (child.type !== "interpolation") continue;
    const inner = evaluate(child.childForFieldName("expression") ?? child.namedChildren[0] ?? null, scope);
    const plain = child.namedChildren.length === 1 ? plainText(inner) : null;
    if (plain === null) return dynamic("the f-string holds what is computed when the code runs");
    result += plain;
  }
  return { kind: "text", text: result };
}

function plainText(value: Value): string | null {
  if (value.kind === "text") return value.text;
  return value.kind === "number" ? String(value.number) : null;
}

function withoutEscapes(text: string): string {
  const named: Record<string, string> = { n: "\n", t: "\t", r: "\r", "\n": "" };
  return text.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])/g, (whole, sequence: string) => {
    if (sequence.length > 1) return String.fromCharCode(Number.parseInt(sequence.slice(1), 16));
    return named[sequence] ?? ("\\'\"".includes(sequence) ? sequence : whole);
  });
}

function joined(parts: readonly (Node | null)[], scope: Scope): Value {
  let result: Value = { kind: "text", text: "" };
  for (const part of parts) {
    if (part && part.type !== "comment") result = calculate("+", result, evaluate(part, scope));
  }
  return result;
}

function attribute(node: Node, scope: Scope): Value {
  const object = evaluate(node.childForFieldName("object"), scope);
  const name = node.childForFieldName("attribute")?.text ?? "";
  if (object.kind === "imported") return scope.lookup(`${object.name}.${name}`);
  if (object.kind === "unbound") return object;
  return dynamic(`.${name} is computed when the code runs`);
}

function list(node: Node, scope: Scope): Value {
  const items: Placed[] = [];
  for (const child of node.namedChildren) {
    if (!child || child.type === "comment") continue;
    if (child.type !== "list_splat") items.push(placed(child, scope));
    else {
      const spread = evaluate(child.namedChildren[0] ?? null, scope);
      if (spread.kind !== "list")
        return dynamic("the list is spread from what is computed when the code runs");
      items.push(...spread.items);
    }
  }
  return { kind: "list", items };
}

/** `[f(x) for x in known]`: one name, one loop, no condition. */
function comprehension(node: Node, scope: Scope): Value {
  const loops = node.namedChildren.filter((child) => child?.type === "for_in_clause");
  const loop = loops[0];
  const target = loop?.childForFieldName("left");
  const over = loop ? evaluate(loop.childForFieldName("right"), scope) : null;
  const filtered = node.namedChildren.some((child) => child?.type === "if_clause");
  if (loops.length !== 1 || filtered || target?.type !== "identifier" || over?.kind !== "list") {
    return dynamic("the list is computed when the code runs");
  }
  const body = node.childForFieldName("body");
  const items = over.items.map((item) => {
    const lookup = (name: string) => (name === target.text ? item.value : scope.lookup(name));
    const inner: Scope = { ...scope, lookup };
    return { value: evaluate(body, inner), place: item.place };
  });
  return { kind: "list", items };
}

function record(node: Node, scope: Scope): Value {
  const entries = new Map<string, Placed>();
  for (const pair of node.namedChildren) {
    if (pair?.type !== "pair") continue;
    const key = evaluate(pair.childForFieldName("key"), scope);
    const value = pair.childForFieldName("value");
    if (key.kind !== "text" || !value)
      return dynamic("a key of the dictionary is computed when the code runs");
    entries.set(key.text, placed(value, scope));
  }
  return { kind: "record", entries };
}

function call(node: Node, scope: Scope): Value {
  const callee = evaluate(node.childForFieldName("function"), scope);
  if (callee.kind !== "imported" && callee.kind !== "unbound") {
    // Definitions may stand among the arguments: `store.apply([Entity(…)])`.
    argumentsOf(node, scope);
    return dynamic("a function's result is known when the code runs");
  }
  if (callee.kind === "unbound") return builtin(node, callee.name, scope);
  if (callee.name === "datetime.timedelta") return timedelta(node, scope);
  if (callee.name === "pandas.Timedelta") return timedelta(node, scope);
  if (callee.name === "pathlib.Path" || callee.name === "os.path.join") return path(node, scope);
  return scope.construct(callee.name, node, scope);
}

function builtin(node: Node, name: string, scope: Scope): Value {
  const { positional, keywords, complete } = argumentsOf(node, scope);
  const first = positional[0]?.value;
  if (name === "str" && first?.kind === "text") return first;
  if (["list", "tuple", "sorted"].includes(name) && first?.kind === "list") return first;
  if (name === "dict" && complete && positional.length === 0) return { kind: "record", entries: keywords };
  return dynamic(`${name}(…) is computed when the code runs`);
}

const timedeltaOrder = ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];

function timedelta(node: Node, scope: Scope): Value {
  const { positional, keywords, complete } = argumentsOf(node, scope);
  const only = positional[0]?.value;
  if (only?.kind === "text") {
    const us = parseDuration(only.text);
    return us === null ? dynamic(`"${only.text}" is no duration`) : { kind: "duration", us };
  }
  const unit = keywords.get("unit")?.value;
  if (only?.kind === "number" && unit?.kind === "text") {
    return { kind: "duration", us: Math.round(only.number * (microsecondsOf(unit.text) ?? Number.NaN)) };
  }
  let us = 0;
  const amounts = [
    ...positional.map((each, at): [string, Value] => [timedeltaOrder[at] ?? "", each.value]),
    ...[...keywords].map(([name, each]): [string, Value] => [name, each.value]),
  ];
  for (const [name, value] of amounts) {
    const size = microsecondsOf(name);
    if (value.kind !== "number" || size === null)
      return dynamic("the duration is computed when the code runs");
    us += value.number * size;
  }
  return complete
    ? { kind: "duration", us: Math.round(us) }
    : dynamic("the duration is computed when the code runs");
}

function path(node: Node, scope: Scope): Value {
  const here: Value = { kind: "text", text: "." };
  return argumentsOf(node, scope).positional.reduce<Value>(
    (left, right) => calculate("/", left, right.value),
    here,
  );
}
