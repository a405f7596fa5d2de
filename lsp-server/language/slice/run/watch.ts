import { isLibrary } from "../../leakage/api/libraries.ts";
import type { Expression } from "../../leakage/ir.ts";
import { callBack, codeIn } from "../../leakage/objects/call-back.ts";
import { callCode } from "../../leakage/objects/definitions.ts";
import { evaluate } from "../../leakage/objects/expressions.ts";
import { type Here, Run } from "../../leakage/objects/run.ts";
import { assign, runAll } from "../../leakage/objects/statements.ts";
import { only, type Thing, type Things } from "../../leakage/objects/thing.ts";
import { isWaitedFor } from "../reading/read-cell.ts";
import { applyTo, isBound, withBound } from "./bound.ts";
import { LaterCode, yields } from "./later-code.ts";
import { Origins, pathOf } from "./origins.ts";

type Call = Extract<Expression, { op: "call" }>;

/** What somebody wants to know of a run. */
export interface Watcher {
  /** A name of the notebook is read. */
  readsName(one: Extract<Expression, { op: "name" }>, things: Things): void;
  /** A library is asked. */
  callsLibrary(asked: AskedLibrary): void;
  /** Nobody has read what runs. */
  callsUnread(): void;
  /** Which execution runs. */
  at(): number;
  /** Whether a place of the text stands in round brackets: what is made there is made when it is gone through. */
  isLazy(one: Expression): boolean;
  /** Whether a call is a statement. */
  isStatement(one: Call): boolean;
}

/** A call of a library's: of a function `of` is its path, else its object. */
export interface AskedLibrary {
  readonly call: Call;
  readonly of: Thing;
  readonly args: readonly Things[];
  readonly answers: Things;
  /** It happens whenever its cell runs. */
  readonly isCertain: boolean;
  /** Where it stands. */
  readonly scope: Here["scope"];
}

/** Runs a notebook's statements, and says what it meets. */
export class WatchedRun {
  readonly run: Run;
  readonly origins = new Origins();
  readonly later = new LaterCode();
  /** Tables and arrays that a model may still have, and no copies of them: who reads the one reads the others. */
  readonly kept = new Map<Thing, Set<Thing>>();
  /** A name stands for what is another one once somebody has gone through it. */
  hasIterators = false;
  readonly #watcher: Watcher;
  readonly #frames: Frame[] = [];
  /** Something that nobody has read was met. */
  #hasUnread = false;

  constructor(watcher: Watcher) {
    this.#watcher = watcher;
    this.run = new Run({ assign, runAll, evaluate: (one, here) => this.#evaluate(one, here) }, true);
  }

  #evaluate(one: Expression, here: Here): Things {
    const frame = this.#frames.at(-1);
    const things = this.#evaluateIn(one, here);
    frame?.met.set(one, things);
    return things;
  }

  #evaluateIn(one: Expression, here: Here): Things {
    switch (one.op) {
      case "name":
        return this.#name(one, here);
      case "call":
      case "index":
      case "binary": {
        const isStatement = one.op === "call" && this.#watcher.isStatement(one);
        const outer = this.#frames.at(-1);
        const isCertain =
          isStatement && !here.isMaybe && (outer === undefined || (outer.isCertain && outer.isOfOne()));
        const frame = frameOf(one, isCertain);
        this.#frames.push(frame);
        const answers = evaluate(one, here);
        this.#frames.pop();
        if (one.op === "call") return this.#call(one, frame, answers, here);
        if (one.op === "index") this.#index(one, frame);
        else {
          this.origins.note(answers, this.#originOfSides(one, frame));
          const sides = [one.left, one.right].flatMap((side) => [...(frame.met.get(side) ?? [])]);
          const foreign = sides.filter((each) => this.origins.isForeign(each));
          for (const each of answers) if (each.kind === "library") this.run.hold(each, foreign);
        }
        return answers;
      }
      case "each": {
        const answers = evaluate(one, here);
        if (!this.#watcher.isLazy(one)) return answers;
        const made = this.run.make(this.later.keyOf(one), "plain", answers, { isIterator: true });
        this.later.note(made, this.#watcher.at(), () => void evaluate(one, here));
        return only(made);
      }
      case "attribute":
        return isBound(one.name) ? this.#bound(one, here) : evaluate(one, here);
      case "unary":
      case "sql": {
        const answers = evaluate(one, here);
        this.origins.note(answers, "numpy.ndarray");
        return answers;
      }
      default:
        return evaluate(one, here);
    }
  }

  #name(one: Extract<Expression, { op: "name" }>, here: Here): Things {
    const owner = here.scope.owner(one.name);
    const things = evaluate(one, here);
    if (owner === null || owner === this.run.notebook) this.#watcher.readsName(one, things);
    for (const each of things) if (each.kind === "unread") this.#hasUnread = true;
    return things;
  }

  #bound(one: Extract<Expression, { op: "attribute" }>, here: Here): Things {
    const frame = frameOf(one, false);
    this.#frames.push(frame);
    const things = evaluate(one, here);
    this.#frames.pop();
    return withBound(one, things, frame.met.get(one.of) ?? new Set());
  }

  #originOfSides(one: Extract<Expression, { op: "binary" }>, frame: Frame): string {
    for (const side of [one.left, one.right])
      for (const each of frame.met.get(side) ?? [])
        if (this.origins.isForeign(each)) return this.origins.of(each) ?? "numpy.ndarray";
    return "numpy.ndarray";
  }

