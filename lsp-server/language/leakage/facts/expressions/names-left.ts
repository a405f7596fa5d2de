import type { Clause, Expression } from "../../ir.ts";
import type { Program } from "../program.ts";
import { constantOf } from "../values/kinds.ts";
import type { Value } from "../values/value.ts";

/** `[c for c in frame.columns if c != "y"]`, where not all columns are known: all of `source` but those; null for any other comprehension. */
export function namesLeft(
  program: Program,
  clauses: readonly Clause[],
  yields: readonly Expression[],
  source: Value,
): Value | null {
  const [clause, another] = clauses;
  const last = yields.at(-1);
  if (!clause || another || clause.target.op !== "name" || last?.op !== "name") return null;
  const { name } = clause.target;
  if (last.name !== name || !/^(attribute|call|name)$/.test(clause.source.op)) return null;
  if (source.form !== "names") return null;
  const left = yields.slice(0, -1).map((test) => namesOutside(program, name, test));
  if (!left.every((names) => names !== null)) return null;
  return { ...source, gone: source.gone && new Set([...source.gone, ...left.flat()]) };
}

/** The names for which a test surely fails, where it passes for all others. */
function namesOutside(program: Program, name: string, test: Expression): readonly string[] | null {
  if (test.op === "unary" && test.operator === "not") return namesInside(program, name, test.of);
  if (test.op !== "binary") return null;
  if (test.operator === "and") {
    const sides = [test.left, test.right].map((side) => namesOutside(program, name, side));
    return sides.every((names) => names !== null) ? sides.flat() : null;
  }
  const opposite = { "!=": "==", "not in": "in" }[test.operator];
  return opposite === undefined ? null : namesInside(program, name, { ...test, operator: opposite });
}

function namesInside(program: Program, name: string, test: Expression): readonly string[] | null {
  if (test.op !== "binary" || test.left.op !== "name" || test.left.name !== name) return null;
  if (test.operator !== "==" && test.operator !== "in") return null;
  // Whatever else stands there is read when the comprehension is: twice at each of many levels would be far too often.
  if (!isWritten(test.right)) return null;
  const { store } = program;
  const right = store.read(program.evaluate(test.right));
  const names =
    test.operator === "==" ? [constantOf(right)] : right.items?.map((item) => constantOf(store.read(item)));
  return names?.every((one) => typeof one === "string") ? names : null;
}

/** Names, texts, and lists of those. */
function isWritten(expression: Expression): boolean {
  switch (expression.op) {
    case "constant":
    case "name":
      return true;
    case "attribute":
      return isWritten(expression.of);
    case "index":
      return isWritten(expression.of) && isWritten(expression.index);
    case "unary":
      return isWritten(expression.of);
    case "binary":
      return isWritten(expression.left) && isWritten(expression.right);
    case "list":
    case "tuple":
      return expression.items.every(isWritten);
    default:
      return false;
  }
}
