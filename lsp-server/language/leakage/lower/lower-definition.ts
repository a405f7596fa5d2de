import type { Node } from "../../notebook/python.ts";
import type { Expression, Parameter, Statement } from "../ir.ts";
import { lowerExpression, lowerParameters } from "./lower-expression.ts";
import { type Lowering, lowerBlock, named, placeOf, sawAll, sawStart } from "./lowering.ts";

/** A function; its annotations say nothing about rows. */
export function lowerFunction(node: Node, to: Lowering): Extract<Statement, { op: "function" }> {
  for (const field of ["type_parameters", "return_type"]) {
    const type = node.childForFieldName(field);
    if (type) sawAll(type, to);
  }
  return {
    op: "function",
    name: node.childForFieldName("name")?.text ?? "",
    decorators: [],
    params: lowerParameters(node.childForFieldName("parameters"), to),
    body: lowerBlock(node.childForFieldName("body"), to),
    at: placeOf(node, to),
  };
}

/** A class, or a definition with its decorators. */
export function lowerDefinition(node: Node, to: Lowering): Statement[] {
  if (node.type === "class_definition") return [lowerClass(node, to)];
  const decorators = named(node).filter(({ type }) => type === "decorator");
  const definition = node.childForFieldName("definition");
  if (definition && decorators.some((decorator) => /^@app\.cell\b/.test(decorator.text))) {
    return lowerFlowCell(node, definition, to);
  }
  const applied = decorators.flatMap((decorator) => {
    sawStart(decorator, to);
    return named(decorator).map((child) => lowerExpression(child, to));
  });
  return (definition ? to.lowerStatement(definition, to) : []).map((statement) =>
    statement.op === "function" || statement.op === "class"
      ? { ...statement, decorators: applied }
      : statement,
  );
}

function lowerClass(node: Node, to: Lowering): Statement {
  const bases = node.childForFieldName("superclasses");
  const types = node.childForFieldName("type_parameters");
  if (types) sawAll(types, to);
  return {
    op: "class",
    name: node.childForFieldName("name")?.text ?? "",
    decorators: [],
    fields: fieldsOf(node, to),
    bases: bases ? named(bases).map((base) => lowerExpression(base, to)) : [],
    body: lowerBlock(node.childForFieldName("body"), to),
    at: placeOf(node, to),
  };
}

/** `name: type = value` in a class's own body. */
function fieldsOf(node: Node, to: Lowering): Parameter[] {
  const body = node.childForFieldName("body");
  return (body ? named(body) : []).flatMap((statement): Parameter[] => {
    const declared = statement.type === "expression_statement" ? named(statement)[0] : undefined;
    const name = declared?.childForFieldName("left");
    if (declared?.type !== "assignment" || name?.type !== "identifier") return [];
    if (!declared.childForFieldName("type")) return [];
    const otherwise = declared.childForFieldName("right");
    return [{ name: name.text, spread: null, otherwise: otherwise ? lowerExpression(otherwise, to) : null }];
  });
}

/** A cell of marimo: the body of a function whose parameters and answer are the notebook's own names. */
function lowerFlowCell(node: Node, definition: Node, to: Lowering): Statement[] {
  for (const decorator of named(node)) if (decorator.type === "decorator") sawAll(decorator, to);
  const { params, body, at } = lowerFunction(definition, to);
  const gives = body.flatMap((one) => (one.op === "return" && one.value ? namesIn(one.value) : []));
  to.flows.push({ needs: params.map(({ name }) => name), gives });
  sawStart(definition, to);
  return [{ op: "block", body, at }];
}

function namesIn(value: Expression): string[] {
  if (value.op === "name") return [value.name];
  return value.op === "tuple" || value.op === "list" ? value.items.flatMap(namesIn) : [];
}
