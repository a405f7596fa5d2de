import type { Cell } from "../../notebook/notebook.ts";
import type { Node, Syntax } from "../../notebook/python.ts";
import type { Place } from "../model.ts";
import { notStatic } from "./bind-arguments.ts";
import { construct, definitionModules } from "./construct.ts";
import { defineFunction } from "./define-function.ts";
import { evaluate } from "./evaluate.ts";
import { execute } from "./execute.ts";
import { bindIn, type Frame, lookupIn } from "./frame.ts";
import type { Machine } from "./machine.ts";
import type { Modules } from "./modules.ts";
import { normalPath } from "./path-text.ts";
import { readImport } from "./read-import.ts";
import type { Reading } from "./reading.ts";
import type { Scope } from "./scope.ts";
import { definitionClasses, signatureOf } from "./signatures.ts";
import { dynamic, type Value } from "./value.ts";

/** The variables of a module and their values. */
export type Variables = ReadonlyMap<string, Value>;

/** One notebook or file, parsed. */
export interface Module {
  /** Absolute, without `.py`. */
  readonly path: string;
  readonly cells: readonly { readonly cell: Cell; readonly syntax: Syntax }[];
  /** Whether it is the document itself, which runs as `__main__`. */
  readonly isMain: boolean;
  readonly isNotebook: boolean;
  place(cell: Cell, node: Node): Place;
}

/** Folders that imports are looked for in, in this order: the document's own, those put on `sys.path`, those of the workspace. */
export interface ImportFolders {
  readonly own: string;
  readonly added: string[];
  readonly roots: readonly string[];
}

/** What reading a module takes besides its text. */
export interface ModuleContext {
  readonly reading: Reading;
  readonly modules: Modules;
  /** Called with everything a definition's class makes, as it is made. */
  collect(value: Value): void;
  /** What names not assigned yet stand for. */
  readonly later: Variables;
  readonly folders: ImportFolders;
  /** How many more statements are followed. */
  readonly budget: { left: number };
}

/**
 * Follows a module's statements from top to bottom and leaves in `variables` what it ends with. Conditions, loops,
 * functions and classes are followed where the text tells them; what only running would tell is dynamic.
 */
export function readModule(module: Module, variables: Map<string, Value>, context: ModuleContext): void {
  const frame: Frame = { variables, outer: null, kind: "module", elsewhere: new Map(), returned: [] };
  for (const { cell, syntax } of module.cells) {
    const uncalled = new Map<string, Node>();
    const machine = machineOf(module, (node) => module.place(cell, node), context, uncalled);
    // An unclear end of one cell says nothing of the next.
    const depth = machine.doubts.length;
    execute(syntax.root, frame, machine);
    machine.doubts.length = depth;
    for (const [, node] of uncalled) unreadIn(node, machine.scope(frame), context);
  }
}

function machineOf(
  module: Module,
  place: (node: Node) => Place,
  context: ModuleContext,
  uncalled: Map<string, Node>,
): Machine {
  const machine: Machine = {
    execute: (block, frame) => execute(block, frame, machine),
    scope: (frame) => scopeOf(frame, module, place, machine, context, uncalled),
    importFrom: (statement, bind) => {
      const { own, added, roots } = context.folders;
      readImport(statement, { path: module.path, folders: [own, ...added, ...roots] }, context.modules, bind);
    },
    doubts: context.reading.doubts,
    spend: (statement) => spend(place(statement), context),
    isMain: module.isMain,
  };
  return machine;
}

function spend(at: Place, { budget, reading }: ModuleContext): boolean {
  if (budget.left-- > 0) return true;
  if (budget.left === -1)
    reading.stop(notStatic(at, "What stands from here on", "it takes more steps than are followed"));
  return false;
}

