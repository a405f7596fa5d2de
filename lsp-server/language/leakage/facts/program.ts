import type { Gap } from "../../notebook/gap.ts";
import type { Sql } from "../../sql/sql.ts";
import type { Expression, Place, Statement } from "../ir.ts";
import type { Module, Modules } from "../modules/modules.ts";
import type { Definition, Transformation } from "./definitions/definition.ts";
import type { AskedQuery } from "./sql/asked-query.ts";
import type { Tableless } from "./sql/tableless.ts";
import type { Code } from "./values/code.ts";
import type { Data } from "./values/data.ts";
import type { Filter } from "./values/filter.ts";
import type { Evaluation, Fit } from "./values/fit.ts";
import type { JoinFact } from "./values/join-fact.ts";
import type { Marks } from "./values/mark.ts";
import type { Compared, Grouping, Saved, ScoredAnswers, Tuned } from "./values/noted.ts";
import type { Reference } from "./values/reference.ts";
import type { Split } from "./values/split.ts";
import type { Store } from "./values/store.ts";
import type { Traits } from "./values/traits.ts";
import type { Passed, Value } from "./values/value.ts";

/** A notebook being read: its state, what was learned so far, and how its parts call each other. */
export interface Program extends Memory {
  /** The statement that runs now, and its targets. */
  current: { readonly at: Place; readonly targets: readonly Expression[] } | null;
  /** The notebook's own function that runs now. */
  running: Code | null;
  /** The cell whose statements run now, in its functions and others' too; null for what nothing here calls. */
  cell: string | null;
  /** Which call of the notebook's own functions runs now, from outside in: what they read is another table each time. */
  site: string;
  /** Which turn of which loops runs now, from outside in: `cell:offset#turn`. */
  turns: readonly string[];
  /** What the conditions have learned from rows that hold now. */
  implied: Traits;
  /** The scores that the conditions compare which hold now. */
  decided: Marks;
  /** The files of the workspace that it may import; null where nobody looked. */
  readonly modules: Modules | null;
  /** The lists that the turn of the outermost loop has added to, in which of its turns last, and how long each was when that began. */
  grown: Map<Reference, { readonly turn: string; readonly length: number }>;
  /** What is older than the turn of the outermost loop that runs now lives before it. */
  turnBegan: Reference;
  /** A condition was decided since the outermost function began, so that an arm was left out. */
  isDecided: boolean;
  /** A function runs inside itself: each of its conditions may hold or not. */
  isOpen: boolean;
  /** The transformation of a feature definition that runs now. */
  transforming: Transformation | null;
  /** Reads SQL; null where its parser is not there. */
  readonly sql: Sql | null;
  /** Whether a column of a query that could be of several tables, known by its place, is taken for one of all of them; of none else. */
  isAnyones(column: string): boolean;
  /** The text a place covers. */
  textOf(place: Place): string;
  schemaOf(path: string): Schema | null;
  evaluate(expression: Expression): Reference;
  execute(statements: readonly Statement[]): void;
  /** Runs whatever a reference stands for. */
  call(target: Reference, args: readonly Passed[], call: Call): Reference;
  /** Runs a method of what a reference stands for. */
  callAttribute(owner: Reference, name: string, args: readonly Passed[], call: Call): Reference;
  /** Runs the notebook's own function on arguments. */
  invoke(code: Code, args: readonly Passed[]): Reference;
  /** Says that something was not understood, once a place and code. */
  note(at: Place, gap: Pick<Gap, "code" | "weight" | "reason" | "means" | "advice">): void;
  /** Calls whatever a reference stands for, as `map` and `apply` do. */
  callBack(callee: Reference, args: readonly Value[], at: Place): Value;
}

/** What runs where a condition holds, or does not. */
export type Arm = readonly Statement[] | Expression;

/** What a run remembers from one cell to the next. */
export interface Memory {
  readonly store: Store;
  readonly facts: Noted;
  /** Modules of somebody's own that were imported and not read: as the import names them → where. */
  readonly unreadModules: Map<string, Place>;
  /** Files of the workspace that were run as modules, by their paths. */
  readonly loaded: Map<string, { readonly module: Module; readonly reference: Reference }>;
  /** Ids of the scores that a loop gives, one each turn. */
  readonly repeated: Set<string>;
  /** In which turns of loops a model, or an object of the notebook's own, was made. */
  readonly madeIn: Map<Reference, readonly string[]>;
  /** What loops give names in their turns, written out: in another turn they stand for something else. */
  readonly turning: Set<Reference>;
  /** Names that were read before anything gave them, with what stood for them then. */
  readonly unbound: Map<string, { readonly at: Place; readonly reference: Reference }>;
  /** A loop has met rows one by one: only then can a history hold any. */
  hasMetRows: boolean;
  /** What the notebook wrote into files, by the path as written. */
  readonly files: Map<string, Value>;
  /** By the `predicted` mark of an answer: which model gave it, and about what. */
  readonly answers: Map<string, Answer>;
  /** By the `predicted` mark of what was foretold without rows: of what model, and where; the truth it is held against says which rows. */
  readonly forecasts: Map<string, Forecast>;
  /** Calls that nobody followed, of which each was given rows. */
  readonly unfollowedCalls: { readonly at: Place; readonly what: string }[];
  /** How many statements were executed. */
  steps: number;
  /** The notebook's own functions, and the bodies of those that something called. */
  readonly defined: Code[];
  readonly invoked: Set<Code["body"]>;
  /** Arms of conditions that ran in functions, and those that some call left out, with the function: never changed, for each cell to share. */
  reached: ReadonlySet<Arm>;
  leftOut: ReadonlyMap<Arm, Code>;
}

