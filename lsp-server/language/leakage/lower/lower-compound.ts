import type { Node } from "../../notebook/python.ts";
import type { Expression, Statement } from "../ir.ts";
import { lowerExpression } from "./lower-expression.ts";
import { type Lowering, lowerBlock, named, notUnderstood, placeOf, sawStart } from "./lowering.ts";

/** `if`, with each of its `elif`s and its `else` an arm. */
export function lowerBranches(node: Node, to: Lowering): Statement {
  const tests: Expression[] = [];
  const condition = node.childForFieldName("condition");
  if (condition) tests.push(lowerExpression(condition, to));
  const arms: Statement[][] = [lowerBlock(node.childForFieldName("consequence"), to)];
  let isTotal = false;
  for (const part of node.childrenForFieldName("alternative")) {
    if (!part) continue;
    sawStart(part, to);
    if (part.type === "elif_clause") {
      const test = part.childForFieldName("condition");
      if (test) tests.push(lowerExpression(test, to));
      arms.push(lowerBlock(part.childForFieldName("consequence"), to));
    } else {
      arms.push(lowerBlock(part.childForFieldName("body"), to));
      isTotal = true;
    }
  }
  if (!isTotal) arms.push([]);
  return { op: "branch", tests, arms, at: placeOf(node, to) };
}

/** `for` and `while`; what stands in `else` comes after. */
export function lowerLoop(node: Node, to: Lowering): Statement[] {
  const at = placeOf(node, to);
  const isFor = node.type === "for_statement";
  const target = isFor ? node.childForFieldName("left") : null;
  const source = node.childForFieldName(isFor ? "right" : "condition");
  if (!source || (isFor && !target)) {
    notUnderstood(node, to, "This loop was not understood.");
    return [];
  }
  return [
    {
      op: "loop",
      target: target ? lowerExpression(target, to) : null,
      source: lowerExpression(source, to),
      body: lowerBlock(node.childForFieldName("body"), to),
      at,
    },
    ...lowerClause(node.childForFieldName("alternative"), to),
  ];
}

/** `with`: its items are assigned, its body runs. */
export function lowerWith(node: Node, to: Lowering): Statement[] {
  const items = named(node)
    .filter((child) => child.type === "with_clause")
    .flatMap(named);
  const bound = items.map((item): Statement => {
    const value = item.childForFieldName("value") ?? item;
    const at = placeOf(value, to);
    const [source, alias] = value.type === "as_pattern" ? named(value) : [];
    if (!source || !alias) return { op: "do", value: lowerExpression(value, to), at };
    return {
      op: "assign",
      targets: [lowerExpression(alias, to)],
      value: entered(lowerExpression(source, to)),
      at,
    };
  });
  return [...bound, ...lowerBlock(node.childForFieldName("body"), to)];
}

/** What `with` hands over: what the object's own method answers. */
function entered(source: Expression): Expression {
  const { at } = source;
  return { op: "call", callee: { op: "attribute", of: source, name: "__enter__", at }, args: [], at };
}

/** `try`: its body, then nothing or each handler, then the rest. */
export function lowerTry(node: Node, to: Lowering): Statement {
  const body = lowerBlock(node.childForFieldName("body"), to);
  const rest: Statement[] = [];
  for (const part of named(node)) {
    sawStart(part, to);
    if (part.type === "except_clause" || part.type === "except_group_clause") {
      const handler = named(part).findLast((child) => child.type === "block") ?? null;
      const [caught, alias] = named(part)
        .filter(({ type }) => type !== "block")
        .flatMap((child) => (child.type === "as_pattern" ? named(child) : [child]));
      const at = placeOf(part, to);
      const error = caught ? lowerExpression(caught, to) : null;
      const given: Statement[] =
        error && alias
          ? [
              {
                op: "assign",
                targets: [lowerExpression(alias, to)],
                value: { op: "call", callee: error, args: [], at },
                at,
              },
            ]
          : [];
      rest.push({
        op: "branch",
        tests: error ? [error] : [],
        // What the body gives is what is meant: a handler stands in for it.
        arms: [[], [...given, ...lowerBlock(handler, to)]],
        at,
      });
    } else if (part.type === "else_clause" || part.type === "finally_clause") {
      rest.push(...lowerClause(part, to));
    }
  }
  const at = placeOf(node, to);
  // A body that returns does not end what handles its errors.
  return { op: "block", body: [{ op: "block", body, at }, ...rest], at };
}

function lowerClause(node: Node | null, to: Lowering): Statement[] {
  return node ? to.lowerStatement(node, to) : [];
}
