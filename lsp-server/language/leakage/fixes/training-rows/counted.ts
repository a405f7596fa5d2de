import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { pathOf } from "../statements/library-path.ts";

/**
 * What has as many rows as an expression is made of, by the words that name them: of `scaler.fit_transform(data["X"])` it is `data["X"]`, be
 * `data` a table or a dict of tables; of `(X[:, 1] - 3) / 2` it is `X`. Null where no words do.
 */
export function countedIn(facts: NotebookFacts, expression: Expression | null): Expression | null {
  switch (expression?.op) {
    case "name":
      return expression;
    case "attribute":
      return accessors.has(expression.name) ? countedIn(facts, expression.of) : partOf(facts, expression);
    case "index": {
      const { op } = expression.index;
      // What is asked by anything else is rows already: no dict and no list knows a mask, or a list of columns.
      return op === "constant" || op === "name" ? partOf(facts, expression) : countedIn(facts, expression.of);
    }
    case "call": {
      const { callee, args } = expression;
      const isAsked = callee.op === "attribute" && !takes.has(callee.name) && pathOf(facts, callee) === null;
      return countedIn(facts, isAsked ? callee.of : (args[0]?.value ?? null));
    }
    case "binary":
      return countedIn(facts, expression.left);
    default:
      return null;
  }
}

/** A part of something, where its words are all that say it: of what a call answers it is no more than its rows. */
function partOf(
  facts: NotebookFacts,
  part: Extract<Expression, { op: "attribute" | "index" }>,
): Expression | null {
  const whole = countedIn(facts, part.of);
  return whole === part.of ? part : whole;
}

/** What tables and arrays answer with that has their rows, or speaks of them without having any. */
const accessors: ReadonlySet<string> = new Set([
  "array",
  "at",
  "cat",
  "dt",
  "iat",
  "iloc",
  "loc",
  "str",
  "values",
]);

/** Methods that are given the rows. */
const takes: ReadonlySet<string> = new Set(["fit", "fit_transform"]);