type Call = Extract<Expression, { op: "call" }>;

/** What a model said about some rows. */
interface Answer {
  readonly owner: Reference;
  readonly label: string;
  readonly inputs: Data;
  readonly statement: Place;
}

/** What a model foretold of as many rows as were asked for. */
interface Forecast extends Pick<Evaluation, "at" | "how" | "chosenBy"> {
  readonly fits: readonly Fit[];
}

/** An answer about rows by a model that was fitted somewhere that was not read. */
interface Unfitted extends Pick<Evaluation, "at" | "how" | "inputs"> {
  readonly model: string;
}

/** What a data file holds, as far as the caller knows. */
export interface Schema {
  readonly columns: readonly string[];
  /** Column → type as DuckDB or Parquet says it. */
  readonly types: Readonly<Record<string, string>>;
}

/** Everything rules may ask about a notebook. In the order it happened. */
export interface Facts extends Noted {
  /** What the notebook's names hold when all of it has run, where that is data. */
  heldNames(): ReadonlyMap<string, Data>;
}

/** What happened, in that order. */
export interface Noted {
  readonly fits: Map<string, Fit>;
  readonly evaluations: Map<string, Evaluation>;
  /** What models that nothing was seen to fit answered about rows. */
  readonly unfitted: Unfitted[];
  /** By the mark of what a transformer learned: what it was given. */
  readonly learnedOf: Map<string, Data>;
  readonly splits: Map<string, Split>;
  readonly joins: Map<string, JoinFact>;
  /** Columns whose earlier or later rows stand beside each: where one is a key, somebody looks where another begins. */
  readonly shifted: Set<string>;
  /** By the `predicted` mark of answers that were scored. */
  readonly scored: Map<string, ScoredAnswers>;
  /** By a score's id: ids of the `predicted` marks of the answers that were scored. */
  readonly answered: Map<string, ReadonlySet<string>>;
  /** By place and what chose. */
  readonly tuned: Map<string, Tuned>;
  /** What Feast, Tecton and Lookback itself define, by the object that it makes. */
  readonly definitions: Map<Reference, Definition>;
  /** Functions that compute features, by their bodies. */
  readonly transformations: Map<Code["body"], Transformation>;
  /** Queries that sources are defined by. */
  readonly definedQueries: { readonly definition: Definition; readonly asked: AskedQuery }[];
  /** Scores of which the best was kept, by the score's id: `if score > best: best = score`, `max(scores)`. */
  readonly compared: Map<string, Compared>;
  /** By `filterKey` of the cut: what rows were kept by. */
  readonly filters: Map<string, Filter>;
  /** Columns of queries that could be of several tables, by place. */
  readonly tableless: Map<string, Tableless>;
  /** By place: which rows were put into groups, and by which columns. */
  readonly groupings: Map<string, Grouping>;
  /** Table → the columns that were read of it, so that it has them. */
  readonly columnsRead: Map<string, Set<string>>;
  /** Models written into files, by place. */
  readonly saved: Map<string, Saved>;
  /** Calls that seed chance for a whole library: `np.random.seed`. */
  readonly seeds: Set<string>;
  /** Library path → the name it is imported under. */
  readonly imports: Map<string, string>;
  /** What was not followed, or not known from the text, by place and code. */
  readonly gaps: Map<string, Gap>;
}

/** Nothing has happened yet. */
export function nothingNoted(): Noted {
  return {
    fits: new Map(),
    evaluations: new Map(),
    unfitted: [],
    learnedOf: new Map(),
    splits: new Map(),
    joins: new Map(),
    definitions: new Map(),
    transformations: new Map(),
    definedQueries: [],
    shifted: new Set(),
    scored: new Map(),
    answered: new Map(),
    tuned: new Map(),
    compared: new Map(),
    filters: new Map(),
    tableless: new Map(),
    groupings: new Map(),
    columnsRead: new Map(),
    saved: new Map(),
    seeds: new Set(),
    imports: new Map(),
    gaps: new Map(),
  };
}
