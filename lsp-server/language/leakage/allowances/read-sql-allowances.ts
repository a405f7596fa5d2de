import { isUpTo, lineStartsOf, type Position, positionIn, type Range } from "../../notebook/notebook.ts";
import type { Node, Syntax } from "../../notebook/python.ts";
import { layoutOf } from "../../sql/comments-of.ts";
import { isSql } from "../../sql/is-sql.ts";
import { literalText } from "../facts/sql/literal-text.ts";
import type { Allowance } from "./allowance.ts";
import { allowancesOf, type Comment } from "./comment.ts";

/** What comments in a cell's SQL allow, `-- lookback: allow <rule> — reason`: in what its magics run, and in strings that read as SQL. */
export function readSqlAllowances(
  { root, sql }: Pick<Syntax, "root" | "sql">,
  source: string,
): readonly Allowance[] {
  if (!/--\W*look[ _-]?back/i.test(source)) return [];
  const pieces = sql.map(({ from, to }) => ({ text: source.slice(from, to), from }));
  return [...pieces, ...stringsOf(root)].flatMap((piece) => allowancesIn(piece, source));
}

/** A text of SQL, every character where it stands from an offset of the cell on. */
interface Piece {
  readonly text: string;
  readonly from: number;
}

function allowancesIn({ text, from }: Piece, source: string): readonly Allowance[] {
  const lines = source.split("\n");
  const layout = layoutOf(text);
  const starts = lineStartsOf(source);
  const at = (offset: number) => positionIn(starts, from + offset);
  const statements = layout.statements.map((span) => ({
    start: at(span.from),
    end: at(span.to),
    until: at(span.until),
  }));
  const comments = layout.comments.map((span): Comment => {
    const { line, character } = at(span.from);
    const own = text.slice(span.from, span.to);
    const rest = (lines[line] ?? "").slice(character + own.length);
    return {
      line,
      from: character,
      text: own,
      isAlone: (lines[line] ?? "").slice(0, character).trim() === "" && rest.trim() === "",
      isInside: true,
    };
  });
  return allowancesOf(comments, lines, ({ line, from }) => {
    const within = rangeOf(statements, { line, character: from });
    return { lines: { from: within.start.line, to: within.end.line }, within };
  });
}

/** A statement, and where the sign stands that ends it. */
interface Ended extends Range {
  readonly until: Position;
}

/** The statement that a comment stands in, behind on its last line, or above; with nothing of all that the comment's own place. */
function rangeOf(statements: readonly Ended[], comment: Position): Range {
  const begun = statements.findLast(({ start }) => isUpTo(start, comment));
  const isOver = begun !== undefined && isUpTo(begun.until, comment) && begun.end.line !== comment.line;
  const next = statements.find(({ start }) => isUpTo(comment, start));
  return (isOver ? next : (begun ?? next)) ?? begun ?? { start: comment, end: comment };
}

/** The strings of a cell that read as SQL; those beside each other are one. */
function stringsOf(root: Node): Piece[] {
  const found = new Map<number, Piece>();
  for (const node of root.descendantsOfType("string")) {
    const whole = node?.parent?.type === "concatenated_string" ? node.parent : node;
    if (!whole || !/look[ _-]?back/i.test(whole.text) || whole.parent?.type === "interpolation") continue;
    const text = literalText(whole.text);
    if (text !== null && isSql(text)) found.set(whole.startIndex, { text, from: whole.startIndex });
  }
  return [...found.values()];
}
