import type { Cell } from "../../notebook/notebook.ts";
import type { Node, Syntax } from "../../notebook/python.ts";
import type { Place } from "../model.ts";
import { notStatic, type Reading } from "./bind-arguments.ts";
import { calculate } from "./calculate.ts";
import { construct, definitionModules } from "./construct.ts";
import { evaluate, type Scope } from "./evaluate.ts";
import { readImport } from "./read-import.ts";
import { definitionClasses, signatureOf } from "./signatures.ts";
import type { Value } from "./value.ts";

/** The variables of a module and their values. */
export type Variables = ReadonlyMap<string, Value>;

/** One notebook or file, parsed. */
export interface Module {
  readonly cells: readonly { readonly cell: Cell; readonly syntax: Syntax }[];
  place(cell: Cell, node: Node): Place;
}

/** What reading a module takes besides its text. */
export interface ModuleContext {
  readonly reading: Reading;
  /** Called with everything a definition's class makes, as it is made. */
  collect(value: Value): void;
  importModule(name: string): Variables | null;
  /** What names not assigned yet stand for. */
  readonly later: Variables;
}

/** Follows a module's statements from top to bottom and answers the variables it ends with. `if`, `try` and `with` count as run; loops and functions do not. */
export function readModule(module: Module, context: ModuleContext): Variables {
  const variables = new Map<string, Value>();
  for (const { cell, syntax } of module.cells) {
    const scope: Scope = {
      lookup: (name) => lookup(name, variables, context),
      place: (node) => module.place(cell, node),
      construct: (name, call, inner) => {
        const value = construct(name, call, inner, context.reading);
        context.collect(value);
        return value;
      },
    };
    walk(syntax.root, scope, variables, context);
  }
  return variables;
}

function walk(block: Node, scope: Scope, variables: Map<string, Value>, context: ModuleContext): void {
  for (const statement of block.namedChildren) {
    if (!statement) continue;
    switch (statement.type) {
      case "expression_statement":
        for (const expression of statement.namedChildren) if (expression) run(expression, scope, variables);
        break;
      case "import_statement":
      case "import_from_statement":
        readImport(statement, context.importModule, (name, value) => variables.set(name, value));
        break;
      case "if_statement":
      case "else_clause":
      case "elif_clause":
      case "try_statement":
      case "except_clause":
      case "finally_clause":
      case "with_statement":
      case "block":
      case "ERROR":
        walk(statement, scope, variables, context);
        break;
      case "for_statement":
      case "while_statement":
        unreadIn(statement, "it is made in a loop", scope, context);
        break;
      case "function_definition":
      case "class_definition":
      case "decorated_definition":
        unreadIn(statement, "it is made in a function", scope, context);
        break;
      case "delete_statement":
        for (const child of statement.namedChildren) if (child) variables.delete(child.text);
        break;
      default:
        break;
    }
  }
}

function run(expression: Node, scope: Scope, variables: Map<string, Value>): Value {
  if (expression.type === "assignment") {
    const right = expression.childForFieldName("right");
    if (!right) return { kind: "dynamic", why: "it is only declared" };
    const value = right.type === "assignment" ? run(right, scope, variables) : evaluate(right, scope);
    assign(expression.childForFieldName("left"), value, variables);
    return value;
  }
  if (expression.type === "augmented_assignment") {
    const left = expression.childForFieldName("left");
    const operator = (expression.childForFieldName("operator")?.text ?? "").replace(/=$/, "");
    if (!left) return { kind: "dynamic", why: "it is incomplete" };
    const value = calculate(
      operator,
      evaluate(left, scope),
      evaluate(expression.childForFieldName("right"), scope),
    );
    assign(left, value, variables);
    return value;
  }
  const value = evaluate(expression, scope);
  if (expression.type === "call") mutate(expression, scope, variables);
  return value;
}

