import type { Expression, Parameter, Statement } from "../../ir.ts";
import type { Layer } from "./layer.ts";
import type { Reference } from "./reference.ts";

/** A function, lambda or class of the notebook's own. */
export interface Code {
  readonly name: string;
  /** Of a class: what it declares, which makes an object when it has no `__init__`. */
  readonly params: readonly Parameter[];
  readonly body: readonly Statement[];
  /** A lambda's value. */
  readonly answer: Expression | null;
  /** Of a class, what it inherits included; a property's setter as `name=`. */
  readonly methods: ReadonlyMap<string, Code> | null;
  /** What `super()` finds from a method. */
  readonly inherited: ReadonlyMap<string, Code> | null;
  /** Last names of a class's bases, and of theirs. */
  readonly bases: readonly string[];
  /** The object a method is bound to. */
  readonly self: Reference | null;
  readonly access: "method" | "property" | "static";
  /** The names around it, where it was defined inside a function. */
  readonly closure: Scope | null;
  /** A decorator that nobody read calls it, perhaps with other arguments. */
  readonly isWrapped?: true;
}

/** Names that a function sees around it. */
export type Scope = Layer<string, Reference>;
