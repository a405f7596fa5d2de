import type { Argument, Expression, Place } from "../../ir.ts";
import type { Code } from "./code.ts";
import type { FrameFacts } from "./frame-facts.ts";
import type { Mark } from "./mark.ts";
import type { ModelFacts } from "./model-facts.ts";
import type { Reference } from "./reference.ts";
import type { Limit, Rows } from "./rows.ts";
import type { Traits } from "./traits.ts";

/**
 * What is known of a Python object at one moment. Immutable: a change in place stores another value under the same reference. Its kind
 * is what it is taken for; what only such a kind can have stands with the kind, and what may be asked of any stands in `Anything`.
 */
export type Value = Plain | Scalar | Mask | Grouped | LibraryName | OwnModule | Estimator | OwnCode | Opaque;

/** Rows, a list, a dict, or something of which nothing is known. */
export interface Plain extends Anything {
  readonly kind: "data";
}

/** A number, text or flag. */
export interface Scalar extends Anything {
  readonly kind: "scalar";
  readonly constant: Constant;
  /** Where a constant is written. */
  readonly at: Place | null;
  /** The rows whose number it is: `len(train)`. */
  readonly counts: Rows | null;
}

/** What is written out; undefined for what is computed. */
export type Constant = string | number | boolean | null | undefined;

/** For each row whether it is meant: `frame["age"] > 30`. */
export interface Mask extends Anything {
  readonly kind: "mask";
  /** The cuts it stands for. */
  readonly limits: readonly Limit[];
  /** The statistics of rows that it holds each row against. */
  readonly learned: readonly Mark[];
}

/** Rows in groups, or a window that moves over them. */
export interface Grouped extends Anything {
  readonly kind: "grouped";
  /** Each answer stands beside its row. */
  readonly isWindow: boolean;
}

/** A module, class or function of a library, known by its dotted path. */
interface LibraryName extends Anything {
  readonly kind: "name";
  readonly path: string;
}

/** A module of the workspace, known by the path of its file. */
interface OwnModule extends Anything {
  readonly kind: "module";
  readonly path: string;
}

/** An estimator, a splitter or a sampler; `path` is the class it was made from. */
interface Estimator extends Anything {
  readonly kind: "model";
  readonly model: ModelFacts;
}

/** A function or a class of the notebook's own; an object of such a class where `path` names that. */
interface OwnCode extends Anything {
  readonly kind: "code";
  readonly code: Code;
}

/** An `object` that a library keeps; a `layer` answers otherwise while its network learns; `folds` yields pairs of row indices; `names` are the notebook's own, as `globals()` gives them. */
interface Opaque extends Anything {
  readonly kind: "object" | "layer" | "folds" | "names";
}

/**
 * What may be asked of any value. No kind is surely without it: Python lets everything be given attributes and entries, whatever a score
 * has chosen is marked by it, and where branches meet a value may be either of two, so that a name may be code and a list may be a model.
 */
interface Anything {
  /** The dotted path of a library's name, the class of an object, or a name that nothing in the notebook gives. */
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
  /** The column's name, for a value that is one column of a frame. */
  readonly column: string | null;
  /** The frame this is a view of: writing here writes there. */
  readonly owner: Reference | null;
  readonly frame: FrameFacts | null;
  /** How its values stand; null where they are not known to be more than values. */
  readonly form: Form | null;
  /** Items of a list or tuple. */
  readonly items: readonly Reference[] | null;
  /** Entries of a dict, or attributes of an object. */
  readonly entries: ReadonlyMap<string, Reference> | null;
  readonly model: ModelFacts | null;
  readonly code: Code | null;
  /** What a call of it does, when it is neither code nor a library's name. */
  readonly callable: Callable | null;
  /** It may be `None`, too: of few that is so, so that most have no room for it. */
  readonly isOptional?: true;
}

/**
 * `moments`: they are moments, `pd.to_datetime(…)`; `places`: they say where rows of a table stand, one for each group; `names`: they are
 * the names of a table's columns, but for those that are gone; `ranked`: they stand in order, or are summed as they come, so that each tells of the
 * others; `turned`: a table's rows stand side by side, `frame.T`.
 */
type Form = "moments" | "names" | "places" | "ranked" | "turned";

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
