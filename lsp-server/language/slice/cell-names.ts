import type { Node } from "../notebook/python.ts";
import { importedNames, isRead, isTooDeep } from "./cell-effects.ts";

/** The names of a notebook that a cell takes from what ran before it, and those that it gives. */
export interface CellNames {
  /** Read before the cell itself binds them, by Python's scopes. */
  readonly needs: ReadonlySet<string>;
  /** `*` is any name. */
  readonly binds: ReadonlySet<string>;
}

/** The names of one cell, by its syntax and its text. */
export function cellNames(root: Node, source: string): CellNames {
  if (isTooDeep(root, source)) return { needs: new Set(), binds: new Set(["*"]) };
  const scope = newScope();
  visit(root, scope);
  return { needs: new Set([...scope.needs, ...without(scope.later, scope.bound)]), binds: scope.bound };
}

interface Scope {
  readonly bound: Set<string>;
  readonly reads: Set<string>;
  /** Read where they were not bound yet. */
  readonly needs: Set<string>;
  /** Read by functions, whenever they are called. */
  readonly later: Set<string>;
  /** Declared as the notebook's own. */
  readonly global: Set<string>;
}

function newScope(bound: readonly string[] = []): Scope {
  return {
    bound: new Set(bound),
    reads: new Set(),
    needs: new Set(),
    later: new Set(),
    global: new Set(),
  };
}

function visit(node: Node | null, scope: Scope): void {
  if (node === null) return;
  switch (node.type) {
    case "identifier":
      if (isRead(node)) read(node.text, scope);
      return;
    case "import_statement":
    case "import_from_statement":
    case "future_import_statement":
      for (const name of importedNames(node)) scope.bound.add(name);
      return;
    case "function_definition":
    case "lambda":
      visitFunction(node, scope);
      return;
    case "class_definition":
      visitClass(node, scope);
      return;
    case "list_comprehension":
    case "set_comprehension":
    case "dictionary_comprehension":
    case "generator_expression":
      visitComprehension(node, scope);
      return;
    case "assignment":
      visit(node.childForFieldName("right"), scope);
      bind(node.childForFieldName("left"), scope);
      return;
    case "augmented_assignment":
      visit(node.childForFieldName("right"), scope);
      visit(node.childForFieldName("left"), scope);
      bind(node.childForFieldName("left"), scope);
      return;
    case "named_expression":
      visit(node.childForFieldName("value"), scope);
      bind(node.childForFieldName("name"), scope);
      return;
    case "for_statement":
    case "for_in_clause": {
      const left = node.childForFieldName("left");
      visit(node.childForFieldName("right"), scope);
      bind(left, scope);
      visitOthers(node, [left, node.childForFieldName("right")], scope);
      return;
    }
    case "as_pattern": {
      const alias = node.childForFieldName("alias");
      visitOthers(node, [alias], scope);
      bind(alias, scope);
      return;
    }
    case "case_pattern":
      bind(node, scope);
      return;
    case "global_statement":
      for (const name of node.namedChildren) scope.global.add(name?.text ?? "");
      return;
    case "nonlocal_statement":
      return;
  }
  visitOthers(node, [], scope);
}

function visitOthers(node: Node, except: readonly (Node | null)[], scope: Scope): void {
  for (const child of node.namedChildren)
    if (!except.some((each) => each?.id === child?.id)) visit(child, scope);
}

function read(name: string, scope: Scope): void {
  scope.reads.add(name);
  if (!scope.bound.has(name)) scope.needs.add(name);
}

/** What a target names is bound; the `x` of `x.a` and `x[0]` is only read. */
function bind(target: Node | null, scope: Scope): void {
  if (target === null) return;
  if (target.type === "identifier") scope.bound.add(target.text);
  else if (target.type === "attribute" || target.type === "subscript") visit(target, scope);
  else for (const child of target.namedChildren) bind(child, scope);
}

/** Its body runs when it is called: what that reads may be bound behind it. */
function visitFunction(node: Node, scope: Scope): void {
  const inner = newScope();
  for (const parameter of node.childForFieldName("parameters")?.namedChildren ?? []) {
    const value = parameter?.childForFieldName("value") ?? null;
    visit(value, scope);
    const name = parameter?.childForFieldName("name") ?? parameter;
    if (name?.type === "typed_parameter") bind(name.namedChildren[0] ?? null, inner);
    else bind(name ?? null, inner);
  }
  visit(node.childForFieldName("body"), inner);
  for (const name of inner.global) if (inner.bound.delete(name)) scope.bound.add(name);
  for (const name of without([...inner.reads, ...inner.later], inner.bound)) scope.later.add(name);
  bind(node.type === "lambda" ? null : node.childForFieldName("name"), scope);
}

/** Its body runs at once, in names of its own that its methods do not see. */
function visitClass(node: Node, scope: Scope): void {
  visit(node.childForFieldName("superclasses"), scope);
  const inner = newScope();
  visit(node.childForFieldName("body"), inner);
  for (const name of inner.needs) read(name, scope);
  for (const name of inner.later) scope.later.add(name);
  bind(node.childForFieldName("name"), scope);
}

/** What it runs over is bound for what stands before it in the text. */
function visitComprehension(node: Node, scope: Scope): void {
  const inner = newScope();
  const [body, ...clauses] = node.namedChildren;
  for (const clause of clauses) visit(clause, inner);
  visit(body ?? null, inner);
  for (const name of inner.needs) read(name, scope);
  for (const name of without(inner.later, inner.bound)) scope.later.add(name);
}

function without(names: Iterable<string>, bound: ReadonlySet<string>): string[] {
  return [...names].filter((name) => !bound.has(name));
}
