import type { Node } from "../../notebook/python.ts";
import type { Argument, Clause, Expression, Parameter, Place } from "../ir.ts";
import { isDynamic, lowerDynamic } from "./lower-dynamic.ts";
import {
  deepest,
  type Lowering,
  named,
  notUnderstood,
  placeOf,
  sawAll,
  sawStart,
  within,
} from "./lowering.ts";

/**
 * The IR of an expression; what has no meaning to the analysis becomes `parts` of whatever is inside it, and a kind of node that
 * nobody thought of is a gap. Never throws: beyond the limits of `within` an expression has no parts.
 */
export function lowerExpression(node: Node, to: Lowering): Expression {
  return within(node, to, () => lowerAny(node, to)) ?? { op: "parts", parts: [], at: placeOf(node, to) };
}

function lowerAny(node: Node, to: Lowering): Expression {
  const at = placeOf(node, to);
  sawStart(node, to);
  const lower = (child: Node | null): Expression =>
    child ? lowerExpression(child, to) : { op: "constant", value: null, at };
  switch (node.type) {
    case "identifier":
      return { op: "name", name: node.text, at, ...(to.isTorn ? { isTorn: true } : {}) };
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
      sawAll(node, to);
      return lowerString(node, to, at);
    case "attribute": {
      const name = node.childForFieldName("attribute");
      if (name) sawStart(name, to);
      return {
        op: "attribute",
        of: lower(node.childForFieldName("object")),
        name: name?.text ?? "",
        at,
      };
    }
    case "subscript":
      return lowerSubscript(node, to, at);
    case "slice":
      return lowerSlice(node, to, at);
    case "call":
      return lowerCall(node, to, at);
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
      return lowerDictionary(node, to, at);
    case "list_splat":
    case "list_splat_pattern":
      return { op: "unary", operator: "*", of: lower(named(node)[0] ?? null), at };
    case "parenthesized_expression":
    case "parenthesized_list_splat":
    case "dictionary_splat":
    case "await":
    case "as_pattern_target":
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
      return lowerComparison(node, to, at);
    case "unary_operator":
    case "not_operator":
      return {
        op: "unary",
        operator: node.childForFieldName("operator")?.text ?? "not",
        of: lower(node.childForFieldName("argument")),
        at,
      };
    case "conditional_expression": {
      const [chosen, test, otherwise] = named(node);
      return {
        op: "choose",
        test: lower(test ?? null),
        chosen: lower(chosen ?? null),
        otherwise: lower(otherwise ?? null),
        at,
      };
    }
    case "lambda":
      return {
        op: "lambda",
        params: lowerParameters(node.childForFieldName("parameters"), to),
        body: lower(node.childForFieldName("body")),
        at,
      };
    case "list_comprehension":
    case "set_comprehension":
    case "dictionary_comprehension":
    case "generator_expression":
      return lowerComprehension(node, to, at);
    case "named_expression":
      return {
        op: "bind",
        target: lower(node.childForFieldName("name")),
        value: lower(node.childForFieldName("value")),
        at,
      };
    case "ellipsis":
      return { op: "constant", value: null, at };
    case "type":
    case "generic_type":
    case "union_type":
    case "member_type":
    case "constrained_type":
    case "splat_type":
    case "type_parameter":
      sawAll(node, to);
      return { op: "parts", parts: [], at };
    case "yield":
    case "pair":
    case "as_pattern":
    case "argument_list":
    case "if_clause":
    case "chevron":
    case "keyword_argument":
    case "interpolation":
    case "format_expression":
    case "format_specifier":
    case "dotted_name":
      return { op: "parts", parts: named(node).map(lower), at };
    default:
      notUnderstood(node, to, `This was not understood (${node.type.replaceAll("_", " ").toLowerCase()}).`);
      return { op: "parts", parts: named(node).map(lower), at };
  }
}

/** The parameters of a function or lambda, in order; annotations are left out. */
export function lowerParameters(node: Node | null, to: Lowering): Parameter[] {
  if (!node) return [];
  return named(node).flatMap((param): Parameter[] => {
    sawAll(param, to);
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
            otherwise: otherwise ? lowerExpression(otherwise, to) : null,
          },
        ];
      case "typed_parameter":
        return [
          {
            name: nameNode.text.replace(/^\*+/, ""),
            spread: spreads[nameNode.type] ?? null,
            otherwise: null,
          },
        ];
      case "list_splat_pattern":
        return [{ name: nameNode.text, spread: "*", otherwise: null }];
      case "dictionary_splat_pattern":
        return [{ name: nameNode.text, spread: "**", otherwise: null }];
      case "tuple_pattern":
        // Python 2 took arguments apart in the list of parameters.
        return [{ name: param.text, spread: null, otherwise: null }];
      case "positional_separator":
      case "keyword_separator":
        return [];
      default:
        notUnderstood(
          param,
          to,
          `This parameter was not understood (${param.type.replaceAll("_", " ").toLowerCase()}).`,
        );
        return [];
    }
  });
}

const spreads: Readonly<Record<string, "*" | "**">> = {
  list_splat_pattern: "*",
  dictionary_splat_pattern: "**",
};