function scopeOf(
  frame: Frame,
  module: Module,
  place: (node: Node) => Place,
  machine: Machine,
  context: ModuleContext,
  uncalled: Map<string, Node>,
): Scope {
  const lookup = (name: string): Value => {
    const value = lookupIn(frame, name) ?? ambient(name, module, context);
    return value.kind === "imported" ? imported(value.name) : value;
  };
  const scope: Scope = {
    evaluate: (node) => evaluate(node, scope),
    place,
    lookup,
    bind: (name, value) => bindIn(frame, name, value),
    within: (names) => {
      const inner: Frame = {
        variables: new Map(names),
        outer: frame.kind === "class" ? { ...frame, kind: "function" } : frame,
        kind: "function",
        elsewhere: new Map(),
        returned: [],
      };
      return scopeOf(inner, module, place, machine, context, uncalled);
    },
    imported,
    moduleMember: (path, name) =>
      context.modules.member(path, name) ?? dynamic(`${name} is not in the module`),
    setModuleMember: (path, name, value) => void context.modules.variablesOf(path).set(name, value),
    construct: (name, call, given) => {
      const value = construct(name, call, given, scope, context.reading);
      context.collect(value);
      return value;
    },
    define: (node, name) => {
      const key = `${place(node).cellId} ${node.startIndex}`;
      uncalled.set(key, node);
      return defineFunction(node, name, frame, machine, () => uncalled.delete(key));
    },
    taint: (changed, at, why) => context.reading.taint(changed, at, why),
    doubtful: () => context.reading.doubts.length > 0,
    spend: (node) => machine.spend(node),
    addImportFolder: (path) => {
      if (path !== null)
        context.folders.added.push(
          path.startsWith("/") ? path : normalPath(`${context.folders.own}/${path}`),
        );
    },
  };
  return scope;
}

/** Marks definitions that stand in a function nothing here calls. */
function unreadIn(node: Node, scope: Scope, context: ModuleContext): void {
  for (const call of node.descendantsOfType("call")) {
    const callee = call?.childForFieldName("function");
    if (callee?.type !== "identifier" && callee?.type !== "attribute") continue;
    const value = scope.evaluate(callee);
    const className = value.kind === "imported" ? value.name.slice(value.name.lastIndexOf(".") + 1) : "";
    const makes = signatureOf(className)?.makes;
    if (!makes || ["field", "aggregate", "apart"].includes(makes)) continue;
    const why = "it is made in a function that is not called here";
    context.reading.problems.push(notStatic(scope.place(callee), `This ${className}`, why));
    context.collect(dynamic(why));
  }
}

const types = new Set(
  "Invalid Bytes String Bool Int32 Int64 Float32 Float64 UnixTimestamp UNKNOWN BYTES STRING INT32 INT64 DOUBLE FLOAT BOOL UNIX_TIMESTAMP".split(
    " ",
  ),
);

/** What a name that nothing assigns stands for. */
function ambient(name: string, module: Module, context: ModuleContext): Value {
  const later = module.isMain ? context.later.get(name) : undefined;
  // A copy: what is done to it here is not done below.
  if (later) return later.kind === "list" ? { ...later, items: [...later.items] } : later;
  if (name === "__name__")
    return {
      kind: "text",
      text: module.isMain ? "__main__" : module.path.slice(module.path.lastIndexOf("/") + 1),
    };
  if (name === "__file__" && !module.isNotebook) return { kind: "text", text: `${module.path}.py` };
  // What was never imported can only be meant as ours.
  if (types.has(name)) return { kind: "type", name };
  if (name === "timedelta") return { kind: "imported", name: "datetime.timedelta" };
  return definitionClasses().includes(name)
    ? { kind: "imported", name: `lookback.${name}` }
    : { kind: "unbound", name };
}

function imported(name: string): Value {
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (name.startsWith("feast.types.")) return { kind: "type", name: last };
  if (name === "typing.TYPE_CHECKING") return { kind: "truth", truth: false };
  return definitionModules.includes(name.split(".")[0] ?? "") && types.has(last)
    ? { kind: "type", name: last }
    : { kind: "imported", name };
}
