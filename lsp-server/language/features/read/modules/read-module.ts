import type { Cell } from "../../../notebook/notebook.ts";
import type { Node, Syntax } from "../../../notebook/python.ts";
import type { Place } from "../../model.ts";
import { construct, definitionModules } from "../constructors/construct.ts";
import { definitionClasses, signatureOf } from "../constructors/signatures.ts";
import { assignPart } from "../expressions/change.ts";
import { evaluate } from "../expressions/evaluate.ts";
import type { Scope } from "../expressions/scope.ts";
import { everythingHeld } from "../expressions/tame.ts";
import { notStatic } from "../problems.ts";
import type { Reading } from "../reading.ts";
import { sayPlace } from "../say-place.ts";
import { assignedNames } from "../statements/assigned-names.ts";
import { maybe } from "../statements/branches.ts";
import { defineFunction } from "../statements/define-function.ts";
import { execute } from "../statements/execute.ts";
import { bindIn, type Frame, frameOf, lookupIn, lose, next, Raised } from "../statements/frame.ts";
import type { Machine } from "../statements/machine.ts";
import { normalPath } from "../values/path-text.ts";
import { dynamic, type Value } from "../values/value.ts";
import type { Modules } from "./modules.ts";
import { readImport } from "./read-import.ts";
import { type ShellLine, shellLines } from "./shell-lines.ts";

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
  place(cell: Cell, span: Span): Place;
}

/** Where something stands in its cell. */
export type Span = Pick<Node, "startPosition" | "endPosition">;

/** Folders that imports are looked for in, in this order: those put before all on `sys.path`, the document's own, those put behind, those of the workspace. */
export interface ImportFolders {
  readonly first: string[];
  readonly own: string;
  readonly added: string[];
  /** Whether a folder stands before all that the text does not tell. */
  unknown: boolean;
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
  /** The names of every module that is read, by its path. */
  readonly frames: Map<string, Frame>;
  /** How deep in what may run at any time. */
  readonly loose: { depth: number };
}

/**
 * Follows a module's statements from top to bottom and leaves in `variables` what it ends with. Conditions, loops,
 * functions and classes are followed where the text tells them; what only running would tell is dynamic.
 */
export function readModule(
  module: Module,
  variables: Map<string, Value>,
  context: ModuleContext,
): { readonly lost: string | null } {
  const frame = frameOf("module", null, variables);
  context.frames.set(module.path, frame);
  for (const { cell, syntax } of module.cells) {
    const uncalled = new Map<string, Node>();
    const place = (span: Span) => module.place(cell, span);
    const machine = machineOf(module, place, context, uncalled);
    const shell = [...shellLines(cell.source, syntax)];
    // An unclear end of one cell says nothing of the next.
    const depth = machine.doubts.length;
    const scope = machine.scope(frame);
    execute(syntax.root, frame, machine, (statement) => shellDoes(shell, statement, scope, place));
    machine.doubts.length = depth;
    for (const [, node] of uncalled) unreadIn(node, machine.scope(frame), context);
  }
  return { lost: frame.lost };
}

function machineOf(
  module: Module,
  place: (node: Node) => Place,
  context: ModuleContext,
  uncalled: Map<string, Node>,
): Machine {
  const { doubts } = context.reading;
  const machine: Machine = {
    execute: (block, frame) => execute(block, frame, machine),
    scope: (frame) => scopeOf(frame, module, place, machine, context, uncalled),
    bind: (frame, name, value) =>
      bindIn(frame, name, value, { doubt: doubts.at(-1) ?? null, again: context.loose.depth > 0 }),
    importFrom: (statement, frame) => {
      const from = { path: module.path, folders: importFolders(context.folders) };
      const { unknown } = context.folders;
      const said = place(statement);
      readImport(statement, from, context.modules, {
        bind: (name, value) => {
          // Of what the workspace has, another module of that name may come first.
          const sure = !unknown || value.kind === "imported";
          const why = "which file it is imported from is known when the code runs";
          machine.bind(frame, name, sure ? value : dynamic(why, value));
        },
        loseNames: (why, keep) => lose(frame, `${why}, ${sayPlace(said)}`, keep),
      });
    },
    doubts,
    loosely: (why, run) => loosely(why, run, context),
    spend: (statement) => spend(place(statement), context),
    isMain: module.isMain,
  };
  return machine;
}

