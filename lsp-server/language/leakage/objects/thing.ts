import type { Expression, Parameter, Statement } from "../ir.ts";
import type { Scope } from "./scope.ts";

/** An object that names of a notebook may stand for. One that a loop or a function makes again is the same here: more may be changed than is, never less. */
export interface Thing {
  readonly kind: Kind;
  /** What it may hand on to whoever has it: a list's elements, an object's attributes, what a view is of. */
  readonly holds: Set<Thing>;
  /** Of a library's name: where it is imported from. */
  readonly path?: string;
  /** What calling it runs, where that is the notebook's own. */
  readonly code?: Code;
  /** The class of the notebook that made it, or that it is. */
  readonly ownClass?: OwnClass;
  /** What a method of a base class is really asked of: `super()`. */
  readonly itself?: Thing;
  /** It shows what it holds: whoever writes into it writes into that. */
  readonly isView?: boolean;
  /** What rows or columns are called: its methods answer anew. */
  readonly isFixed?: boolean;
  /** A library's container, or something nobody has judged: what is put into it is that object and no copy. */
  readonly isHolder?: boolean;
  /** It is another one once somebody has gone through it. */
  readonly isIterator?: boolean;
  /** It was told to write into what it is given: `StandardScaler(copy=False)`. */
  readonly isWriting?: boolean;
  /** It has copies of what it was made with learn, and not these. */
  readonly isCloning?: boolean;
  /** It keeps what it has answered: who calls it makes another of it. */
  readonly isRemembering?: boolean;
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
  /** What parameters stand for that are not given: made once, where the function is defined. */
  readonly defaults: ReadonlyMap<string, Things>;
  /** What it is given before its own arguments: the object that a method is of, what a partial was told. */
  readonly before: readonly Things[];
  /** Of a method: whose it is told beside its arguments. */
  readonly isOf: "object" | "class" | "nothing";
  /** Of a method: what its class has from its bases. */
  readonly above?: OwnClass;
}

export interface OwnClass {
  readonly methods: ReadonlyMap<string, Code>;
  /** Methods that run without being called by their names: properties, `__getitem__`. */
  readonly implicit: ReadonlySet<string>;
  /** What its objects have of it beside methods. */
  readonly held: Things;
  /** The notebook's own classes that it is made of. */
  readonly bases: readonly OwnClass[];
  /** A property of it keeps what it has answered. */
  readonly isRemembering: boolean;
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

/** A number, a text: nothing else is ever found in it. */
export const plainValue: Thing = thing("plain");

/** Whether what is put into it is that object and no copy: tables and arrays take values. */
export function keepsObjects({ kind, isHolder }: Thing): boolean {
  return (
    isHolder === true ||
    kind === "function" ||
    kind === "plain" ||
    kind === "own" ||
    kind === "class" ||
    kind === "unread"
  );
}
