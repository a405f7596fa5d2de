import { isLibrary } from "../../api/libraries.ts";
import type { Expression } from "../../ir.ts";
import { remembered } from "../../remembered.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";

/** The dotted path of what is a library's by its import, and nothing else anywhere; null for anything else. */
export function pathOf(facts: NotebookFacts, expression: Expression): string | null {
  if (expression.op === "attribute") {
    const outer = pathOf(facts, expression.of);
    return outer === null ? null : `${outer}.${expression.name}`;
  }
  return expression.op === "name" ? pathOfName(facts, expression.name) : null;
}

const pathOfName = remembered<string, string | null>(
  (facts, name) => {
    const paths = [...facts.imports].flatMap(([path, own]) => (own === name ? [path] : []));
    const [path] = paths;
    const isAllOfLibraries = paths.every((one) => isLibrary(one.split(".")[0] ?? ""));
    const isElse = facts
      .flow()
      .some((one) => one.binds.has(name) && writtenAs(facts, one).some(({ op }) => op !== "import"));
    return path !== undefined && isAllOfLibraries && !isElse ? path : null;
  },
  (name) => name,
);