/** What may run at any time or never reports only what it changes: the rest is said where it is called. */
function loosely(why: string, run: () => void, { reading, loose }: ModuleContext): void {
  const { doubts, problems, references } = reading;
  const [depth, known, named] = [doubts.length, problems.length, references.length];
  doubts.push(why);
  loose.depth++;
  try {
    run();
  } catch (cause) {
    if (!(cause instanceof Raised)) throw cause;
  } finally {
    loose.depth--;
    doubts.length = depth;
    const found = problems.splice(known);
    problems.push(...found.filter(({ code }) => code === "features/changed-later"));
    references.length = named;
  }
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
    bind: (name, value) => machine.bind(frame, name, value),
    within: (names) =>
      scopeOf(frameOf("comprehension", frame, new Map(names)), module, place, machine, context, uncalled),
    imported,
    moduleMember: (path, name) =>
      context.modules.member(path, name) ?? dynamic(`${name} is not in the module`),
    setModuleMember: (path, name, value) => {
      const variables = context.modules.variablesOf(path);
      const known = context.frames.get(path);
      if (known) bindIn(known, name, value, { doubt: machine.doubts.at(-1) ?? null, again: false });
      else variables.set(name, value);
    },
    moduleNamed: (dotted) => {
      const path = context.modules.find(dotted, importFolders(context.folders));
      return path === null ? null : { kind: "module", path };
    },
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
    yields: (value) => {
      let home: Frame | null = frame;
      while (home && home.kind !== "function") home = home.outer;
      home?.returned.push(value);
    },
    assignPart: (target, value) => assignPart(target, value, scope),
    taint: (changed, at, why) => context.reading.taint(changed, at, why),
    replaceClass: (at, why) => {
      const message = `What definitions mean after this line is not known from the text: ${why}.`;
      context.reading.stop({ code: "features/changed-later", message, severity: "error", place: at });
    },
    loseModule: (path, at, why) => {
      context.modules.variablesOf(path);
      const known = context.frames.get(path);
      if (known) lose(known, `${why}, ${sayPlace(at)}`, () => false);
    },
    loseEverything: (at, why) => {
      for (const each of context.frames.values()) lose(each, `${why}, ${sayPlace(at)}`, () => false);
      context.reading.taintAll(at, why);
    },
    perhaps: (why, run) => {
      let answer: ReturnType<typeof run> | undefined;
      const evaluated = () => {
        answer = run();
        return next;
      };
      maybe(evaluated, frame, machine, why);
      return answer;
    },
    doubt: () => context.reading.doubts.at(-1) ?? null,
    spend: (node) => machine.spend(node),
    changeFolder: (path, at) => {
      const { folder, doubts } = context.reading;
      const isSure = doubts.length === 0 && context.loose.depth === 0;
      const kept = folder.moveTo(isSure ? path : null, at);
      if (!kept) context.reading.taintAll(at, "the working folder changes, and what relative paths mean");
    },
    workingFolder: () => context.reading.folder.current(),
    addImportFolder: (path, first) => {
      const { folders } = context;
      if (path === null) folders.unknown ||= first;
      else {
        const folder = path.startsWith("/") ? path : normalPath(`${folders.own}/${path}`);
        if (first) folders.first.unshift(folder);
        else folders.added.push(folder);
      }
    },
  };
  return scope;
}

function importFolders({ first, own, added, roots }: ImportFolders): readonly string[] {
  return [...first, own, ...added, ...roots];
}

/** What IPython's lines above the end of a statement do to the names; each is done once, before the statement and, when it stands inside, after it too. */
function shellDoes(
  lines: ShellLine[],
  statement: Node | null,
  scope: Scope,
  place: (span: Span) => Place,
): void {
  const row = statement?.endPosition.row ?? Number.POSITIVE_INFINITY;
  const inside = statement?.startPosition.row ?? row;
  for (const line of lines.filter((each) => each.line <= row)) {
    if (line.line < inside && line.apart !== "cell") lines.splice(lines.indexOf(line), 1);
    const at = { row: line.line, column: 0 };
    const why = `${line.text} may change it`;
    if (line.folder !== undefined)
      scope.changeFolder(
        line.folder,
        place({ startPosition: at, endPosition: { ...at, column: line.text.length } }),
      );
    else if (line.apart !== null) {
      const own = statement && (line.apart === "cell" || line.line >= inside);
      for (const name of own ? assignedNames(statement) : [])
        scope.bind(name, dynamic(`${line.text} has names of its own`, scope.lookup(name)));
    } else if (line.names === null)
      scope.loseEverything(
        place({ startPosition: at, endPosition: { ...at, column: line.text.length } }),
        why,
      );
    else
      for (const name of line.names)
        if (scope.lookup(name).kind !== "unbound") scope.bind(name, dynamic(why, scope.lookup(name)));
  }
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
  if (everythingHeld.has(name))
    return { kind: "dynamic", why: `${name} is known when the code runs`, reach: "everything" };
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (name.startsWith("feast.types.")) return { kind: "type", name: last };
  if (name === "typing.TYPE_CHECKING") return { kind: "truth", truth: false };
  return definitionModules.includes(name.split(".")[0] ?? "") && types.has(last)
    ? { kind: "type", name: last }
    : { kind: "imported", name };
}
