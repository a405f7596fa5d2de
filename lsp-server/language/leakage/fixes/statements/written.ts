import { inside } from "../../inside.ts";
import type { Expression, Statement } from "../../ir.ts";

export type Call = Extract<Expression, { op: "call" }>;

/** Every expression that some statements say. */
export function expressionsIn(nodes: readonly (Statement | Expression)[]): Expression[] {
  return nodes.flatMap((one) => [...inside(one)]).filter(isExpression);
}

/** The calls that some statements say. */
export function callsIn(nodes: readonly (Statement | Expression)[]): Call[] {
  return expressionsIn(nodes).filter((one): one is Call => one.op === "call");
}

/** The names that an expression reads. */
export function namesIn(expression: Expression): Set<string> {
  return new Set(expressionsIn([expression]).flatMap((one) => (one.op === "name" ? [one.name] : [])));
}

/** What a call goes by, without what stands before it: `fit` of `model.fit(X)`. */
export function calledName({ callee }: Call): string {
  return callee.op === "attribute" || callee.op === "name" ? callee.name : "";
}

/** What a call is given under a name; null where it is given nothing, or in a way that does not tell. */
export function given({ args }: Call, name: string): Expression | null {
  return args.find((one) => one.name === name)?.value ?? null;
}

/** The name that a target, or what is asked of it, belongs to: `df` of `df.loc[rows, "a"]`. */
export function rootOf(expression: Expression): string | null {
  switch (expression.op) {
    case "name":
      return expression.name;
    case "attribute":
    case "index":
      return rootOf(expression.of);
    case "call":
      return expression.callee.op === "attribute" ? rootOf(expression.callee) : null;
    default:
      return null;
  }
}

/** The same where it may be one of several: of `[train, test][0]` both. */
export function rootsOf(expression: Expression): readonly string[] {
  switch (expression.op) {
    case "attribute":
    case "index":
      return rootsOf(expression.of);
    case "call":
      return expression.callee.op === "attribute" ? rootsOf(expression.callee) : [];
    case "list":
    case "tuple":
      return expression.items.flatMap(rootsOf);
    case "dict":
      return expression.entries.flatMap(([, value]) => rootsOf(value));
    case "choose":
      return [...rootsOf(expression.chosen), ...rootsOf(expression.otherwise)];
    case "bind":
      return [...rootsOf(expression.target), ...rootsOf(expression.value)];
    default: {
      const root = rootOf(expression);
      return root === null ? [] : [root];
    }
  }
}

export function isConstant(expression: Expression | null, ...values: readonly (string | number | boolean)[]) {
  return expression?.op === "constant" && values.some((value) => value === expression.value);
}

function isExpression(node: Statement | Expression): node is Expression {
  return expressionOps.has(node.op);
}

const expressionOps: ReadonlySet<string> = new Set<Expression["op"]>([
  "name",
  "sql",
  "constant",
  "attribute",
  "index",
  "slice",
  "call",
  "list",
  "tuple",
  "dict",
  "bind",
  "binary",
  "unary",
  "choose",
  "lambda",
  "each",
  "parts",
]);
