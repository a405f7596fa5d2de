import type { Argument, Expression, Parameter, Place, Statement } from "../../ir.ts";
import type { Layer } from "./layer.ts";
import type { Limit, Rows } from "./rows.ts";

/** Something that happened to data on its way, which rules may ask about later. */
export interface Mark {
  /** Equal for equal marks. */
  readonly id: string;
  readonly kind: MarkKind;
  readonly at: Place;
  /** The rows it learned from or touched. Null when unknown. */
  readonly rows: Rows | null;
  /** What did it, as a reader would say it: `StandardScaler`, `median`, `merge`. */
  readonly label: string;
  /** The one column that it tells of: for a statistic of groups, for correlations with one, and for values of other rows. */
  readonly of: string | null;
  /** A statistic that took the place of missing values. */
  readonly isFilling: boolean;
  /** Present for values of other rows: how they were taken. */
  readonly along: Along | null;
  /** Present for joins. */
  readonly join: JoinFact | null;
  /** Present for `name = transformer.fit_transform(argument)`. */
  readonly written: WrittenTransform | null;
}

/** How values of earlier or later rows came to stand beside each row. */
export interface Along {
  /** The table as it was then: what its rows are sorted by. */
  readonly frame: FrameFacts | null;
  /** The keys whose rows were kept apart; null for all rows in one line. */
  readonly groups: readonly string[] | null;
  /** How many rows away, or how many rows a window holds; null where it is not written. */
  readonly periods: number | null;
  /** The row's own value is among them. */
  readonly isOwnRowIn: boolean;
  /** Only where nothing earlier stands: what could be was filled from earlier rows before. */
  readonly isOfFirstRows: boolean;
}

/** A transformer fitted and applied in one assignment, as the text has it. */
interface WrittenTransform {
  readonly statement: Place;
  readonly call: Place;
  readonly target: string;
  readonly argument: string;
  readonly transformer: string;
}

/**
 * `statistic`: computed from many rows; `supervised`: computed from rows and their labels; `lag`: takes earlier rows;
 * `ahead`: takes later rows; `carried`: what was missing is an earlier row's; `join`: came in through a join; `clock`: says when the notebook runs; `zone`: moments of the clock that the label names;
 * `hashed`: stands for something that it shall not tell; `resample`: rows were repeated, made up or left out to balance
 * them; `predicted`: a model's answer about rows; `unfollowed`: went through something that was not followed, which the label says
 * in a sentence; `element`: is one row of many, met in a loop; `score`: a metric said it of a model's answers and the truth; `searched`: a
 * search found it best on folds of some rows; `dummies`: has a column for each category that some rows hold.
 */
export type MarkKind =
  | "statistic"
  | "supervised"
  | "lag"
  | "ahead"
  | "carried"
  | "join"
  | "clock"
  | "zone"
  | "hashed"
  | "resample"
  | "predicted"
  | "unfollowed"
  | "element"
  | "score"
  | "searched"
  | "dummies";

/** A join of two frames as the text states it. */
export interface JoinFact {
  readonly at: Place;
  readonly how: "equal" | "as-of";
  readonly left: Side;
  readonly right: Side;
  /** Later rows of the right side were left out afterwards. */
  readonly isCut: boolean;
  readonly leftKeys: readonly string[];
  readonly rightKeys: readonly string[];
  /** Of a join by the nearest moment, which moment counts; null where it is not known. */
  readonly asOf: AsOf | null;
  /** Somebody said how many rows of one side may meet one of the other: it is checked when it runs. */
  readonly isValidated: boolean;
  /** The call as written, for a rewrite: null when a part is not written out. */
  readonly written: {
    readonly left: string;
    readonly right: string;
    readonly how: string | null;
    readonly isPlain: boolean;
  } | null;
  /** The join as a query states it, where it can look as of a moment; null for any other. */
  readonly inQuery: {
    /** Where its first word begins, and where its test ends. */
    readonly from: Place;
    readonly to: Place;
    /** The moments of both sides, as the query would name them. */
    readonly leftTime: string;
    readonly rightTime: string;
  } | null;
}

/** How a join by the nearest moment takes it. */
export interface AsOf {
  readonly leftTime: string | null;
  readonly rightTime: string | null;
  readonly direction: "backward" | "forward" | "nearest";
  /** How far away the moment may be; null for no limit. */
  readonly hasTolerance: boolean;
}

/** One side of a join, as it was then. */
export interface Side {
  readonly rows: Rows | null;
  readonly path: string | null;
  /** Column → its type, as far as it is known from the file; null = not known. */
  readonly types: Readonly<Record<string, string>> | null;
  readonly timeColumns: readonly TimeColumn[];
  /** The side is one row per group: it was aggregated, or its duplicates were dropped. */
  readonly isOneRowPer: readonly string[] | null;
  readonly latest: FrameFacts["latest"];
  readonly bars: FrameFacts["bars"];
  /** The hashed columns among its keys, each with the columns it was made of that still stand beside it. */
  readonly hashed: ReadonlyMap<string, readonly string[]>;
  /** Key → the clock that its moments are of, as far as the text says. */
  readonly clocks: ReadonlyMap<string, string>;
  readonly sortedBy: string | null;
  /** Every column; null when not all are known. */
  readonly columns: readonly string[] | null;
}

/** A column that holds moments, and how that is known. */
export interface TimeColumn {
  readonly name: string;
  readonly basis: "type" | "parsed" | "name";
}