  /** A function that picks rows is called; so is one that makes what is not there yet. */
  #index(one: Extract<Expression, { op: "index" }>, frame: Frame): void {
    const { run } = this;
    const of = [...(frame.met.get(one.of) ?? [])];
    const held = of.filter(({ isHolder }) => isHolder).flatMap((each) => codeIn(run, each.holds));
    const code = [...codeIn(run, frame.met.get(one.index) ?? []), ...held];
    callBack({ at: one, column: null, run, given: [], args: [] }, code, new Set(of));
  }

  #call(one: Call, frame: Frame, answers: Things, here: Here): Things {
    const { run } = this;
    const { callee } = one;
    const isMethod = callee.op === "attribute";
    const met = frame.met.get(isMethod ? callee.of : callee) ?? new Set<Thing>();
    const args = one.args.map(({ value }) => frame.met.get(value) ?? new Set<Thing>());
    let found = answers;
    for (const each of met) {
      if (each.kind === "path" || each.kind === "library")
        found = this.#library({
          call: one,
          of: each,
          args,
          answers: found,
          isCertain: frame.isCertain,
          scope: here.scope,
        });
      const code = isMethod ? each.ownClass?.methods.get(callee.name) : each.code;
      if (code && (yields(code) || isWaitedFor(code.body))) found = this.#generator(one, code, args, found);
      // What functions keep of other functions, they may call.
      if (each.code && each.holds.size > 0)
        callBack(
          { at: one, column: null, run, given: [], args: [] },
          codeIn(run, each.holds),
          new Set(args.flatMap((some) => [...some])),
        );
      const isOwn = (each.kind === "own" || each.kind === "class") && each.ownClass !== undefined;
      const isUnreadOwn =
        isOwn && isMethod && !each.ownClass?.isKnown && !each.ownClass?.methods.has(callee.name);
      if (each.kind === "unread" || isUnreadOwn) this.#unread();
    }
    if (this.hasIterators)
      for (const each of run.reachable([...met, ...args.flatMap((some) => [...some])]))
        if (each.isIterator) run.change(each);
    if (met.size === 0) this.#unread();
    else if (
      this.#hasUnread &&
      codeIn(run, [...met, ...args.flatMap((some) => [...some])]).some(({ isUnreadCode }) => isUnreadCode)
    )
      this.#unread();
    for (const each of found) if (each.kind === "unread") this.#hasUnread = true;
    return found;
  }

  #unread(): void {
    this.#hasUnread = true;
    this.#watcher.callsUnread();
  }

  /** A generator's body runs where it is gone through. */
  #generator(one: Call, code: NonNullable<Thing["code"]>, args: readonly Things[], answers: Things): Things {
    const { run } = this;
    const made = run.make(this.later.keyOf(one), "plain", answers, { isIterator: true });
    const given = { name: null, isSpread: true, things: new Set(args.flatMap((some) => [...some])) };
    this.later.note(made, this.#watcher.at(), () => void callCode(code, [given], run));
    return only(made);
  }

  #library(asked: AskedLibrary): Things {
    const { run, origins } = this;
    const { call: one, of, args, answers } = asked;
    const { callee } = one;
    const name = callee.op === "attribute" ? callee.name : (of.path?.split(".").at(-1) ?? "__call__");
    const path = of.kind === "path" ? (callee.op === "attribute" ? `${of.path}.${name}` : pathOf(of)) : null;
    const all = args.flatMap((some) => [...some]);
    if (of.kind === "library") this.#keep(of, all);
    for (const each of all)
      if (each.kind === "path" && !/\.[A-Z]\w*$/.test(each.path ?? "")) applyTo(each, all, run);
    if (
      path !== null &&
      path.split(".").length > 2 &&
      /\.ndarray\.(sort|partition|fill|put|itemset|resize)$/.test(path)
    )
      for (const each of args[0] ?? []) run.change(each);
    const by = path === null ? origins.of(of) : path;
    if (path === null && (origins.isFigure(of) || (by === null && drawn.test(name))) && !telling.test(name))
      run.change(of);
    if (origins.hasForeign)
      for (const each of run.reachable(all))
        if (origins.isForeign(each) && !telling.test(name)) run.change(each);
    const drawsInto = path === null && drawn.test(name) ? "matplotlib.axes" : by;
    let found: Things = answers;
    if (path === "builtins.open")
      found = only(run.make(this.later.keyOf(one), "library", [], { isIterator: true }));
    if (name === "__enter__") found = new Set([...found, of]);
    const own = all.filter(({ kind }) => kind === "own" || kind === "unread");
    if (path !== null && !path.startsWith("builtins.") && own.length > 0) found = new Set([...found, ...own]);
    if (path !== null && loading.test(path) && this.hasOwnCode)
      found = only(
        run.make(
          this.later.keyOf(one),
          "unread",
          [...run.notebook.own().values()].flatMap((some) => [...some].filter(isCode)),
        ),
      );
    if (mayBeSame(name, by, one)) found = new Set([...found, of, ...all]);
    origins.note(found, drawsInto);
    // What comes of a page, a network or a connection is a part of it, or knows how it came about.
    if (origins.hasForeign) {
      const foreign = [of, ...all].filter((each) => origins.isForeign(each) && !origins.isFigure(each));
      for (const each of found) if (each.kind === "library") run.hold(each, foreign);
      if (run.changed.has(of) && foreign.includes(of)) run.changeAll([of]);
    }
    if (
      running.test(path ?? "") ||
      name === "submit" ||
      path === "builtins.map" ||
      path === "builtins.filter"
    ) {
      const code = codeIn(run, all);
      for (const each of found)
        if (code.length > 0 && (each.kind === "library" || each.isIterator))
          this.later.note(each, this.#watcher.at(), () =>
            callBack({ at: one, column: null, run, given: [], args: [] }, code, new Set(all)),
          );
    }
    this.#watcher.callsLibrary({ ...asked, answers: found });
    return found;
  }

  /** Whether the notebook has code of its own, or somebody's, of which something that a file holds may be. */
  get hasOwnCode(): boolean {
    return [...this.run.notebook.own().values()].some((some) => [...some].some(isCode));
  }

  /** What a library's object was changed by it may keep: a model its rows, a figure what is drawn. */
  #keep(of: Thing, all: readonly Thing[]): void {
    const { run } = this;
    if (!run.changed.has(of) || all.length === 0) return;
    const isTable = (one: Thing) =>
      one.kind === "library" &&
      !this.origins.isForeign(one) &&
      !/^sklearn\./.test(this.origins.of(one) ?? "");
    run.hold(
      of,
      all.filter((one) => one !== of && !isTable(one) && one.kind !== "path"),
    );
    const kept = this.kept.get(of) ?? new Set();
    this.kept.set(of, kept);
    for (const one of all) if (isTable(one) && one !== of) kept.add(one);
  }
}

