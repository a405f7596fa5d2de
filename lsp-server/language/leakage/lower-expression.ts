import type { Node } from "../notebook/python.ts";
import type { Argument, Clause, Expression, Parameter, Place } from "./ir.ts";

/**
 * The IR of an expression; what has no meaning to the analysis becomes `parts` of whatever is inside it. Never throws: beyond
 * the limits of `within` an expression has no parts.
 */
export function lowerExpression(node: Node, cell: string): Expression {
  return within(() => lowerAny(node, cell)) ?? { op: "parts", parts: [], at: placeOf(node, cell) };
}

/**
 * What `lower` makes of one node, or null where the text is deeper than anybody writes (Python itself stops at 100 levels of
 * indentation and 200 of parentheses) or the cell longer: pasted data.
 */
export function within<T>(lower: () => T): T | null {
  if (depth >= deepest || nodes >= mostNodes) return null;
  depth++;
  nodes++;
  const lowered = lower();
  depth--;
  return lowered;
}

/** Begins a cell: its nodes are counted from none. */
export function beginCell(): void {
  depth = 0;
  nodes = 0;
}

const deepest = 200;
const mostNodes = 100_000;
// One cell is lowered at a time, so counters beside the functions do what a parameter through all of them would.
let depth = 0;
let nodes = 0;

function lowerAny(node: Node, cell: string): Expression {
  const at = placeOf(node, cell);
  const lower = (child: Node | null): Expression =>
    child ? lowerExpression(child, cell) : { op: "constant", value: null, at };
  switch (node.type) {
    case "identifier":
      return { op: "name", name: node.text, at };
    case "integer":
    case "float":
      return { op: "constant", value: Number(node.text.replaceAll("_", "")), at };
    case "true":
      return { op: "constant", value: true, at };
    case "false":
      return { op: "constant", value: false, at };
    case "none":
      return { op: "constant", value: null, at };
    case "string":
    case "concatenated_string":
      return lowerString(node, cell, at);
    case "attribute":
      return {
        op: "attribute",
        of: lower(node.childForFieldName("object")),
        name: node.childForFieldName("attribute")?.text ?? "",
        at,
      };
    case "subscript":
      return lowerSubscript(node, cell, at);
    case "slice":
      return lowerSlice(node, cell, at);
    case "call":
      return lowerCall(node, cell, at);
    case "list":
    case "set":
      return { op: "list", items: named(node).map(lower), at };
    case "tuple":
    case "expression_list":
    case "pattern_list":
    case "tuple_pattern":
    case "list_pattern":
      return { op: "tuple", items: named(node).map(lower), at };
    case "dictionary":
      return {
        op: "dict",
        entries: named(node)
          .filter((entry) => entry.type === "pair")
          .map(
            (entry) =>
              [lower(entry.childForFieldName("key")), lower(entry.childForFieldName("value"))] as const,
          ),
        at,
      };
    case "parenthesized_expression":
    case "list_splat":
    case "list_splat_pattern":
    case "await":
    case "type":
      return { ...lower(named(node)[0] ?? null) };
    case "binary_operator":
    case "boolean_operator":
      return {
        op: "binary",
        operator: node.childForFieldName("operator")?.text ?? "",
        left: lower(node.childForFieldName("left")),
        right: lower(node.childForFieldName("right")),
        at,
      };
    case "comparison_operator":
      return lowerComparison(node, cell, at);
    case "unary_operator":
    case "not_operator":
      return {
        op: "unary",
        operator: node.childForFieldName("operator")?.text ?? "not",
        of: lower(node.childForFieldName("argument")),
        at,
      };
    case "conditional_expression": {
      const [chosen, , otherwise] = named(node);
      return { op: "choose", chosen: lower(chosen ?? null), otherwise: lower(otherwise ?? null), at };
    }
    case "lambda":
      return {
        op: "lambda",
        params: lowerParameters(node.childForFieldName("parameters"), cell),
        body: lower(node.childForFieldName("body")),
        at,
      };
    case "list_comprehension":
    case "set_comprehension":
    case "dictionary_comprehension":
    case "generator_expression":
      return lowerComprehension(node, cell, at);
    case "named_expression":
      return lower(node.childForFieldName("value"));
    default:
      return { op: "parts", parts: named(node).map(lower), at };
  }
}

/** The parameters of a function or lambda, in order; annotations are left out. */
export function lowerParameters(node: Node | null, cell: string): Parameter[] {
  if (!node) return [];
  return named(node).flatMap((param): Parameter[] => {
    const otherwise = param.childForFieldName("value");
    const nameNode = param.childForFieldName("name") ?? named(param)[0] ?? param;
    switch (param.type) {
      case "identifier":
        return [{ name: param.text, spread: null, otherwise: null }];
      case "default_parameter":
      case "typed_default_parameter":
        return [
          {
            name: nameNode.text,
            spread: null,
            otherwise: otherwise ? lowerExpression(otherwise, cell) : null,
          },
        ];
      case "typed_parameter":
        return [{ name: nameNode.text, spread: null, otherwise: null }];
      case "list_splat_pattern":
        return [{ name: nameNode.text, spread: "*", otherwise: null }];
      case "dictionary_splat_pattern":
        return [{ name: nameNode.text, spread: "**", otherwise: null }];
      default:
        return [];
    }
  });
}

