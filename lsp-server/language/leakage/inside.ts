import type { Argument, Expression, Statement } from "./ir.ts";

/** Every statement and expression inside of one, itself among them; what a function says is not done where it is defined. */
export function* inside(node: Node, isInFunctions = true): Generator<Node> {
  yield node;
  if (!isInFunctions && (node.op === "function" || node.op === "lambda")) return;
  for (const part of partsOf(node)) yield* inside(part, isInFunctions);
}

type Node = Statement | Expression;

/** What a statement or an expression is made of. */
export function partsOf(node: Node): readonly Node[] {
  const some = (...all: readonly (Node | null)[]): Node[] => all.flatMap((one) => one ?? []);
  switch (node.op) {
    case "attribute":
      return [node.of];
    case "index":
      return [node.of, node.index];
    case "slice":
      return some(node.lower, node.upper, node.step);
    case "call":
      return [node.callee, ...node.args.map(({ value }: Argument) => value)];
    case "list":
    case "tuple":
      return node.items;
    case "dict":
      return node.entries.flatMap(([key, value]) => some(key, value));
    case "bind":
      return [node.target, node.value];
    case "binary":
      return [node.left, node.right];
    case "unary":
      return [node.of];
    case "choose":
      return [node.test, node.chosen, node.otherwise];
    case "lambda":
      return [...node.params.flatMap(({ otherwise }) => some(otherwise)), node.body];
    case "each":
      return [...node.clauses.flatMap(({ target, source }) => [target, source]), ...node.yields];
    case "parts":
      return node.parts;
    case "assign":
      return [...node.targets, node.value];
    case "augment":
      return [node.target, node.value];
    case "do":
      return [node.value];
    case "branch":
      return [...node.tests, ...node.arms.flat()];
    case "loop":
      return [...some(node.target), node.source, ...node.body];
    case "block":
      return node.body;
    case "function":
      return [...node.decorators, ...node.params.flatMap(({ otherwise }) => some(otherwise)), ...node.body];
    case "class":
      return [...node.decorators, ...node.bases, ...node.body];
    case "return":
      return some(node.value);
    case "forget":
      return node.targets;
    default:
      return [];
  }
}
