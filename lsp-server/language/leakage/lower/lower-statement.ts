import type { Node } from "../../notebook/python.ts";
import type { Expression, Place, Statement } from "../ir.ts";
import { lowerBranches, lowerLoop, lowerTry, lowerWith } from "./lower-compound.ts";
import { lowerDefinition, lowerFunction } from "./lower-definition.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerImport } from "./lower-import.ts";
import { lowerIpython } from "./lower-ipython.ts";
import { lowerMatch } from "./lower-match.ts";
import {
  type Lowering,
  lowerBlock,
  named,
  notUnderstood,
  placeOf,
  sawAll,
  sawStart,
  within,
} from "./lowering.ts";

/** The IR of a statement. One kind, one entry: a kind that has none is a gap, and so are the limits of `within`. */
export function lowerStatement(node: Node, to: Lowering): Statement[] {
  return (
    within(node, to, () => {
      sawStart(node, to);
      const lower = statements[node.type];
      if (lower) return lower(node, to);
      if (node.type === "ERROR") return lowerTornNode(node, to);
      return [lowerDo(node, to)];
    }) ?? []
  );
}

/** Every kind of statement the grammar knows, and what becomes of it. */
const statements: Readonly<Record<string, (node: Node, to: Lowering) => Statement[]>> = {
  expression_statement: (node, to) =>
    named(node).flatMap((child) =>
      child.type === "yield"
        ? lowerReturn(child, to, true)
        : (lowerIpython(child, to) ?? lowerStatement(child, to)),
    ),
  assignment: lowerAssignment,
  augmented_assignment: lowerAugmented,
  named_expression: (node, to) => [lowerDo(node, to)],
  if_statement: (node, to) => [lowerBranches(node, to)],
  for_statement: lowerLoop,
  while_statement: lowerLoop,
  with_statement: (node, to) => [{ op: "block", body: lowerWith(node, to), at: placeOf(node, to) }],
  try_statement: (node, to) => [lowerTry(node, to)],
  match_statement: (node, to) => [lowerMatch(node, to)],
  function_definition: (node, to) => [lowerFunction(node, to)],
  class_definition: (node, to) => lowerDefinition(node, to),
  decorated_definition: (node, to) => lowerDefinition(node, to),
  return_statement: (node, to) => lowerReturn(node, to),
  import_statement: (node, to) => lowerImport(node, to),
  import_from_statement: (node, to) => lowerImport(node, to),
  future_import_statement: noDataFlow,
  delete_statement: lowerDelete,
  assert_statement: lowerEach,
  raise_statement: lowerEach,
  print_statement: lowerEach,
  exec_statement: (node, to) => {
    notUnderstood(node, to, "`exec` runs text that was not read.");
    return [];
  },
  global_statement: lowerGlobal,
  nonlocal_statement: lowerGlobal,
  type_alias_statement: noDataFlow,
  pass_statement: noDataFlow,
  break_statement: noDataFlow,
  continue_statement: noDataFlow,
  block: (node, to) => lowerBlock(node, to),
  else_clause: (node, to) => lowerBlock(node.childForFieldName("body") ?? node, to),
  finally_clause: (node, to) => lowerBlock(named(node).find(({ type }) => type === "block") ?? node, to),
};

function noDataFlow(node: Node, to: Lowering): Statement[] {
  sawAll(node, to);
  return [];
}

function lowerDo(node: Node, to: Lowering): Statement {
  return { op: "do", value: lowerExpression(node, to), at: placeOf(node, to) };
}

function lowerEach(node: Node, to: Lowering): Statement[] {
  return named(node).map((child) => lowerDo(child, to));
}

/** A generator hands over what it yields, like any function what it returns. */
function lowerReturn(node: Node, to: Lowering, goesOn = false): Statement[] {
  const value = named(node)[0];
  return [
    {
      op: "return",
      value: value ? lowerExpression(value, to) : null,
      at: placeOf(node, to),
      ...(goesOn ? { goesOn } : {}),
    },
  ];
}

function lowerAssignment(node: Node, to: Lowering): Statement[] {
  const at = placeOf(node, to);
  const targets: Expression[] = [];
  let from: Node | null = node;
  while (from?.type === "assignment") {
    const left = from.childForFieldName("left");
    const type = from.childForFieldName("type");
    // In torn text the line below a stray colon passes for an annotation.
    if (type && !node.hasError && type.startPosition.row === left?.endPosition.row) sawAll(type, to);
    if (left) targets.push(lowerExpression(left, to));
    from = from.childForFieldName("right");
  }
  if (from) return [{ op: "assign", targets, value: lowerExpression(from, to), at }];
  const [declared] = targets;
  // `x: int` alone gives nothing a value; what is longer than a line is something else.
  return declared && declared.at.start.line !== declared.at.end.line
    ? [{ op: "do", value: declared, at }]
    : [];
}

function lowerAugmented(node: Node, to: Lowering): Statement[] {
  const target = node.childForFieldName("left");
  const value = node.childForFieldName("right");
  if (!target || !value) {
    notUnderstood(node, to, "This assignment was not understood.");
    return [];
  }
  const at: Place = placeOf(node, to);
  const operator = (node.childForFieldName("operator")?.text ?? "+=").replace("=", "");
  const [left, right] = [lowerExpression(target, to), lowerExpression(value, to)];
  return [{ op: "augment", target: left, operator, value: right, at }];
}

function lowerDelete(node: Node, to: Lowering): Statement[] {
  const targets = named(node).flatMap((child) =>
    child.type === "expression_list" || child.type === "tuple" ? named(child) : [child],
  );
  const at = placeOf(node, to);
  return [{ op: "forget", targets: targets.map((target) => lowerExpression(target, to)), at }];
}

function lowerGlobal(node: Node, to: Lowering): Statement[] {
  sawAll(node, to);
  const op = node.type === "nonlocal_statement" ? "nonlocal" : "global";
  return [{ op, names: named(node).map((name) => name.text), at: placeOf(node, to) }];
}

/** Whole statements inside what does not parse; the rest of it has been named as unread. */
function lowerTornNode(node: Node, to: Lowering): Statement[] {
  return named(node).flatMap((child) =>
    child.type in statements || child.type === "ERROR" ? lowerStatement(child, to) : [],
  );
}
