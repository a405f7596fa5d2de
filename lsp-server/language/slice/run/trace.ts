import { inside, partsOf } from "../../leakage/inside.ts";
import type { Expression, Statement } from "../../leakage/ir.ts";
import { callBack } from "../../leakage/objects/call-back.ts";
import type { Code, OwnClass, Thing, Things } from "../../leakage/objects/thing.ts";
import type { Python } from "../../notebook/python.ts";
import { isQuiet } from "../effects/libraries-of-values.ts";
import { stateOf } from "../effects/settings.ts";
import type { Execution } from "../execution.ts";
import { type Given, generators, Ledger } from "../ledger.ts";
import { isStatement, type ReadCell, readCell } from "../reading/read-cell.ts";
import { type Draw, LibraryCalls } from "./library-calls.ts";
import { type AskedLibrary, isUnreadModule, WatchedRun } from "./watch.ts";

/** What executions need of each other. */
export interface Traced {
  /** For each execution those before it that it needs, and what they give. */
  readonly needs: readonly ReadonlyMap<number, readonly Given[]>[];
  /** For each execution what it draws without a seed. */
  readonly draws: readonly (readonly Draw[])[];
  /** The same needs, of some names as they are in the end. */
  needsOf(names: readonly string[]): ReadonlyMap<number, readonly Given[]>;
}

/** Runs executions in their order, without their data. */
export function traceExecutions(executions: readonly Execution[], python: Python): Traced {
  const trace = new Trace();
  for (const one of executions) trace.execute(readCell(python, one));
  return {
    needs: executions.map((_, at) => trace.needsAt(at)),
    draws: trace.draws,
    needsOf: (names) => trace.outputs(names),
  };
}

