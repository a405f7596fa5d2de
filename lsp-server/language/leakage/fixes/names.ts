import { positionAt } from "../../notebook/notebook.ts";
import { isBuiltin } from "../api/builtin-names.ts";
import type { Expression, Place, Statement } from "../ir.ts";
import { remembered } from "../remembered.ts";
import type { NotebookFacts } from "../rule.ts";
import { type FlowStatement, givers } from "./flow.ts";

/** Whether a name is given before the outermost statement that holds a place. */
export function isGiven(facts: NotebookFacts, name: string, at: Pick<Place, "cell" | "from">): boolean {
  if (isBuiltin(name)) return true;
  const flow = facts.flow();
  const here = flow.findIndex((one) => one.cell === at.cell && one.to > at.from);
  return flow.slice(0, here < 0 ? flow.length : here).some(({ binds }) => binds.has(name));
}

/** The outermost statement that holds a place. */
export function outermost(facts: NotebookFacts, at: Pick<Place, "cell" | "from">): FlowStatement | null {
  return facts.flow()[statementIndex(facts, at)] ?? null;
}

/** The place of the outermost statement that holds a place in the order of all; -1 where there is none. */
export const statementIndex = remembered<Pick<Place, "cell" | "from">, number>(
  (facts, { cell, from }) =>
    facts.flow().findIndex((one) => one.cell === cell && one.from <= from && one.to > from),
  ({ cell, from }) => `${from}:${cell}`,
);

/** The name that an expression begins with: of a library's function, its first argument's. */
export function leftmostName(expression: Expression | null, facts: NotebookFacts): string | null {
  switch (expression?.op) {
    case "name":
      return expression.name;
    case "attribute":
    case "index":
      return leftmostName(expression.of, facts);
    case "call": {
      const { callee, args } = expression;
      const root = leftmostName(callee, facts);
      const isOfLibrary =
        callee.op === "name" || (root !== null && [...facts.imports.values()].includes(root));
      const isFit = callee.op === "attribute" && (callee.name === "fit" || callee.name === "fit_transform");
      return isOfLibrary || isFit ? leftmostName(args[0]?.value ?? null, facts) : root;
    }
    case "binary":
      return leftmostName(expression.left, facts);
    default:
      return null;
  }
}

/** A name that nothing in the notebook has. */
export function freshName(facts: NotebookFacts, wanted: string): string {
  const taken = new Set(facts.flow().flatMap(({ needs, binds }) => [...needs, ...binds]));
  let name = wanted;
  for (let at = 2; taken.has(name); at++) name = `${wanted}_${at}`;
  return name;
}

/** For each statement and name it needs: the last statement before that gives it. */
export const giversIn = remembered<null, ReturnType<typeof givers>>(
  (facts) => givers(facts.flow()),
  (whole) => whole,
);

/** The line and column of an offset in a cell. */
export function positionOf(facts: NotebookFacts, cell: string, offset: number) {
  return positionAt(facts.sourceOf(cell), offset);
}

/** Where a statement stands. */
export function placeOf(facts: NotebookFacts, { cell, from, to }: FlowStatement): Place {
  return { cell, from, to, start: positionOf(facts, cell, from), end: positionOf(facts, cell, to) };
}

/** The expression that stands exactly at a place of a cell. */
export const expressionAt = remembered<Place, Expression | null>(
  (facts, at) => {
    const isHere = (one: { readonly at: Place }): boolean => one.at.from <= at.from && one.at.to >= at.to;
    const search = (value: unknown): Expression | null => {
      if (Array.isArray(value)) {
        for (const one of value) {
          const found = search(one);
          if (found) return found;
        }
        return null;
      }
      if (typeof value !== "object" || value === null) return null;
      const node = value as Partial<Expression | Statement>;
      if (node.at && node.op) {
        if (!isHere(node as Expression)) return null;
        if (node.at.from === at.from && node.at.to === at.to && expressionOps.has(node.op))
          return node as Expression;
      }
      for (const [key, inside] of Object.entries(value)) {
        const found = key === "at" ? null : search(inside);
        if (found) return found;
      }
      return null;
    };
    return search(facts.statementsOf(at.cell));
  },
  ({ cell, from, to }) => `${from}:${to}:${cell}`,
);

const expressionOps: ReadonlySet<string> = new Set(["call", "index", "attribute", "binary", "name"]);
