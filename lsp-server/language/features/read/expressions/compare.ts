import type { Node } from "../../../notebook/python.ts";
import { anyOf } from "../values/any-of.ts";
import { dynamic, sameValue, truthOf, type Value } from "../values/value.ts";
import type { Scope } from "./scope.ts";

const unknownCondition = "the condition is known when the code runs";

/** `a == b`, `a in b`, `a < b < c`, `a is None`: a truth, or dynamic. */
export function comparison(node: Node, scope: Scope): Value {
  const operands = node.namedChildren.filter((child) => child && child.type !== "comment");
  const operators = node.childrenForFieldName("operators").map((each) => each?.text ?? "");
  let left = scope.evaluate(operands[0] ?? null);
  let known = true;
  for (const [at, operator] of operators.entries()) {
    const operand = operands[at + 1] ?? null;
    // Python asks no further once a part does not hold.
    const right = known
      ? scope.evaluate(operand)
      : (scope.perhaps(unknownCondition, () => scope.evaluate(operand)) ?? dynamic(unknownCondition));
    const holds = compare(operator, left, right);
    if (holds === false && known) return { kind: "truth", truth: false };
    known &&= holds !== null;
    left = right;
  }
  return known ? { kind: "truth", truth: true } : dynamic("the comparison is known when the code runs");
}

/** `a and b`, `a or b`, as Python answers them: with one of the operands. */
export function boolean(node: Node, scope: Scope): Value {
  const left = scope.evaluate(node.childForFieldName("left"));
  const truth = truthOf(left);
  const right = () => scope.evaluate(node.childForFieldName("right"));
  const why = unknownCondition;
  const isAnd = node.childForFieldName("operator")?.text === "and";
  if (truth === null) {
    const other = scope.perhaps(why, right);
    return other ? anyOf([left, other], why) : left;
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
  const why = "it depends on a condition that is known when the code runs";
  const values = [then, otherwise].flatMap(
    (each) => scope.perhaps(why, () => scope.evaluate(each ?? null)) ?? [],
  );
  return anyOf(values, why);
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
      return equal(left, right);
    case "!=": {
      const same = equal(left, right);
      return same === null ? null : !same;
    }
    case "is":
    case "is not": {
      const same = identical(left, right);
      return same === null ? null : same === (operator === "is");
    }
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

function equal(left: Value, right: Value): boolean | null {
  const [one, other] = [numeric(left), numeric(right)];
  if (one !== null && other !== null) return one === other;
  if (left === right) return true;
  if (left.kind === "record" || right.kind === "record") return left.kind === right.kind ? null : false;
  if (left.kind !== "list" || right.kind !== "list") return sameValue(left, right);
  // A set and a tuple are lists here.
  if (left.fixed !== right.fixed || left.items.length !== right.items.length) return null;
  const parts = left.items.map((item, at) => equal(item.value, right.items[at]!.value));
  return parts.includes(null) || (parts.includes(false) && !left.fixed) ? null : !parts.includes(false);
}

/** True is 1 to Python. */
function numeric(value: Value): number | null {
  if (value.kind === "truth") return Number(value.truth);
  return value.kind === "number" ? value.number : null;
}

/** Only of what exists once is it known; Python may or may not keep one object for equal texts and numbers. */
function identical(left: Value, right: Value): boolean | null {
  if (left.kind !== right.kind) return false;
  if (left.kind === "truth" && right.kind === "truth") return left.truth === right.truth;
  if (left.kind === "none") return true;
  return (left.kind === "list" && !left.fixed) || left.kind === "record" ? left === right : null;
}

function contains(holder: Value, item: Value): boolean | null {
  if (holder.kind === "list") {
    const found = holder.items.map((each) => equal(each.value, item));
    return found.includes(true) ? true : found.includes(null) ? null : false;
  }
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