class Trace {
  readonly ledger = new Ledger();
  readonly draws: Draw[][] = [];
  readonly #watched = new WatchedRun({
    readsName: (one, things) => this.#readName(one, things),
    callsLibrary: (asked) => this.#library(asked),
    callsUnread: () => this.#unread(),
    isLazy: (one) => this.#cell?.source[one.at.from] === "(",
    isStatement,
    at: () => this.ledger.at,
  });
  /** What was put into modules, and may be code that their functions run. */
  readonly #patches = new Set<Thing>();
  readonly #calls = new LibraryCalls(this.ledger, this.#watched, this.draws);
  #cell: ReadCell | null = null;
  /** Names read by the execution, and what they stood for. */
  #roots = new Map<string, Set<Thing>>();
  /** What it changed. */
  #changed = new Set<Thing>();
  #closures = new Set<object>();
  #given: ReadonlySet<string> = new Set();
  /** What is printed may go into a file. */
  #isRedirected = false;
  #usesLibraries = false;
  #isUnread = false;
  #isAnything = false;

  needsAt(at: number): ReadonlyMap<number, readonly Given[]> {
    return new Map([...(this.ledger.edges[at] ?? [])].map(([by, given]) => [by, [...given.values()]]));
  }

  execute(cell: ReadCell): void {
    const { ledger } = this;
    const { run } = this.#watched;
    this.#begin(cell);
    if (run.isOver) {
      this.#doAnything();
      return;
    }
    for (const name of cell.lookedUp) this.#readNamed(name);
    this.#magics(cell);
    this.#imports(cell);
    const given = new Set(cell.binds);
    for (const [at, one] of cell.statements.entries()) {
      run.begin(new Set());
      this.#calls.forgetTexts(one);
      run.does.runAll([one], { run, scope: run.notebook, isMaybe: false, answers: new Set() });
      this.#patch(one);
      this.#gather();
      for (const name of run.given) given.add(name);
      this.#given = cell.givenAfter[at] ?? new Set();
      this.#calls.keepText(one, run.given);
    }
    run.begin(new Set());
    this.#runPatches();
    this.#settle();
    this.#gather();
    if (cell.isUnread || this.#isAnything) this.#doAnything();
    if (this.#usesLibraries || this.#isUnread)
      for (const state of ["libraries", "environment"] as const) ledger.readState(state);
    for (const one of this.#changed) if (one.kind !== "path") ledger.change(one);
    for (const one of this.#changed) if (one.kind === "class" && one.ownClass) ledger.change(one.ownClass);
    for (const one of this.#closures) ledger.change(one);
    for (const name of given)
      for (const one of run.notebook.of(name) ?? [])
        if (one.isIterator || [...one.holds].some(({ isIterator }) => isIterator))
          this.#watched.hasIterators = true;
    for (const name of given) {
      if (name === "*") ledger.giveAnyName();
      else ledger.giveName(name, this.#given.has(name));
    }
  }

  /** What names need as they are in the end. */
  outputs(names: readonly string[]): ReadonlyMap<number, readonly Given[]> {
    this.#begin(null);
    // Whatever gives a name that no cell is seen to give, it is among them.
    if (this.#watched.run.isOver || names.some((name) => !this.ledger.isGiven(name))) this.ledger.readAll();
    for (const name of names) this.#readNamed(name);
    this.#settle(true);
    this.ledger.readState("environment");
    const needs = this.needsAt(this.ledger.at);
    this.ledger.edges.pop();
    this.draws.pop();
    return needs;
  }

  #begin(cell: ReadCell | null): void {
    this.ledger.begin();
    this.draws.push([]);
    this.#cell = cell;
    this.#roots = new Map();
    this.#changed = new Set();
    this.#closures = new Set();
    this.#given = new Set();
    this.#usesLibraries = false;
    this.#isUnread = false;
    this.#isAnything = false;
  }

  #library(asked: AskedLibrary): void {
    this.#usesLibraries = true;
    if (this.#isRedirected && asked.of.path === "builtins.print") this.ledger.write("*");
    const { path, names } = this.#calls.meet(asked, isStatement(asked.call));
    if (names === "*") this.ledger.readAll();
    else for (const name of names) if (this.#watched.run.notebook.of(name)) this.#readNamed(name);
    if (path === null || !bringing.test(path)) return;
    this.#unread();
    this.#isAnything = true;
  }

  #gather(): void {
    const { run } = this.#watched;
    for (const one of run.changed.keys()) this.#changed.add(one);
    this.#isRedirected ||= [...run.changed.keys()].some(
      ({ path }) => path === "sys" || path?.startsWith("sys.std"),
    );
    for (const one of run.closures) this.#closures.add(one);
    this.#isAnything ||= run.isAnything;
    for (const one of run.changed.keys())
      if (one.kind === "path") this.ledger.affect(stateOf(one.path?.split(".")[0] ?? null));
      else if (process.test(this.#watched.origins.of(one) ?? ""))
        this.ledger.affect(stateOf(this.#watched.origins.rootOf(one)));
  }

  #readName(one: Extract<Expression, { op: "name" }>, things: Things): void {
    const { name } = one;
    this.#usesLibraries ||= [...things].some(({ kind }) => kind === "path" || kind === "library");
    if (history.test(name) && this.#watched.run.notebook.owner(name) === null) {
      this.ledger.readAll(true);
      this.#isAnything = true;
    }
    // A name that nothing has given may have been put among Python's own.
    if (this.#watched.run.notebook.owner(name) === null) this.#usesLibraries = true;
    if (!this.#cell?.ownReads.has(one) && !this.#given.has(name)) {
      this.ledger.readName(name);
      // Whoever draws without saying where draws into the figure that is there.
      if ([...things].some((each) => this.#watched.origins.isFigure(each))) this.ledger.readState("figures");
    }
    this.#root(name, things);
  }

  #readNamed(name: string): void {
    this.ledger.readName(name);
    this.#root(name, this.#watched.run.notebook.of(name) ?? new Set());
  }

  #root(name: string, things: Things): void {
    const known = this.#roots.get(name);
    if (known) for (const one of things) known.add(one);
    else this.#roots.set(name, new Set(things));
  }

  /** Notes what the objects that were read need, and runs what waits in them; of outputs, what their code looks up too. */
  #settle(isOutput = false): void {
    const { run, later, kept } = this.#watched;
    const seen = new Set<Thing>();
    for (let known = -1; known !== this.#sizeOfRoots(); ) {
      known = this.#sizeOfRoots();
      for (const [name, things] of [...this.#roots]) {
        const all = [...things];
        for (const one of all) {
          if (seen.has(one)) continue;
          seen.add(one);
          this.ledger.readObject(one, name);
          this.#calls.touch(one);
          const again = later.of(one, this.ledger.at);
          if (again) {
            again();
            run.change(one);
          }
          all.push(
            ...one.holds,
            ...(kept.get(one) ?? []),
            ...(one.code?.before ?? []).flatMap((some) => [...some]),
          );
          for (const each of classesOf(one)) {
            this.ledger.readObject(each, name);
            all.push(...each.held);
          }
          for (const code of codeOf(one)) all.push(...this.#enclosed(code, name));
          if (isOutput)
            for (const code of codeOf(one)) for (const each of namesIn(code)) this.#readNamed(each);
        }
      }
    }
  }

  /** What code has beside the notebook's names: what its parameters stand for, and names of functions around it. */
  #enclosed({ defaults, scope }: Code, name: string): Thing[] {
    const all = [...defaults.values()].flatMap((some) => [...some]);
    for (let one: Code["scope"] | null = scope; one?.around; one = one.around) {
      this.ledger.readObject(one, name);
      for (const some of one.own().values()) all.push(...some);
    }
    return all;
  }

  #sizeOfRoots(): number {
    return [...this.#roots.values()].reduce((sum, some) => sum + some.size, this.#roots.size);
  }

  /** `pd.DataFrame.f = own`: from here on what a library runs may be that. */
  #patch(one: Statement): void {
    const { run } = this.#watched;
    const isOfModule = [...run.changed.keys()].some(({ kind }) => kind === "path" || kind === "class");
    for (const node of inside(one, false)) {
      const here = { run, scope: run.notebook, isMaybe: true, answers: new Set<Thing>() };
      if (isOfModule && node.op === "assign" && node.targets.some(({ op }) => op !== "name"))
        for (const each of run.evaluate(node.value, here)) if (mayRun(each)) this.#patches.add(each);
      if ((node.op === "class" || node.op === "function") && node.decorators.some(isRegistering))
        for (const each of run.notebook.of(node.name) ?? []) this.#patches.add(each);
    }
  }

  /** What was put into modules and classes may run wherever they are asked, with whatever is there. */
  #runPatches(): void {
    if (this.#patches.size === 0) return;
    const { run } = this.#watched;
    const met = new Set([...this.#roots.values()].flatMap((some) => [...some]));
    callBack({ at: this.#patches, column: null, run, given: [], args: [] }, [...this.#patches], met);
    this.#root("*", this.#patches);
  }

  /** Code that nobody has read may do whatever a program does, but to objects that it does not reach. */
  #unread(): void {
    if (this.#isUnread) return;
    this.#isUnread = true;
    const { ledger } = this;
    this.#runProgram();
    for (const one of ["libraries", "figures"] as const) {
      ledger.readState(one);
      ledger.affect(one);
    }
    for (const one of generators) {
      ledger.draw(one);
      ledger.seed(one, false);
    }
  }

  #runProgram(): void {
    const { ledger } = this;
    ledger.readFile("*");
    ledger.write("*");
    for (const one of ["environment", "folders"] as const) {
      ledger.readState(one);
      ledger.affect(one);
    }
  }

  /** Text that was not read may give any name, and change any object; from there on all may be one. */
  #doAnything(): void {
    const { run } = this.#watched;
    this.#unread();
    this.ledger.readAll();
    this.ledger.giveAnyName();
    // More than is followed: from here on each needs all before it.
    if (run.isOver) return;
    const wild = run.unreadModule();
    const all = run.reachable([...run.notebook.own().values()].flatMap((some) => [...some]));
    run.hold(wild, all);
    for (const one of all) {
      run.hold(one, [wild]);
      if (one.kind !== "path") this.#changed.add(one);
    }
    this.#changed.add(wild);
    for (const [name, things] of run.notebook.own())
      run.notebook.give(name, new Set([...things, wild]), false);
  }

  #magics({ magics }: ReadCell): void {
    const { ledger } = this;
    const { run } = this.#watched;
    for (const { does, text } of magics) {
      for (const name of text.match(/[A-Za-z_]\w*/g) ?? []) if (run.notebook.of(name)) this.#readNamed(name);
      if (does === "anything") this.#isAnything = true;
      if (does === "runs") this.#runProgram();
      if (does === "looks") ledger.readFile("*");
      if (does === "figures" || does === "settings") ledger.affect("figures");
      if (does === "settings") ledger.affect("libraries");
    }
  }

  #imports({ statements }: ReadCell): void {
    for (const one of statements)
      for (const node of inside(one)) {
        if (node.op !== "import") continue;
        this.#usesLibraries = true;
        if (isUnreadModule(node.module)) this.#unread();
        else if (node.module === "__main__") this.#isAnything = true;
        else if (!isQuiet(node.module)) this.ledger.affect("libraries");
      }
  }
}

function mayRun({ kind, isUnreadCode }: Thing): boolean {
  return kind === "function" || kind === "class" || isUnreadCode === true;
}

/** `@pd.api.extensions.register_dataframe_accessor("own")`. */
function isRegistering(decorator: Expression): boolean {
  if (decorator.op === "call") return isRegistering(decorator.callee);
  return (decorator.op === "attribute" || decorator.op === "name") && decorator.name.includes("register");
}

/** The notebook's own classes that an object is of. */
function classesOf({ ownClass }: Thing): OwnClass[] {
  const all = ownClass ? [ownClass] : [];
  for (const one of all) all.push(...one.bases);
  return all;
}

/** The code that an object is, or that its class has. */
function codeOf(one: Thing): Code[] {
  return [...(one.code ? [one.code] : []), ...(one.ownClass?.methods.values() ?? [])];
}

function namesIn({ body }: Code): Set<string> {
  const names = new Set<string>();
  const pending: (Statement | Expression)[] = Array.isArray(body) ? [...body] : [body as Expression];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.op === "name") names.add(node.name);
    pending.push(...partsOf(node));
  }
  return names;
}

/** What answers with the one object of its kind that a process has: `logging.getLogger`, `decimal.getcontext`. */
const process = /\.(get|current|root|default|active|instance)\w*$/;

/** What brings a module by its name, or the names of whoever called. */
const bringing = /^(importlib\.import_module|sys\._getframe|inspect\.(currentframe|stack))$/;

/** What IPython keeps of what cells have shown and said. */
const history = /^(_+|_\d+|_i+\d*|In|Out|_oh|_ih|_dh)$/;
