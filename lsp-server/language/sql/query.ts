/** Where something stands in the text of a query: offsets. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One statement of SQL that reads rows: a query, and what is made of it. */
export interface Statement {
  /** The table or view that it makes; null for a query alone. */
  readonly makes: string | null;
  readonly query: Query;
}

/** A query: selects, one or several put together by UNION and its kin. */
export interface Query {
  readonly at: Span;
  readonly named: readonly { readonly name: string; readonly query: Query }[];
  readonly selects: readonly (Select | Query)[];
  /** Only UNION has the rows of all of them. */
  readonly isUnion: boolean;
  readonly order: readonly Ordering[];
  readonly isLimited: boolean;
}

export interface Select {
  readonly at: Span;
  readonly items: readonly Item[];
  readonly from: readonly Relation[];
  readonly joins: readonly Join[];
  readonly where: readonly Condition[];
  /** Null without GROUP BY; "all" where it groups by whatever is not aggregated. */
  readonly groupBy: readonly Term[] | "all" | null;
  readonly qualify: readonly Condition[];
  readonly isDistinct: boolean;
  readonly distinctOn: readonly Term[];
  /** Rows drawn by chance. */
  readonly isSample: boolean;
}

/** What a select answers: one column, or all columns (of one table). */
export type Item =
  | { readonly op: "column"; readonly name: string; readonly term: Term }
  | { readonly op: "all"; readonly of: string | null; readonly except: readonly string[]; readonly at: Span };

/** A table by its name, a file, or a query in parentheses. */
export interface Relation {
  readonly at: Span;
  readonly alias: string | null;
  readonly table: string | null;
  readonly file: string | null;
  readonly query: Query | null;
}

export interface Join {
  readonly at: Span;
  readonly relation: Relation;
  readonly kind: "inner" | "outer" | "only";
  readonly isAsOf: boolean;
  readonly using: readonly string[];
  readonly on: readonly Condition[];
}

/** One of the tests that all must pass. Without an operator it is a test of another form. */
export interface Condition {
  readonly at: Span;
  readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">=" | null;
  readonly left: Term;
  readonly right: Term | null;
  /** `IS NOT NULL` asks for one, `IS NULL` for none; null for other tests. */
  readonly hasValue: boolean | null;
}

export interface Column {
  readonly at: Span;
  readonly table: string | null;
  readonly name: string;
}

/** An expression, stripped to what it is computed from. */
export interface Term {
  readonly at: Span;
  /** It is this column and nothing else. */
  readonly column: Column | null;
  /** It is this number, text or moment and nothing else. */
  readonly constant: string | null;
  readonly columns: readonly Column[];
  /** Every call in it, inner ones after those around them. */
  readonly calls: readonly Call[];
  readonly queries: readonly Query[];
}

export interface Call {
  readonly at: Span;
  /** In lower case. */
  readonly name: string;
  readonly args: readonly Term[];
  /** Null for a call without OVER. */
  readonly window: Window | null;
  /** A named window is written elsewhere. */
  readonly frameAt: Span | null;
}

export interface Ordering {
  readonly term: Term;
  readonly isDescending: boolean;
}

export interface Window {
  readonly partition: readonly Term[];
  readonly order: readonly Ordering[];
  readonly frame: { readonly start: Bound; readonly end: Bound } | null;
  /** EXCLUDE CURRENT ROW. */
  readonly isWithoutRow: boolean;
}

/** Where a window begins or ends, seen from the row. */
export interface Bound {
  readonly side: "preceding" | "current" | "following";
  /** Null where it is not bounded, or not by a number. */
  readonly amount: number | null;
}
