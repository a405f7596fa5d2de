import type { Expression, Statement } from "../ir.ts";
import { Scope } from "./scope.ts";
import { type Code, type Kind, plainValue, type Thing, type Things, thing } from "./thing.ts";

/** A notebook's statements, run for one question: which objects may each of them change? */
export class Run {
  readonly notebook = new Scope<Thing>();
  /** Modules whose names were all taken: libraries by their paths, and whether there is one that nobody has read. */
  readonly stars: { readonly paths: string[]; isUnread: boolean } = { paths: [], isUnread: false };
  /** What runs now, and what it has answered so far: a function that calls itself is not followed again. */
  readonly running = new Map<Code["body"], Running>();
  /** What the statement that runs now has changed; of a table of which it wrote columns alone, these. */
  changed: Changed = new Map();
  /** Names of the notebook that it has given anew. */
  given = new Set<string>();
  /** Functions' own names that functions inside of them have given anew. */
  closures = new Set<Scope<Thing>>();
  /** It may have changed anything. */
  isAnything = false;
  /** How much objects have come to hold. */
  #held = 0;
  readonly does: Does;
  /** No name of a method tells what it does, but on what a library has made; and all code that nobody has read has the same objects. */
  readonly isStrict: boolean;
  readonly #paths = new Map<string, Thing>();
  #unread: Thing | null = null;
  #made = new Map<object, Thing[]>();
  #left: number;

  constructor(does: Does, isStrict = false) {
    this.does = does;
    this.isStrict = isStrict;
    this.#left = isStrict ? mostMet : most;
  }

  /** Goes on to a statement that gives some names. */
  begin(binds: ReadonlySet<string>): void {
    this.changed = new Map();
    this.given = new Set(binds);
    this.closures = new Set();
    this.isAnything = this.isOver;
    this.#made = new Map();
  }

  /** Whether more would have to be followed than anybody waits for: anything may be changed from there on. */
  get isOver(): boolean {
    return this.#left <= 0;
  }

  /** What is made at a place of the text: one object for all turns that a statement takes. */
  make(at: object, kind: Kind, holds: Iterable<Thing> = [], more: Partial<Thing> = {}): Thing {
    const made = this.#made.get(at) ?? [];
    this.#made.set(at, made);
    const known = made.find((one) => one.kind === kind && one.isView === more.isView);
    if (known === undefined) {
      const first = thing(kind, holds, more);
      made.push(first);
      return first;
    }
    this.hold(known, holds);
    return known;
  }

  hold(into: Thing, things: Iterable<Thing>): void {
    if (into === plainValue) return;
    const before = into.holds.size;
    for (const one of things) if (one !== into && one !== plainValue) into.holds.add(one);
    this.#held += into.holds.size - before;
  }

  /** How much is known of what names may be, here and in the notebook, and of what objects hold: a loop turns until nothing comes to it. */
  knownIn(scope: Scope<Thing>): number {
    const all = [scope, this.notebook].flatMap((one) => [...one.own().values()]);
    return all.reduce((sum, things) => sum + things.size, this.#held);
  }

  /** A name of a library. */
  path(path: string): Thing {
    const known = this.#paths.get(path) ?? thing("path", [], { path });
    this.#paths.set(path, known);
    return known;
  }

  /** A module that nobody has read. */
  unreadModule(): Thing {
    const made = thing("unread", [], { isUnreadCode: true });
    if (!this.isStrict) return made;
    this.#unread ??= made;
    return this.#unread;
  }

  /** Counts objects that were met. */
  spend(met: number): void {
    this.#left -= met;
  }

  /** Objects, and whatever they may hand on: what going through them, or asking a part of them, may meet. */
  reachable(things: Iterable<Thing>): Set<Thing> {
    if (this.isStrict && this.isOver) {
      this.isAnything = true;
      return new Set(things);
    }
    const all = reachable(things);
    this.spend(this.isStrict ? edgesOf(all) : all.size);
    return all;
  }

  /** An object may have been changed, and what it is a view of: a column of it, or anything. */
  change(one: Thing, column: string | null = null): void {
    if (one === plainValue) return;
    for (const each of one.isView ? this.reachable([one]) : [one]) {
      const before = this.changed.get(each);
      const columns = column === null || before === null ? null : new Set([...(before ?? []), column]);
      this.changed.set(each, each === one ? columns : null);
    }
  }

  /** Whatever may be reached from objects may have been changed. */
  changeAll(things: Iterable<Thing>): void {
    // What a view shows is reached, too.
    for (const one of this.reachable(things)) if (one !== plainValue) this.changed.set(one, null);
  }

  evaluate(one: Expression, here: Here): Things {
    this.spend(1);
    if (this.isOver) {
      this.isAnything = true;
      return none;
    }
    return this.does.evaluate(one, here);
  }
}

/** Objects, and whatever they may hand on. */
export function reachable(things: Iterable<Thing>): Set<Thing> {
  const all = new Set(things);
  for (const one of all) {
    for (const held of one.holds) all.add(held);
    for (const given of one.code?.before ?? []) for (const held of given) all.add(held);
  }
  return all;
}

/** What looking through objects costs, where many of them hold many. */
function edgesOf(all: ReadonlySet<Thing>): number {
  let edges = all.size;
  for (const { holds } of all) edges += holds.size;
  return edges;
}

/** Objects, and the columns of each that may have been changed; null for anything of it. */
export type Changed = Map<Thing, ReadonlySet<string> | null>;

interface Running {
  readonly answers: Things;
  /** It was called while it ran. */
  isMetAgain: boolean;
}

/** What runs what: statements hold expressions, these hold calls, and calls run statements. */
export interface Does {
  evaluate(one: Expression, here: Here): Things;
  /** `said` is what the value is written as, where that is written out. */
  assign(target: Expression, value: Things, said: Expression | null, here: Here): void;
  runAll(statements: readonly Statement[], here: Here): void;
}

/** Where a statement runs. */
export interface Here {
  readonly run: Run;
  readonly scope: Scope<Thing>;
  /** It may not happen: in a branch, in a loop. */
  readonly isMaybe: boolean;
  /** What the function that runs answers. */
  readonly answers: Set<Thing>;
}

export function give(name: string, things: Things, { run, scope, isMaybe }: Here): void {
  const owner = scope.give(name, things, isMaybe);
  if (owner === run.notebook) run.given.add(name);
  else if (owner !== scope) run.closures.add(owner);
}

/** What going through objects meets; whoever goes through an iterator moves it on. */
export function gone(source: Things, run: Run): Set<Thing> {
  for (const one of source) if (one.isIterator) run.change(one);
  return run.reachable(source);
}

const none: Things = new Set();

/** Expressions looked at, and objects met, in a whole notebook: a fifth of a second's worth. */
const most = 200_000;

/** The same where each way from one object to another is counted. */
const mostMet = 500_000;
