import type { Node } from "../../notebook/python.ts";
import type { Scope } from "./scope.ts";
import { dynamic, sameValue, truthOf, type Value } from "./value.ts";

/** `a == b`, `a in b`, `a < b < c`, `a is None`: a truth, or dynamic. */
export function comparison(node: Node, scope: Scope): Value {
  const operands = node.namedChildren.filter((child) => child && child.type !== "comment");
  const operators = node.childrenForFieldName("operators").map((each) => each?.text ?? "");
  const values = operands.map((operand) => scope.evaluate(operand));
  for (const [at, operator] of operators.entries()) {
    const holds = compare(operator, values[at]!, values[at + 1]!);
    if (holds === null) return dynamic("the comparison is known when the code runs");
    if (!holds) return { kind: "truth", truth: false };
  }
  return { kind: "truth", truth: true };
}

/** `a and b`, `a or b`, as Python answers them: with one of the operands. */
export function boolean(node: Node, scope: Scope): Value {
  const left = scope.evaluate(node.childForFieldName("left"));
  const truth = truthOf(left);
  const right = () => scope.evaluate(node.childForFieldName("right"));
  const isAnd = node.childForFieldName("operator")?.text === "and";
  if (truth === null) {
    const other = right();
    return sameValue(left, other) ? left : dynamic("the condition is known when the code runs");
  }
  return truth === isAnd ? right() : left;
}

/** `a if c else b`; when the condition is not known, what both have in common. */
export function conditional(node: Node, scope: Scope): Value {
  const [then, condition, otherwise] = node.namedChildren.filter(
    (child) => child && child.type !== "comment",
  );
  const truth = truthOf(scope.evaluate(condition ?? null));
  if (truth !== null) return scope.evaluate((truth ? then : otherwise) ?? null);
  const values = [scope.evaluate(then ?? null), scope.evaluate(otherwise ?? null)] as const;
  return sameValue(...values)
    ? values[0]
    : dynamic("it depends on a condition that is known when the code runs");
}

function compare(operator: string, left: Value, right: Value): boolean | null {
  if (!isPlain(left) || !isPlain(right)) {
    const identity = operator === "is" || operator === "is not" || operator === "==" || operator === "!=";
    const oneIsNone = (left.kind === "none") !== (right.kind === "none");
    const other = left.kind === "none" ? right : left;
    if (identity && oneIsNone && made.has(other.kind)) return operator === "is not" || operator === "!=";
    return null;
  }
  switch (operator) {
    case "==":
    case "is":
      return equal(left, right);
    case "!=":
    case "is not":
      return !equal(left, right);
    case "in":
    case "not in": {
      const found = contains(right, left);
      return found === null ? null : found === (operator === "in");
    }
  }
  const order = ordered(left, right);
  if (order === null) return null;
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    default:
      return null;
  }
}

function isPlain(value: Value): boolean {
  if (value.kind === "list") return value.items.every((item) => isPlain(item.value));
  return ["text", "number", "truth", "none", "duration", "record"].includes(value.kind);
}

/** What is certainly not None. */
const made: ReadonlySet<Value["kind"]> = new Set([
  "entity",
  "source",
  "view",
  "field",
  "aggregate",
  "training-set",
  "function",
  "type",
]);

function equal(left: Value, right: Value): boolean {
  if (left.kind === "number" && right.kind === "number") return left.number === right.number;
  return sameValue(left, right);
}

function contains(holder: Value, item: Value): boolean | null {
  if (holder.kind === "list") return holder.items.some((each) => equal(each.value, item));
  if (item.kind !== "text") return null;
  if (holder.kind === "record") return holder.entries.has(item.text);
  return holder.kind === "text" ? holder.text.includes(item.text) : null;
}

function ordered(left: Value, right: Value): number | null {
  if (left.kind === "number" && right.kind === "number") return left.number - right.number;
  if (left.kind === "duration" && right.kind === "duration") return left.us - right.us;
  if (left.kind === "text" && right.kind === "text")
    return left.text < right.text ? -1 : left.text > right.text ? 1 : 0;
  return null;
}