function lowerDictionary(node: Node, to: Lowering, at: Place): Expression {
  const lower = (child: Node | null): Expression =>
    child ? lowerExpression(child, to) : { op: "constant", value: null, at };
  const entries: (readonly [Expression | null, Expression])[] = [];
  for (const entry of named(node)) {
    if (entry.type === "pair") {
      entries.push([lower(entry.childForFieldName("key")), lower(entry.childForFieldName("value"))]);
    } else {
      entries.push([null, lower(entry)]);
    }
  }
  return { op: "dict", entries, at };
}

function lowerString(node: Node, to: Lowering, at: Place): Expression {
  const parts: Expression[] = [];
  let value = "";
  const read = (string: Node): void => {
    for (const part of named(string)) {
      if (part.type === "string") read(part);
      else if (part.type === "string_content") value += part.text;
      else if (part.type === "interpolation") {
        for (const inside of named(part))
          if (inside.type !== "type_conversion") parts.push(lowerExpression(inside, to));
      }
    }
  };
  read(node);
  return parts.length > 0 ? { op: "parts", parts, isText: true, at } : { op: "constant", value, at };
}

function lowerSubscript(node: Node, to: Lowering, at: Place): Expression {
  const of = node.childForFieldName("value");
  const indices = node.childrenForFieldName("subscript").filter((child): child is Node => child !== null);
  const lowered = indices.map((child) => lowerExpression(child, to));
  const first = lowered[0] ?? { op: "constant", value: null, at };
  const hasComma = node.children.some((child) => child?.type === ",");
  return {
    op: "index",
    of: of ? lowerExpression(of, to) : { op: "constant", value: null, at },
    index: hasComma ? { op: "tuple", items: lowered, at: first.at } : first,
    at,
  };
}

function lowerSlice(node: Node, to: Lowering, at: Place): Expression {
  let colons = 0;
  let lower: Expression | null = null;
  let upper: Expression | null = null;
  let step: Expression | null = null;
  for (const child of node.children) {
    if (!child || child.type === "comment") continue;
    if (child.type === ":") colons++;
    else if (colons === 0) lower = lowerExpression(child, to);
    else if (colons === 1) upper = lowerExpression(child, to);
    else step = lowerExpression(child, to);
  }
  return { op: "slice", lower, upper, step, at };
}

function lowerCall(node: Node, to: Lowering, at: Place): Expression {
  const query = to.sql.get(at.from);
  if (query && node.text === "read_sql()") return query;
  const list = node.childForFieldName("arguments");
  const callee = node.childForFieldName("function");
  if (isDynamic(node)) lowerDynamic(node, to);
  const args: Argument[] = [];
  if (list?.type === "generator_expression") {
    args.push({ name: null, spread: null, value: lowerExpression(list, to) });
  } else if (list) {
    for (const arg of named(list)) {
      sawStart(arg, to);
      if (arg.type === "keyword_argument") {
        const value = arg.childForFieldName("value");
        const name = arg.childForFieldName("name")?.text ?? "";
        if (value) args.push({ name, spread: null, value: lowerExpression(value, to) });
      } else if (arg.type === "list_splat" || arg.type === "dictionary_splat") {
        const inside = named(arg)[0];
        const spread = arg.type === "list_splat" ? "*" : "**";
        if (inside) args.push({ name: null, spread, value: lowerExpression(inside, to) });
      } else args.push({ name: null, spread: null, value: lowerExpression(arg, to) });
    }
  }
  return {
    op: "call",
    callee: callee ? lowerExpression(callee, to) : { op: "constant", value: null, at },
    args,
    at,
  };
}

function lowerComparison(node: Node, to: Lowering, at: Place): Expression {
  const operators = node.childrenForFieldName("operators").map((operator) => operator?.text ?? "");
  const compared = named(node);
  const beyond = compared[deepest];
  if (beyond) notUnderstood(beyond, to, "The comparison is longer than is read.");
  const [first, ...others] = compared.slice(0, deepest).map((child) => lowerExpression(child, to));
  if (!first) return { op: "parts", parts: [], at };
  return others.reduce<Expression>(
    (left, right, order) => ({ op: "binary", operator: operators[order] ?? "==", left, right, at }),
    first,
  );
}

function lowerComprehension(node: Node, to: Lowering, at: Place): Expression {
  const clauses: Clause[] = [];
  const yields: Expression[] = [];
  const tests: Expression[] = [];
  for (const child of named(node)) {
    if (child.type === "for_in_clause") {
      sawStart(child, to);
      const target = child.childForFieldName("left");
      const source = child.childForFieldName("right");
      if (target && source) {
        clauses.push({ target: lowerExpression(target, to), source: lowerExpression(source, to) });
      }
    } else if (child.type === "if_clause") {
      tests.push(...named(child).map((test) => lowerExpression(test, to)));
    } else if (child.type === "pair") {
      for (const part of named(child)) yields.push(lowerExpression(part, to));
    } else yields.push(lowerExpression(child, to));
  }
  // The last one is what is gathered.
  return { op: "each", clauses, yields: [...tests, ...yields], at };
}