function assign(target: Node | null, value: Value, variables: Map<string, Value>): void {
  if (target?.type === "identifier") variables.set(target.text, value);
  else if (target?.type === "pattern_list" || target?.type === "tuple_pattern") {
    for (const [at, part] of target.namedChildren.entries()) {
      const item = value.kind === "list" ? value.items[at]?.value : undefined;
      assign(
        part,
        item ?? { kind: "dynamic", why: "it is unpacked from what is computed when the code runs" },
        variables,
      );
    }
  } else if (target?.type === "subscript") {
    const changed = target.childForFieldName("value")?.text ?? "";
    if (variables.has(changed))
      variables.set(changed, { kind: "dynamic", why: "a part of it is assigned later" });
  }
}

/** `names.append(x)` and its like change the list a variable holds. */
function mutate(call: Node, scope: Scope, variables: Map<string, Value>): void {
  const callee = call.childForFieldName("function");
  if (callee?.type !== "attribute") return;
  const name = callee.childForFieldName("object")?.text ?? "";
  const method = callee.childForFieldName("attribute")?.text ?? "";
  const held = variables.get(name);
  if (held?.kind !== "list" && held?.kind !== "record") return;
  const given = call.childForFieldName("arguments")?.namedChildren[0] ?? null;
  if (held.kind === "list" && method === "append" && given) {
    variables.set(name, {
      kind: "list",
      items: [...held.items, { value: evaluate(given, scope), place: scope.place(given) }],
    });
  } else if (held.kind === "list" && method === "extend") {
    variables.set(name, calculate("+", held, evaluate(given, scope)));
  } else if (["insert", "remove", "pop", "clear", "update", "setdefault"].includes(method)) {
    variables.set(name, { kind: "dynamic", why: `.${method}(…) changes it when the code runs` });
  }
}

/** Marks definitions that are made where the text alone does not tell what comes out. */
function unreadIn(statement: Node, why: string, scope: Scope, context: ModuleContext): void {
  for (const call of statement.descendantsOfType("call")) {
    const callee = call?.childForFieldName("function");
    if (!callee) continue;
    const value =
      callee.type === "identifier" || callee.type === "attribute" ? evaluate(callee, scope) : null;
    const className = value?.kind === "imported" ? value.name.slice(value.name.lastIndexOf(".") + 1) : "";
    const makes = signatureOf(className)?.makes;
    if (!makes || makes === "field" || makes === "aggregate") continue;
    context.reading.problems.push(notStatic(scope.place(callee), `This ${className}`, why));
    context.collect({ kind: "dynamic", why });
  }
}

const types = new Set(
  "Invalid Bytes String Bool Int32 Int64 Float32 Float64 UnixTimestamp UNKNOWN BYTES STRING INT32 INT64 DOUBLE FLOAT BOOL UNIX_TIMESTAMP".split(
    " ",
  ),
);

function lookup(name: string, variables: Variables, context: ModuleContext): Value {
  const bound = variables.get(name) ?? context.later.get(name);
  if (bound) return bound.kind === "imported" ? resolved(bound.name, context) : bound;
  if (name.includes(".")) return resolved(name, context);
  // What stands below its import is bound above; what was never imported can only be meant as ours.
  if (types.has(name)) return { kind: "type", name };
  if (name === "timedelta") return { kind: "imported", name: "datetime.timedelta" };
  return definitionClasses().includes(name)
    ? { kind: "imported", name: `lookback.${name}` }
    : { kind: "unbound", name };
}

function resolved(name: string, context: ModuleContext): Value {
  const dot = name.lastIndexOf(".");
  const last = name.slice(dot + 1);
  const root = name.split(".")[0] ?? "";
  if (definitionModules.includes(root))
    return types.has(last) ? { kind: "type", name: last } : { kind: "imported", name };
  const value = dot < 0 ? undefined : context.importModule(name.slice(0, dot))?.get(last);
  return value ?? { kind: "imported", name };
}
