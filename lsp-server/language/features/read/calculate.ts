import type { Value } from "./value.ts";

/** The result of an operator on two values: numbers, durations, text, lists, and paths joined by `/`. Anything else is `dynamic`. */
export function calculate(operator: string, left: Value, right: Value): Value {
  if (left.kind === "unbound" || left.kind === "dynamic") return left;
  if (right.kind === "unbound" || right.kind === "dynamic") return right;
  if (left.kind === "number" && right.kind === "number") {
    const number = arithmetic(operator, left.number, right.number);
    return number === null ? computed(operator) : { kind: "number", number };
  }
  if (left.kind === "duration" && right.kind === "duration" && (operator === "+" || operator === "-")) {
    return { kind: "duration", us: operator === "+" ? left.us + right.us : left.us - right.us };
  }
  if (left.kind === "duration" && right.kind === "number" && ["*", "/", "//"].includes(operator)) {
    return {
      kind: "duration",
      us: Math.round(operator === "*" ? left.us * right.number : left.us / right.number),
    };
  }
  if (left.kind === "number" && right.kind === "duration" && operator === "*")
    return calculate("*", right, left);
  if (left.kind === "text" && right.kind === "text") {
    if (operator === "+") return { kind: "text", text: left.text + right.text };
    if (operator === "/") return { kind: "text", text: joinPaths(left.text, right.text) };
  }
  if (left.kind === "list" && right.kind === "list" && operator === "+") {
    return { kind: "list", items: [...left.items, ...right.items] };
  }
  return computed(operator);
}

function computed(operator: string): Value {
  return { kind: "dynamic", why: `the result of ${operator} is known when the code runs` };
}

function joinPaths(left: string, right: string): string {
  if (right.startsWith("/") || left === "" || left === ".") return right;
  return `${left.replace(/\/$/, "")}/${right}`;
}

function arithmetic(operator: string, left: number, right: number): number | null {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? null : left / right;
    case "//":
      return right === 0 ? null : Math.floor(left / right);
    case "**":
      return left ** right;
    default:
      return null;
  }
}
