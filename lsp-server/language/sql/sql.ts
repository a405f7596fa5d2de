import type { Statement } from "./query.ts";
import { readStatements } from "./read-statements.ts";
import type { ParseSql } from "./tree.ts";

/** A reader of SQL. */
export interface Sql {
  /** The statements of a text that read rows; null where it does not parse in any dialect. */
  read(text: string): readonly Statement[] | null;
}

/** A reader that asks a parser for one dialect after the other, and remembers what it read lately. */
export function sqlOf(parse: ParseSql): Sql {
  const known = new Map<string, readonly Statement[] | null>();
  return {
    read(text) {
      const before = known.get(text);
      if (before !== undefined) return before;
      const statements = readStatements(text, parse);
      if (known.size >= mostKept) known.clear();
      known.set(text, statements);
      return statements;
    },
  };
}

const mostKept = 500;