function isCode({ kind, isUnreadCode }: Thing): boolean {
  return kind === "class" || kind === "own" || isUnreadCode === true;
}

/** What was met while a call, an index or an operation was looked at. */
interface Frame {
  readonly met: Map<Expression, Things>;
  /** It happens whenever its cell runs. */
  readonly isCertain: boolean;
  /** Whether one function is called, and no other. */
  isOfOne(): boolean;
}

function frameOf(one: Expression, isCertain: boolean): Frame {
  const met = new Map<Expression, Things>();
  const callee = one.op === "call" && one.callee.op === "name" ? one.callee : null;
  return {
    met,
    isCertain,
    isOfOne() {
      const called = [...((callee && met.get(callee)) ?? [])];
      return called.length === 1 && called[0]?.code !== undefined;
    },
  };
}

/** Whether a module is nobody's library. */
export function isUnreadModule(module: string): boolean {
  return !isLibrary(module.split(".")[0] ?? "");
}

/** Whether what a method answers may be what it was called on, or given: a transformer that does nothing, a copy that shares. */
function mayBeSame(name: string, path: string | null, { args }: Call): boolean {
  if (name === "copy") return args.some((one) => one.name === "deep" || one.name === null);
  return /transform$/.test(name) && path !== null && /(FunctionTransformer|ipeline)$/.test(path);
}

/** What draws, of a table or of a figure. */
const drawn = /^(plot|hist|boxplot|bar|barh|scatter|pie|line|area|kde|density|hexbin|box)$/;

/** What only says something. */
const telling =
  /^(get_\w+|show|savefig|is_\w+|to_\w+|write_(image|html|json)|print|len|repr|str|type|isinstance|id|hasattr|callable|display)$/;

/** What makes an object anew that somebody has kept in a file, of whichever class. */
const loading =
  /^(pickle|cPickle|dill|cloudpickle|joblib|torch|shelve|pandas)\.(loads?|Unpickler|open|read_pickle)$/;

/** What runs code at another time. */
const running = /^(threading|multiprocessing|concurrent|asyncio|sched)\./;
