import type { Expression } from "../ir.ts";

/** Whether an index picks by a mask or a list: a table then answers with a copy. */
export function isPicking(index: Expression): boolean {
  switch (index.op) {
    case "list":
    case "each":
      return true;
    case "tuple":
      return index.items.some(isPicking);
    case "unary":
      return index.operator === "~";
    case "binary":
      return /^([<>]=?|[!=]=|[&|^])$/.test(index.operator);
    default:
      return false;
  }
}
