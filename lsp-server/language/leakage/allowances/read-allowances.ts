import type { Node, Syntax } from "../../notebook/python.ts";
import type { Allowance } from "./allowance.ts";
import { allowancesOf, type Comment } from "./comment.ts";
import { readSqlAllowances } from "./read-sql-allowances.ts";
import { type StatementLines, statementLines } from "./statement-lines.ts";

/**
 * What the comments of a cell allow: `# lookback: allow <rule>[, <rule>…] — reason`, with `allow-cell` and `allow-file` for more than
 * one statement; in SQL behind `--`, for a statement of that. Rules and reason may go on in the comment lines below. Text in a string is no comment.
 *
 * A comment speaks for the statement it stands behind, in, or above; several comments in one block above a statement all do.
 */
export function readAllowances(
  syntax: Pick<Syntax, "text" | "root" | "sql">,
  source: string,
): readonly Allowance[] {
  const ofSql = readSqlAllowances(syntax, source);
  const { text, root } = syntax;
  if (!/#\W*look[ _-]?back/i.test(text)) return ofSql;
  const lines = text.split("\n");
  const statements = statementLines(root);
  const ofPython = allowancesOf(commentsOf(root, lines), lines, (comment, last) => ({
    lines: targetOf(comment, last, statements),
    within: null,
  }));
  return [...ofPython, ...ofSql];
}

function targetOf(
  { line, isAlone }: Comment,
  last: number,
  statements: readonly StatementLines[],
): StatementLines {
  const around = statements.filter(({ from, to }) => from <= line && line <= to);
  const meant = around.length > 0 ? around : statements.filter(({ from }) => isAlone && from === last + 1);
  if (meant.length === 0) return isAlone ? { from: last + 1, to: last + 1 } : { from: line, to: line };
  return {
    from: Math.min(...meant.map(({ from }) => from)),
    to: Math.max(...meant.map(({ to }) => to)),
  };
}

function commentsOf(root: Node, lines: readonly string[]): Comment[] {
  return root
    .descendantsOfType("comment")
    .flatMap((node): Comment[] => {
      if (node === null) return [];
      const { row, column } = node.startPosition;
      const line = lines[row] ?? "";
      return [
        {
          line: row,
          from: column,
          text: node.text,
          isAlone: line.slice(0, column).trim() === "",
          isInside: false,
        },
      ];
    })
    .sort((a, b) => a.line - b.line);
}
