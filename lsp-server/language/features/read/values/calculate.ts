import { exactDuration } from "./duration.ts";
import { joinPaths } from "./path-text.ts";
import { dynamic, type Value } from "./value.ts";

/** The result of an operator on two values: numbers, durations, text, lists, dictionaries, and paths joined by `/`. Anything else is `dynamic`. */
export function calculate(operator: string, left: Value, right: Value): Value {
  if (left.kind === "unbound" || left.kind === "dynamic") return left;
  if (right.kind === "unbound" || right.kind === "dynamic") return right;
  if (left.kind === "number" && right.kind === "number") {
    const number = arithmetic(operator, left.number, right.number);
    const float = left.float || right.float || operator === "/" || (operator === "**" && right.number < 0);
    if (number === null || !Number.isFinite(number)) return computed(operator);
    if (!float && !Number.isSafeInteger(number)) return dynamic("the number is larger than can be followed");
    return { kind: "number", number, float };
  }
  if (left.kind === "duration" && right.kind === "duration") {
    if (operator === "/" && right.us !== 0)
      return { kind: "number", number: left.us / right.us, float: true };
    if (operator !== "+" && operator !== "-") return computed(operator);
    return exactDuration(operator === "+" ? left.us + right.us : left.us - right.us);
  }
  if (left.kind === "duration" && right.kind === "number") {
    if (operator === "*") return exactDuration(left.us * right.number);
    if (right.number === 0) return computed(operator);
    if (operator === "/") return exactDuration(left.us / right.number);
    if (operator === "//") return exactDuration(Math.floor(left.us / right.number));
  }
  if (left.kind === "number" && right.kind === "duration" && operator === "*")
    return calculate("*", right, left);
  if (left.kind === "text" && right.kind === "text") {
    if (operator === "+") return { kind: "text", text: left.text + right.text };
    if (operator === "/") return { kind: "text", text: joinPaths(left.text, right.text) };
  }
  if (left.kind === "text" && operator === "%") return interpolated(left.text, right);
  if (left.kind === "list" && right.kind === "list" && operator === "+") {
    return { kind: "list", items: [...left.items, ...right.items] };
  }
  if (left.kind === "record" && right.kind === "record" && operator === "|") {
    return { kind: "record", entries: new Map([...left.entries, ...right.entries]) };
  }
  return computed(operator);
}

/** Text as Python's `str` gives it, or null when the text of the notebook does not tell. */
export function printed(value: Value): string | null {
  if (value.kind === "text") return value.text;
  if (value.kind === "truth") return value.truth ? "True" : "False";
  if (value.kind !== "number") return null;
  const { number, float } = value;
  if (!float) return String(number);
  if (number !== 0 && (Math.abs(number) >= 1e16 || Math.abs(number) < 1e-4)) return null;
  return Number.isInteger(number) ? `${number}.0` : String(number);
}

/** `"%s_%d" % (a, b)`, as far as `%s` and `%d` go. */
function interpolated(pattern: string, given: Value): Value {
  const items = given.kind === "list" ? given.items.map((item) => item.value) : [given];
  let at = 0;
  let unread = false;
  const text = pattern.replace(/%(.)/g, (_, kind: string) => {
    if (kind === "%") return "%";
    const item = items[at++];
    const plain =
      item && (kind === "s" || (kind === "d" && item.kind === "number" && !item.float))
        ? printed(item)
        : null;
    if (plain === null) unread = true;
    return plain ?? "";
  });
  return unread || at !== items.length ? computed("%") : { kind: "text", text };
}

function computed(operator: string): Value {
  return dynamic(`the result of ${operator} is known when the code runs`);
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
    case "%":
      return right === 0 ? null : ((left % right) + right) % right;
    case "**":
      return left ** right;
    default:
      return null;
  }
}
