import { isBuiltin } from "../api/builtin-names.ts";
import { isKnownName, usualImports } from "../api/usual-names.ts";
import type { Expression } from "../ir.ts";
import { attributeOf } from "./attribute-of.ts";
import { call } from "./calls.ts";
import { codeOf } from "./definitions.ts";
import type { Here, Run } from "./run.ts";
import { Scope } from "./scope.ts";
import { elementsOf, only, plainValue, type Things } from "./thing.ts";

/** What an expression may stand for; what its calls change is noted. */
export function evaluate(one: Expression, here: Here): Things {
  const { run } = here;
  const all = (parts: readonly Expression[]) => parts.flatMap((part) => [...run.evaluate(part, here)]);
  switch (one.op) {
    case "name":
      return here.scope.of(one.name) ?? nameElsewhere(one, run);
    case "constant":
      return only(plainValue);
    case "sql":
      return only(run.make(one, "library"));
    case "attribute":
      return attributeOf(run.evaluate(one.of, here), one.name, run);
    case "index": {
      run.evaluate(one.index, here);
      const of = run.evaluate(one.of, here);
      return isPicking(one.index) && [...of].every(({ kind }) => kind === "library")
        ? only(run.make(one, "library"))
        : elementsOf(of);
    }
    case "slice":
      all([one.lower, one.upper, one.step].flatMap((part) => part ?? []));
      return only(plainValue);
    case "call":
      return call(one, here);
    case "list":
    case "tuple":
      return only(run.make(one, "plain", all(one.items)));
    case "dict":
      all(one.entries.flatMap(([key]) => key ?? []));
      return only(run.make(one, "plain", all(one.entries.map(([, value]) => value))));
    case "bind": {
      const value = run.evaluate(one.value, here);
      run.does.assign(one.target, value, one.value, { ...here, isMaybe: true });
      return value;
    }
    case "binary": {
      const sides = all([one.left, one.right]);
      if (one.operator === "and" || one.operator === "or") return new Set(sides);
      const isOfLists = sides.length > 0 && sides.every(({ kind }) => kind === "plain");
      return only(isOfLists ? run.make(one, "plain", elementsOf(sides)) : run.make(one, "library"));
    }
    case "unary": {
      const of = run.evaluate(one.of, here);
      const isSame = one.operator === "await" || one.operator.startsWith("*");
      return isSame ? new Set([...of, ...elementsOf(of)]) : only(run.make(one, "library"));
    }
    case "choose":
      run.evaluate(one.test, here);
      return new Set(all([one.chosen, one.otherwise]));
    case "lambda":
      return only(run.make(one, "function", [], { code: codeOf(one.params, one.body, here.scope) }));
    case "each": {
      const inner = { ...here, scope: new Scope(here.scope), isMaybe: true };
      for (const { target, source } of one.clauses)
        run.does.assign(target, elementsOf(run.evaluate(source, inner)), null, inner);
      const yielded = one.yields.flatMap((each) => [...run.evaluate(each, inner)]);
      return only(run.make(one, "plain", yielded));
    }
    case "parts": {
      const parts = all(one.parts);
      return one.isText ? only(plainValue) : new Set(parts);
    }
  }
}

/** Whether an index picks by a mask or a list: a table then answers with a copy. */
function isPicking(index: Expression): boolean {
  switch (index.op) {
    case "list":
    case "each":
      return true;
    case "tuple":
      return index.items.some(isPicking);
    case "unary":
      return index.operator === "~";
    case "binary":
      return /^([<>]=?|[!=]=|[&|^])$/.test(index.operator);
    default:
      return false;
  }
}

/** A name that no statement has given: Python's own, or one of those that a module gave all at once. */
function nameElsewhere(one: Extract<Expression, { op: "name" }>, run: Run): Things {
  const { name } = one;
  const [module] = run.stars.paths;
  if (isBuiltin(name)) return only(run.path(`builtins.${name}`));
  if (!run.stars.isUnread) {
    const usual = usualImports[name] ?? (isKnownName(name) ? name : undefined);
    if (usual !== undefined) return only(run.path(usual));
    if (module !== undefined) return only(run.path(`${module}.${name}`));
  }
  return only(run.make(one, "unread", [], { isUnreadCode: run.stars.isUnread }));
}
