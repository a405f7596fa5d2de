import type { Edit } from "../finding.ts";
import { inside, partsOf } from "../inside.ts";
import type { Expression, Place, Statement } from "../ir.ts";
import type { NotebookFacts } from "../rule.ts";
import type { FlowStatement } from "./flow.ts";
import { namesIn } from "./statements/written.ts";

/** Other names in place of some, wherever a statement reads them: also where they are filled into a text. */
export function replaceNames(
  facts: NotebookFacts,
  { cell, from, text }: Pick<FlowStatement, "cell" | "from" | "text">,
  names: ReadonlyMap<string, string>,
): Edit[] {
  const to = from + text.length;
  const edits = new Map<number, Edit>();
  for (const { name, at } of facts.statementsOf(cell).flatMap((one) => [...readIn(one, none)])) {
    const newText = names.get(name);
    if (newText !== undefined && at.from >= from && at.to <= to)
      edits.set(at.from, { cellId: cell, range: at, newText });
  }
  return [...edits.values()];
}

type Node = Statement | Expression;
type Names = ReadonlySet<string>;

const none: Names = new Set();

/** The names that something reads, without those that are given in it and stand for something of its own. */
function* readIn(node: Node, own: Names): Generator<{ readonly name: string; readonly at: Place }> {
  if (node.op === "name") {
    if (!own.has(node.name)) yield node;
    return;
  }
  const inner = new Set([...own, ...ownOf(node)]);
  const given = new Set<Node>(givenIn(node));
  // What a function is given if nothing else, and what a comprehension goes through first, is said outside of it.
  const outer = new Set(outsideOf(node));
  for (const part of partsOf(node)) if (!given.has(part)) yield* readIn(part, outer.has(part) ? own : inner);
}

/** The targets that are nothing but names. */
function givenIn(node: Node): Expression[] {
  const bare = (target: Expression | null): Expression[] =>
    target !== null &&
    [...inside(target)].every(({ op }) => op === "name" || op === "tuple" || op === "unary")
      ? [target]
      : [];
  switch (node.op) {
    case "assign":
    case "forget":
      return node.targets.flatMap(bare);
    case "loop":
    case "bind":
      return bare(node.target);
    case "each":
      return node.clauses.flatMap(({ target }) => bare(target));
    default:
      return [];
  }
}

/** The names that a function, or a comprehension, has for itself. */
function ownOf(node: Node): string[] {
  switch (node.op) {
    case "lambda":
      return node.params.map(({ name }) => name);
    case "function": {
      const given = node.body.flatMap((one) => [...inside(one, false)]).flatMap(givenIn);
      return [...node.params.map(({ name }) => name), ...given.flatMap((one) => [...namesIn(one)])];
    }
    case "each":
      return node.clauses.flatMap(({ target }) => [...namesIn(target)]);
    default:
      return [];
  }
}

function outsideOf(node: Node): Node[] {
  switch (node.op) {
    case "lambda":
    case "function":
      return [
        ...node.params.flatMap(({ otherwise }) => otherwise ?? []),
        ...(node.op === "function" ? node.decorators : []),
      ];
    case "each":
      return node.clauses.slice(0, 1).map(({ source }) => source);
    default:
      return [];
  }
}
