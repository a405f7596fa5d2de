import type { Node } from "../notebook/python.ts";
import type { Expression, Place, Statement } from "./ir.ts";
import { beginCell, lowerExpression, lowerParameters, named, placeOf, within } from "./lower-expression.ts";

/** The IR of a cell from its syntax tree. Statements the parser could not read are left out; the rest stands. */
export function lowerCell(root: Node, cell: string): readonly Statement[] {
  beginCell();
  return named(root).flatMap((child) => lowerStatement(child, cell));
}

function lowerStatement(node: Node, cell: string): Statement[] {
  return within(() => lowerAny(node, cell)) ?? [];
}

function lowerAny(node: Node, cell: string): Statement[] {
  const at = placeOf(node, cell);
  switch (node.type) {
    case "expression_statement":
      return named(node).flatMap((child) =>
        child.type === "yield" ? lowerReturn(child, cell) : lowerSimple(child, cell),
      );
    case "assignment":
    case "augmented_assignment":
      return lowerSimple(node, cell);
    case "if_statement":
      return [lowerIf(node, cell, at)];
    case "for_statement": {
      const target = node.childForFieldName("left");
      const source = node.childForFieldName("right");
      if (!target || !source) return [];
      return [
        {
          op: "loop",
          target: lowerExpression(target, cell),
          source: lowerExpression(source, cell),
          body: lowerBlock(node.childForFieldName("body"), cell),
          at,
        },
        ...lowerBlock(node.childForFieldName("alternative"), cell),
      ];
    }
    case "while_statement": {
      const test = node.childForFieldName("condition");
      if (!test) return [];
      const body = lowerBlock(node.childForFieldName("body"), cell);
      return [{ op: "loop", target: null, source: lowerExpression(test, cell), body, at }];
    }
    case "with_statement":
      return [{ op: "block", body: lowerWith(node, cell), at }];
    case "try_statement":
      return [lowerTry(node, cell, at)];
    case "function_definition":
      return [
        {
          op: "function",
          name: node.childForFieldName("name")?.text ?? "",
          params: lowerParameters(node.childForFieldName("parameters"), cell),
          body: lowerBlock(node.childForFieldName("body"), cell),
          at,
        },
      ];
    case "class_definition": {
      const bases = node.childForFieldName("superclasses");
      return [
        {
          op: "class",
          name: node.childForFieldName("name")?.text ?? "",
          bases: bases ? named(bases).map((base) => lowerExpression(base, cell)) : [],
          body: lowerBlock(node.childForFieldName("body"), cell),
          at,
        },
      ];
    }
    case "decorated_definition":
      return lowerBlockChild(node.childForFieldName("definition"), cell);
    case "return_statement":
      return lowerReturn(node, cell);
    case "import_statement":
    case "import_from_statement":
      return [lowerImport(node, at)];
    case "delete_statement": {
      const targets = named(node).flatMap((child) =>
        child.type === "expression_list" ? named(child) : [child],
      );
      return [{ op: "forget", targets: targets.map((target) => lowerExpression(target, cell)), at }];
    }
    case "print_statement":
      return named(node).map((child) => ({ op: "do", value: lowerExpression(child, cell), at }));
    case "block":
    case "else_clause":
    case "finally_clause":
    case "ERROR":
      return lowerBlock(node, cell);
    default:
      return [];
  }
}

/** A generator hands over what it yields, like any function what it returns. */
function lowerReturn(node: Node, cell: string): Statement[] {
  const value = named(node)[0];
  return [{ op: "return", value: value ? lowerExpression(value, cell) : null, at: placeOf(node, cell) }];
}

function lowerBlockChild(node: Node | null, cell: string): Statement[] {
  return node ? lowerStatement(node, cell) : [];
}

function lowerBlock(node: Node | null, cell: string): Statement[] {
  if (!node) return [];
  return named(node).flatMap((child) => lowerStatement(child, cell));
}

