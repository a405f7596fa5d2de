import type { Query } from "../../../sql/query.ts";
import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import type { Value } from "../values/value.ts";
import type { OneOfEach } from "./one-of-each.ts";
import type { SqlText } from "./sql-text.ts";

/** What a query is read in. */
export interface Context {
  readonly program: Program;
  readonly sql: SqlText;
  /** The call that runs it. */
  readonly call: Place;
  readonly tables: TablesInReach;
  /** What stands in its WITH, and around it. */
  readonly named: ReadonlyMap<string, Value>;
  /** Columns that number the rows of each key, by their names in lower case. */
  readonly numbered: Map<string, OneOfEach>;
  readonly depth: number;
  /** Whether it is asked of DuckDB, which joins as of a moment. */
  readonly isOfDuckDb: boolean;
  /** The table that a query inside this one answers. */
  answerOf(query: Query, context: Context): Value;
}

/** The notebook's tables that a query can name. */
export interface TablesInReach {
  /** Null where the name is none of them. */
  named(name: string): Value | null;
  all(): readonly Value[];
  /** Whether whoever is asked knows the notebook's own tables by their names. */
  readonly isOfNotebook: boolean;
}
