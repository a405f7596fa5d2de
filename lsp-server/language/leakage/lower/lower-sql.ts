import type { TextGap } from "../../notebook/gap.ts";
import type { SqlPiece } from "../../notebook/magics/sql-magic.ts";
import { positionAt } from "../../notebook/notebook.ts";
import type { Expression, Place, Statement } from "../ir.ts";

/** The SQL that magics of a cell run: as statements, and by the offsets of the values that it stands for. */
export function lowerSql(pieces: readonly SqlPiece[], cell: string, source: string) {
  const statements: Statement[] = [];
  const values = new Map<number, Expression>();
  const read = new Set<number>();
  for (const { from, to, into, value } of pieces) {
    const at = placeIn(source, cell, from, to);
    const query = { op: "sql", text: source.slice(from, to), at } as const;
    for (let line = at.start.line; line <= at.end.line; line++) read.add(line);
    if (value !== null) values.set(value, query);
    else if (into === null) statements.push({ op: "do", value: query, at });
    else statements.push({ op: "assign", targets: [{ op: "name", name: into, at }], value: query, at });
  }
  /** Whether a gap is one of those lines, which are read after all. */
  const isRead = (range: TextGap["range"]) => range !== null && read.has(range.end.line);
  return { statements, values, isRead };
}

function placeIn(source: string, cell: string, from: number, to: number): Place {
  return { cell, start: positionAt(source, from), end: positionAt(source, to), from, to };
}