function lowerSimple(node: Node, cell: string): Statement[] {
  const at = placeOf(node, cell);
  if (node.type === "assignment") {
    const targets: Expression[] = [];
    let from: Node | null = node;
    while (from?.type === "assignment") {
      const left = from.childForFieldName("left");
      if (left) targets.push(lowerExpression(left, cell));
      from = from.childForFieldName("right");
    }
    return from ? [{ op: "assign", targets, value: lowerExpression(from, cell), at }] : [];
  }
  if (node.type === "augmented_assignment") {
    const target = node.childForFieldName("left");
    const value = node.childForFieldName("right");
    if (!target || !value) return [];
    const operator = (node.childForFieldName("operator")?.text ?? "+=").replace("=", "");
    return [
      {
        op: "augment",
        target: lowerExpression(target, cell),
        operator,
        value: lowerExpression(value, cell),
        at,
      },
    ];
  }
  if (node.type === "named_expression") {
    const target = node.childForFieldName("name");
    const value = node.childForFieldName("value");
    if (target && value) {
      return [
        { op: "assign", targets: [lowerExpression(target, cell)], value: lowerExpression(value, cell), at },
      ];
    }
  }
  return [{ op: "do", value: lowerExpression(node, cell), at }];
}

function lowerIf(node: Node, cell: string, at: Place): Statement {
  const tests: Expression[] = [];
  const arms: Statement[][] = [lowerBlock(node.childForFieldName("consequence"), cell)];
  const condition = node.childForFieldName("condition");
  if (condition) tests.push(lowerExpression(condition, cell));
  let isTotal = false;
  for (const part of node.childrenForFieldName("alternative")) {
    if (part?.type === "elif_clause") {
      const test = part.childForFieldName("condition");
      if (test) tests.push(lowerExpression(test, cell));
      arms.push(lowerBlock(part.childForFieldName("consequence"), cell));
    } else if (part) {
      arms.push(lowerBlock(part.childForFieldName("body"), cell));
      isTotal = true;
    }
  }
  if (!isTotal) arms.push([]);
  return { op: "branch", tests, arms, at };
}

function lowerWith(node: Node, cell: string): Statement[] {
  const clause = named(node).find((child) => child.type === "with_clause");
  const items = clause ? named(clause) : [];
  const bound = items.flatMap((item): Statement[] => {
    const value = item.childForFieldName("value");
    if (!value) return [];
    const at = placeOf(value, cell);
    if (value.type !== "as_pattern") return [{ op: "do", value: lowerExpression(value, cell), at }];
    const [source, alias] = named(value);
    const target = alias ? named(alias)[0] : undefined;
    if (!source || !target) return [];
    return [
      { op: "assign", targets: [lowerExpression(target, cell)], value: lowerExpression(source, cell), at },
    ];
  });
  return [...bound, ...lowerBlock(node.childForFieldName("body"), cell)];
}

function lowerTry(node: Node, cell: string, at: Place): Statement {
  const body = lowerBlock(node.childForFieldName("body"), cell);
  const rest: Statement[] = [];
  for (const part of named(node)) {
    if (part.type === "except_clause" || part.type === "except_group_clause") {
      const handler = named(part).findLast((child) => child.type === "block") ?? null;
      rest.push({ op: "branch", tests: [], arms: [lowerBlock(handler, cell), []], at: placeOf(part, cell) });
    } else if (part.type === "else_clause" || part.type === "finally_clause") {
      rest.push(...named(part).flatMap((child) => lowerStatement(child, cell)));
    }
  }
  return { op: "block", body: [...body, ...rest], at };
}

function lowerImport(node: Node, at: Place): Statement {
  const module = node.childForFieldName("module_name")?.text ?? null;
  const names = node.childrenForFieldName("name").filter((name): name is Node => name !== null);
  const bindings = names.map((name) => {
    const isAliased = name.type === "aliased_import";
    const path = (isAliased ? name.childForFieldName("name")?.text : name.text) ?? "";
    const alias = isAliased ? name.childForFieldName("alias")?.text : undefined;
    if (module !== null) return { name: alias ?? path, path: `${module}.${path}` };
    return alias === undefined
      ? { name: path.split(".")[0] ?? path, path: path.split(".")[0] ?? path }
      : { name: alias, path };
  });
  return { op: "import", bindings, at };
}
