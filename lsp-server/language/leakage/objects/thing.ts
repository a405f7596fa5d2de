import type { Expression, Parameter, Statement } from "../ir.ts";
import type { Scope } from "./scope.ts";

/** An object that names of a notebook may stand for. One that a loop or a function makes again is the same here: more may be changed than is, never less. */
export interface Thing {
  readonly kind: Kind;
  /** What it may hand on to whoever has it: a list's elements, an object's attributes. */
  readonly holds: Set<Thing>;
  /** Of a library's name: where it is imported from. */
  readonly path?: string;
  /** What calling it runs, where that is the notebook's own. */
  readonly code?: Code;
  /** The class of the notebook that made it, or that it is. */
  readonly ownClass?: OwnClass;
  /** It was told to write into what it is given: `StandardScaler(copy=False)`. */
  readonly isWriting?: boolean;
  /** It has copies of what it was made with learn, and not these. */
  readonly isCloning?: boolean;
  /** Nobody has read what calling it, or asking it for an answer, runs. */
  readonly isUnreadCode?: boolean;
}

export type Kind =
  /** A name of a library: a module, a function, a class. */
  | "path"
  /** A table, an array, a model: whatever a library makes. */
  | "library"
  /** A list, a dict, a text, a number. */
  | "plain"
  /** Made by a class of the notebook. */
  | "own"
  | "function"
  | "class"
  /** Of code that nobody has read. */
  | "unread";

/** A function of the notebook, where it was defined. */
export interface Code {
  readonly params: readonly Parameter[];
  readonly body: readonly Statement[] | Expression;
  readonly scope: Scope<Thing>;
  /** What it is given before its own arguments: the object that a method is of, what a partial was told. */
  readonly before: readonly ReadonlySet<Thing>[];
  readonly isStatic: boolean;
}

export interface OwnClass {
  readonly methods: ReadonlyMap<string, Code>;
  /** Whether what it does not define itself is a library's, or nobody's. */
  readonly isKnown: boolean;
}

export function thing(kind: Kind, holds: Iterable<Thing> = [], more: Partial<Thing> = {}): Thing {
  return { kind, holds: new Set(holds), ...more };
}

export type Things = ReadonlySet<Thing>;

export function only(one: Thing): Things {
  return new Set([one]);
}

/** What going through objects, or asking a part of them, meets: of a table a view of it. */
export function elementsOf(things: Iterable<Thing>): Set<Thing> {
  const all = new Set<Thing>();
  for (const one of things) {
    if (one.kind !== "plain") all.add(one);
    for (const held of one.holds) all.add(held);
  }
  return all;
}

/** Whether what is put into it is that object and no copy: tables and arrays take values. */
export function keepsObjects({ kind }: Thing): boolean {
  return kind === "plain" || kind === "own" || kind === "class" || kind === "unread";
}

/** A number, a text: nothing else is ever found in it. */
export const plainValue: Thing = thing("plain");

export function hold(into: Thing, things: Iterable<Thing>): void {
  if (into === plainValue) return;
  for (const one of things) if (one !== into) into.holds.add(one);
}