/** A node's place in its cell. */
export function placeOf(node: Node, cell: string): Place {
  const { startPosition: start, endPosition: end } = node;
  return {
    cell,
    start: { line: start.row, character: start.column },
    end: { line: end.row, character: end.column },
    from: node.startIndex,
    to: node.endIndex,
  };
}

/** Named children without comments. */
export function named(node: Node): Node[] {
  return node.namedChildren.filter((child): child is Node => child !== null && child.type !== "comment");
}

function lowerString(node: Node, cell: string, at: Place): Expression {
  const parts: Expression[] = [];
  let value = "";
  const read = (string: Node): void => {
    for (const part of named(string)) {
      if (part.type === "string") read(part);
      else if (part.type === "string_content") value += part.text;
      else if (part.type === "interpolation") {
        const inside = part.childForFieldName("expression") ?? named(part)[0];
        if (inside) parts.push(lowerExpression(inside, cell));
      }
    }
  };
  read(node);
  return parts.length > 0 ? { op: "parts", parts, at } : { op: "constant", value, at };
}

function lowerSubscript(node: Node, cell: string, at: Place): Expression {
  const of = node.childForFieldName("value");
  const indices = node.childrenForFieldName("subscript").filter((child): child is Node => child !== null);
  const lowered = indices.map((child) => lowerExpression(child, cell));
  const first = lowered[0] ?? { op: "constant", value: null, at };
  const hasComma = node.children.some((child) => child?.type === ",");
  return {
    op: "index",
    of: of ? lowerExpression(of, cell) : { op: "constant", value: null, at },
    index: hasComma ? { op: "tuple", items: lowered, at: first.at } : first,
    at,
  };
}

function lowerSlice(node: Node, cell: string, at: Place): Expression {
  let colons = 0;
  let lower: Expression | null = null;
  let upper: Expression | null = null;
  for (const child of node.children) {
    if (!child || child.type === "comment") continue;
    if (child.type === ":") colons++;
    else if (colons === 0) lower = lowerExpression(child, cell);
    else if (colons === 1) upper = lowerExpression(child, cell);
  }
  return { op: "slice", lower, upper, at };
}

function lowerCall(node: Node, cell: string, at: Place): Expression {
  const list = node.childForFieldName("arguments");
  const callee = node.childForFieldName("function");
  const args: Argument[] = [];
  if (list?.type === "generator_expression") {
    args.push({ name: null, spread: null, value: lowerExpression(list, cell) });
  } else if (list) {
    for (const arg of named(list)) {
      if (arg.type === "keyword_argument") {
        const value = arg.childForFieldName("value");
        const name = arg.childForFieldName("name")?.text ?? "";
        if (value) args.push({ name, spread: null, value: lowerExpression(value, cell) });
      } else if (arg.type === "list_splat" || arg.type === "dictionary_splat") {
        const inside = named(arg)[0];
        const spread = arg.type === "list_splat" ? "*" : "**";
        if (inside) args.push({ name: null, spread, value: lowerExpression(inside, cell) });
      } else args.push({ name: null, spread: null, value: lowerExpression(arg, cell) });
    }
  }
  return {
    op: "call",
    callee: callee ? lowerExpression(callee, cell) : { op: "constant", value: null, at },
    args,
    at,
  };
}

function lowerComparison(node: Node, cell: string, at: Place): Expression {
  const operators = node.childrenForFieldName("operators").map((operator) => operator?.text ?? "");
  const [first, ...others] = named(node)
    .slice(0, deepest)
    .map((child) => lowerExpression(child, cell));
  if (!first) return { op: "parts", parts: [], at };
  return others.reduce<Expression>(
    (left, right, order) => ({ op: "binary", operator: operators[order] ?? "==", left, right, at }),
    first,
  );
}

function lowerComprehension(node: Node, cell: string, at: Place): Expression {
  const clauses: Clause[] = [];
  const yields: Expression[] = [];
  for (const child of named(node)) {
    if (child.type === "for_in_clause") {
      const target = child.childForFieldName("left");
      const source = child.childForFieldName("right");
      if (target && source) {
        clauses.push({ target: lowerExpression(target, cell), source: lowerExpression(source, cell) });
      }
    } else if (child.type === "pair") {
      for (const part of named(child)) yields.push(lowerExpression(part, cell));
    } else if (child.type !== "if_clause") yields.push(lowerExpression(child, cell));
  }
  return { op: "each", clauses, yields, at };
}
