import type { Place } from "../../ir.ts";
import type { FrameFacts } from "./frame-facts.ts";
import type { JoinFact } from "./join-fact.ts";
import type { Rows } from "./rows.ts";

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
  /** It took the place of missing values alone. */
  readonly isFilling: boolean;
  /** Present for values of other rows: how they were taken. */
  readonly along: Along | null;
  /** Present for joins. */
  readonly join: JoinFact | null;
  /** Present for `name = transformer.fit_transform(argument)`. */
  readonly written: WrittenTransform | null;
  /** What it was learned from; null where nobody kept that. */
  readonly from: LearnedFrom | null;
  /** Each value that it puts in a column's place is computed from all columns of the row, or of those like it. */
  readonly isOfAllColumns: boolean;
  /** A query did it. */
  readonly isInQuery: boolean;
  /** Which rows they are, seen from a number that a loop counts. */
  readonly places: Places | null;
}

/** What rows had been through when something was learned from them. */
interface LearnedFrom {
  /** Places of what had been learned before, as `placeKey` writes them. */
  readonly behind: ReadonlySet<string>;
  /** The columns that it met; null where they are not told apart. */
  readonly columns: ReadonlySet<string> | null;
}

/** Rows at places that a loop counts: from the first to before the last, as far from the counter. */
export interface Places {
  readonly counter: string;
  readonly from: number;
  readonly to: number;
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
  /** They were added up: whoever takes the row's own value off has it out again. */
  readonly isSum: boolean;
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
 * `scaled`: a statistic was taken from each value, or divides it; `mapped`: each value was put on another scale, its logarithm for instance;
 * `hashed`: stands for something that it shall not tell; `resample`: rows were repeated, made up or left out to balance
 * them; `predicted`: a model's answer about rows; `judged`: such answers, held against what is true of those rows; `unfollowed`: went through something that was not followed, which the label says
 * in a sentence; `unread`: went through a function of a module that was not read, which is said of the module; `element`: is one row of many, met in a loop; `score`: a metric said it of a model's answers and the truth; `searched`: a
 * search found it best on folds of some rows; `dummies`: has a column for each category that some rows hold; `place`: is the row at a place that a loop counts.
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
  | "judged"
  | "scaled"
  | "mapped"
  | "unfollowed"
  | "unread"
  | "element"
  | "score"
  | "searched"
  | "dummies"
  | "place";

/** Marks by id. */
export type Marks = ReadonlyMap<string, Mark>;
