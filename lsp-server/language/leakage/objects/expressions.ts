import { isBuiltin } from "../api/builtin-names.ts";
import { isKnownName, usualImports } from "../api/usual-names.ts";
import type { Expression } from "../ir.ts";
import { attributeOf } from "./attribute-of.ts";
import { call } from "./calls.ts";
import { callImplicit, codeOf } from "./definitions.ts";
import { isPicking } from "./picking.ts";
import { gone, type Here, type Run } from "./run.ts";
import { Scope } from "./scope.ts";
import { only, plainValue, type Things } from "./thing.ts";

/** What an expression may stand for; what its calls change is noted. */
export function evaluate(one: Expression, here: Here): Things {
  const { run } = here;
  const all = (parts: readonly Expression[]) => parts.flatMap((part) => [...run.evaluate(part, here)]);
  switch (one.op) {
    case "name": {
      const things = here.scope.of(one.name) ?? nameElsewhere(one, run);
      for (const each of things) callImplicit(each, run);
      return things;
    }
    case "constant":
      return only(plainValue);
    case "sql":
      return only(run.make(one, "library"));
    case "attribute":
      return attributeOf(one, run.evaluate(one.of, here), one.name, run);
    case "index": {
      const by = run.evaluate(one.index, here);
      const of = run.evaluate(one.of, here);
      for (const each of of) callImplicit(each, run, by);
      return partOf(one, of, run);
    }
    case "slice":
      all([one.lower, one.upper, one.step].flatMap((part) => part ?? []));
      return only(plainValue);
    case "call": {
      const answers = call(one, here);
      for (const each of answers) callImplicit(each, run);
      return answers;
    }
    case "list":
    case "tuple":
      return only(run.make(one, "plain", all(one.items)));
    case "dict":
      all(one.entries.flatMap(([key]) => key ?? []));
      return only(run.make(one, "plain", run.reachable(all(one.entries.map(([, value]) => value)))));
    case "bind": {
      const value = run.evaluate(one.value, here);
      run.does.assign(one.target, value, one.value, { ...here, scope: here.scope.assigning, isMaybe: true });
      return value;
    }
    case "binary": {
      const sides = all([one.left, one.right]);
      for (const side of sides) callImplicit(side, run, sides);
      if (one.operator === "and" || one.operator === "or") return new Set(sides);
      const isOfLists = sides.some((side) => side.kind === "plain" && side !== plainValue);
      return only(isOfLists ? run.make(one, "plain", run.reachable(sides)) : run.make(one, "library"));
    }
    case "unary": {
      const of = run.evaluate(one.of, here);
      const isSame = one.operator === "await" || one.operator.startsWith("*");
      return isSame ? run.reachable(of) : only(run.make(one, "library"));
    }
    case "choose":
      run.evaluate(one.test, here);
      return new Set(all([one.chosen, one.otherwise]));
    case "lambda":
      return only(run.make(one, "function", [], { code: codeOf(one.params, one.body, here) }));
    case "each": {
      const inner = { ...here, scope: new Scope(here.scope, "comprehension"), isMaybe: true };
      for (const { target, source } of one.clauses)
        run.does.assign(target, gone(run.evaluate(source, inner), run), null, inner);
      const yielded = one.yields.flatMap((each) => [...run.evaluate(each, inner)]);
      return only(run.make(one, "plain", yielded));
    }
    case "parts": {
      const parts = all(one.parts);
      return one.isText ? only(plainValue) : new Set(parts);
    }
  }
}

/** A part of objects: of a table a view, or a copy where a mask or a list picks it. */
function partOf(one: Extract<Expression, { op: "index" }>, of: Things, run: Run): Things {
  const tables = [...of].filter(({ kind, isHolder }) => kind === "library" && isHolder !== true);
  const others = [...of].filter((each) => !tables.includes(each));
  const all = run.reachable(others);
  if (tables.length > 0)
    all.add(
      isPicking(one.index) ? run.make(one, "library") : run.make(one, "library", tables, { isView: true }),
    );
  return all;
}

/** A name that no statement has given: Python's own, one that a library is known by, or one of those that a module gave all at once. */
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
