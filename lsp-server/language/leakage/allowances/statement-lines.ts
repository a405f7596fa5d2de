import type { Node } from "../../notebook/python.ts";

/** The lines of one statement, both included, 0-based; of one that holds others the lines up to its body. */
export interface StatementLines {
  readonly from: number;
  readonly to: number;
}

/** The lines of every statement of a cell, those inside others too, in document order. */
export function statementLines(root: Node): readonly StatementLines[] {
  const found: StatementLines[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const isHeader = headed.has(node.type);
    if (isHeader || node.type.endsWith("_statement")) {
      const from = node.startPosition.row;
      found.push({ from, to: isHeader ? lastOfHeader(node) : node.endPosition.row });
    }
    if (isHeader || holders.has(node.type) || node.type === "ERROR") {
      for (let at = node.namedChildCount - 1; at >= 0; at--) {
        const child = node.namedChild(at);
        if (child !== null) stack.push(child);
      }
    }
  }
  return found;
}

/** Up to the colon: a body on the same line, and a comment above it, are met as statements of their own. */
function lastOfHeader(node: Node): number {
  const definition = node.childForFieldName("definition");
  if (definition !== null) return lastOfHeader(definition);
  const colon = node.children.find((child) => child?.type === ":");
  return colon?.endPosition.row ?? node.endPosition.row;
}

const headed = new Set([
  "if_statement",
  "elif_clause",
  "else_clause",
  "for_statement",
  "while_statement",
  "try_statement",
  "except_clause",
  "except_group_clause",
  "finally_clause",
  "with_statement",
  "match_statement",
  "case_clause",
  "function_definition",
  "class_definition",
  "decorated_definition",
]);

const holders = new Set(["module", "block"]);
