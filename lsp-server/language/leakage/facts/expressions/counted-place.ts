import type { Expression } from "../../ir.ts";
import type { Program } from "../program.ts";
import { constantOf } from "../values/kinds.ts";
import type { Places } from "../values/mark.ts";

/** A number that a loop counts, and how far from it: `i + 9`. */
interface Counted {
  /** The counter's name and which one of that name; null where the number is written out. */
  readonly counter: string | null;
  readonly offset: number;
}

/** The place that `rows[i + 1]` takes, or those that `rows[i - 9 : i + 1]` does; null where no loop counts them, or they are not known. */
export function countedPlaces(program: Program, index: Expression): Places | null {
  const isSlice = index.op === "slice";
  const [lower, upper] = isSlice ? [index.lower, index.upper] : [index, index];
  if (!lower || !upper) return null;
  const [from, to] = [countedAt(program, lower), countedAt(program, upper)];
  if (!from || !to || from.counter === null || from.counter !== to.counter) return null;
  return { counter: from.counter, from: from.offset, to: isSlice ? to.offset : to.offset + 1 };
}

function countedAt(program: Program, expression: Expression): Counted | null {
  switch (expression.op) {
    case "constant":
      return typeof expression.value === "number" ? { counter: null, offset: expression.value } : null;
    case "name": {
      const reference = program.store.lookup(expression.name);
      if (reference === undefined) return null;
      const value = program.store.read(reference);
      const constant = constantOf(value);
      if (typeof constant === "number") return { counter: null, offset: constant };
      const isNumber = constant === undefined && value.rows === null && value.items === null;
      return isNumber ? { counter: `${expression.name}@${reference}`, offset: 0 } : null;
    }
    case "binary": {
      const [left, right] = [countedAt(program, expression.left), countedAt(program, expression.right)];
      if (!left || !right || (left.counter !== null && right.counter !== null)) return null;
      if (expression.operator === "+")
        return { counter: left.counter ?? right.counter, offset: left.offset + right.offset };
      return expression.operator === "-" && right.counter === null
        ? { counter: left.counter, offset: left.offset - right.offset }
        : null;
    }
    default:
      return null;
  }
}
