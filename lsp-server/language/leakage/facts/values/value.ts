import type { Argument, Expression, Place } from "../../ir.ts";
import type { Code } from "./code.ts";
import type { FrameFacts } from "./frame-facts.ts";
import type { ModelFacts } from "./model-facts.ts";
import type { Reference } from "./reference.ts";
import type { Limit, Rows } from "./rows.ts";
import type { Traits } from "./traits.ts";

/** What is known of a Python object at one moment. Immutable: a change in place stores another value under the same reference. */
export interface Value {
  /**
   * `name` is a module, class or function of a library, known by its dotted path; `folds` yields pairs of row indices; `names` are
   * the notebook's own names, as `globals()` gives them.
   */
  readonly kind:
    | "data"
    | "scalar"
    | "name"
    | "model"
    | "code"
    | "object"
    | "module"
    | "mask"
    | "grouped"
    | "folds"
    | "names";
  /** Dotted path of a library name, or the class a model was made from. */
  readonly path: string | null;
  readonly rows: Rows | null;
  /** Of the whole value, or of the columns `columns` does not name. */
  readonly rest: Traits;
  /** Known columns of a frame. */
  readonly columns: ReadonlyMap<string, Traits> | null;
  /** `columns` names every column. */
  readonly isClosed: boolean;
  /** Columns, or items, that were taken away, surely or perhaps; null where nobody knows which. */
  readonly gone: ReadonlySet<string> | null;
  /** Items of a list or tuple. */
  readonly items: readonly Reference[] | null;
  /** Entries of a dict, or attributes of an object. */
  readonly entries: ReadonlyMap<string, Reference> | null;
  readonly constant: string | number | boolean | null | undefined;
  /** Where a constant is written. */
  readonly at: Place | null;
  /** The column's name, for a value that is one column of a frame. */
  readonly column: string | null;
  /** The frame this is a view of: writing here writes there. */
  readonly owner: Reference | null;
  readonly frame: FrameFacts | null;
  /** The rows whose number it is: `len(train)`. */
  readonly counts: Rows | null;
  /** The cuts a mask stands for. */
  readonly limits: readonly Limit[];
  readonly model: ModelFacts | null;
  readonly code: Code | null;
  /** What a call of it does, when it is neither code nor a library's name. */
  readonly callable: Callable | null;
}

/** Something that can be called later. */
export type Callable =
  /** A method that is still bound to its object: `scaler.fit_transform`. */
  | { readonly op: "method"; readonly owner: Reference; readonly name: string }
  /** `partial(f, x)`, `methodcaller("fit", X)`: some arguments were given already. */
  | { readonly op: "partial"; readonly of: Reference; readonly args: readonly Passed[] }
  /** `methodcaller(name, …)`: a method of whatever comes. */
  | { readonly op: "caller"; readonly name: string; readonly args: readonly Passed[] }
  /** `attrgetter(name)`. */
  | { readonly op: "getter"; readonly name: string }
  /** Hands its argument on: `Parallel(n_jobs=2)`. */
  | { readonly op: "hand-on" }
  /** Through a decorator that was not followed. */
  | { readonly op: "unfollowed"; readonly of: Reference; readonly what: string };

/** An evaluated argument. */
export interface Passed extends Pick<Argument, "name" | "spread"> {
  readonly reference: Reference;
  readonly value: Value;
  readonly expression: Expression;
}