/** Marks by id. */
export type Marks = ReadonlyMap<string, Mark>;

/** What is known of one column, or of a value that is one. */
export interface Traits {
  readonly marks: Marks;
  /** Names of the columns it was computed from; its own name when it was read as it is. */
  readonly columns: ReadonlySet<string>;
  /** Where a list of columns names it. */
  readonly picked?: Place | undefined;
}

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

/** Facts of a frame as a whole. */
export interface FrameFacts {
  /** The file it was read from. */
  readonly file: string | null;
  readonly types: Readonly<Record<string, string>> | null;
  readonly sortedBy: SortedBy | null;
  /** What its index holds; null where it is not known to be more than numbers. */
  readonly index: { readonly column: string | null; readonly isTime: boolean; readonly at: Place } | null;
  readonly timeColumns: readonly TimeColumn[];
  readonly isOneRowPer: readonly string[] | null;
  /** The tables it was stacked from, first above: good for as long as its rows are all of theirs. */
  readonly stacked: readonly Rows[] | null;
  /** Of each key only the last row is left, by this column. */
  readonly latest: { readonly column: string; readonly at: Place } | null;
  /** Its rows sum up what happened from each moment on, or up to it. */
  readonly bars: { readonly isLabelledRight: boolean; readonly at: Place } | null;
}

/** What rows are sorted by. */
interface SortedBy {
  /** The first of `columns`. */
  readonly column: string;
  readonly columns: readonly string[];
  readonly isDescending: boolean;
  readonly at: Place;
}

/** Facts of an estimator. */
export interface ModelFacts {
  readonly role: Role;
  /** Steps of a pipeline, or the estimator inside a search. */
  readonly parts: readonly Reference[];
  readonly fits: readonly Fit[];
  /** What a fitted transformer puts on whatever it transforms. */
  readonly learned: ReadonlyMap<string, Mark>;
  readonly options: ReadonlyMap<string, string | number | boolean | null>;
  /** The scores and searches that chose its settings, or it among others. */
  readonly chosenBy: Marks;
  /** It was put back since it learned: `set_weights`. */
  readonly isReset: boolean;
  /** The call that made it. */
  readonly made: Place | null;
}

/** What a class does with rows. */
export type Role =
  | "transformer"
  | "supervised"
  | "stateless"
  | "model"
  | "search"
  | "pipeline"
  | "union"
  | "splitter"
  | "sampler"
  | "loss"
  | "unknown";

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
}

/** Names that a function sees around it. */
export type Scope = Layer<string, Reference>;

/** Where a value lives; two names of one object share it. */
export type Reference = number;

/** Data as it was when a model, a split or a join saw it. */
export interface Data {
  readonly at: Place;
  readonly rows: Rows | null;
  readonly marks: Marks;
  readonly columns: ReadonlyMap<string, Traits> | null;
  readonly isClosed: boolean;
  /** As of a value. */
  readonly gone: ReadonlySet<string> | null;
  readonly column: string | null;
  /** Columns it was computed from. */
  readonly origins: ReadonlySet<string>;
  readonly frame: FrameFacts | null;
}

/** A model learned from rows. */
export interface Fit {
  readonly id: string;
  /** In which turns of which loops, and through which calls of the notebook's own functions, from outside in: one entry each time. */
  readonly turns: ReadonlySet<Turn>;
  readonly at: Place;
  /** The whole statement the call stands in. */
  readonly statement: Place;
  readonly model: string;
  readonly inputs: Data;
  readonly target: Data | null;
  /** Rows it was scored on while it learned: `eval_set`, `validation_data`. */
  readonly watched: readonly Data[];
  /** What it did by those scores: `early_stopping_rounds`, `callbacks`; null where nothing is written. */
  readonly stopping: string | null;
  /** It went on from what it had learned before: a network, `partial_fit`, `warm_start`. */
  readonly isContinued: boolean;
}

/** A fitted model met rows and answered; `isFolds` when the rows are cut inside the call. */
export interface Evaluation {
  readonly id: string;
  readonly turns: ReadonlySet<Turn>;
  readonly at: Place;
  /** The whole statement the call stands in. */
  readonly statement: Place;
  readonly how: string;
  readonly fit: Fit;
  readonly inputs: Data;
  readonly isFolds: boolean;
  /** As of the model that is asked. */
  readonly chosenBy: Marks;
}

/** A turn of loops inside each other: `cell:offset#turn` each, from outside in; then the calls that led there. */
export type Turn = string;

/** Rows cut into parts for training and testing. */
export interface Split {
  readonly id: string;
  /** The loops it stands in, as `cell:offset`. */
  readonly loops: ReadonlySet<string>;
  readonly at: Place;
  readonly how: "random" | "ordered" | "contiguous";
  readonly label: string;
  readonly inputs: Data;
  /** The call that decides how rows are cut: the split itself, or the splitter's constructor. */
  readonly decidedAt: Place;
  /** The statement around it, and the names it gives the parts; null when they are not plain names. */
  readonly statement: Place;
  readonly targets: readonly string[] | null;
  readonly hasStratify: boolean;
  /** A number in the text decides how chance cuts them. */
  readonly isSeeded: boolean;
  readonly folds: number | null;
  /** How many rows between the training rows and the test rows are left out of both. */
  readonly gap: number;
}

/** An evaluated argument. */
export interface Passed extends Pick<Argument, "name" | "spread"> {
  readonly reference: Reference;
  readonly value: Value;
  readonly expression: Expression;
}
