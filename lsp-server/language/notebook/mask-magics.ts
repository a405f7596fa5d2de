import { linesRange, type TextGap } from "./gap.ts";
import { type Body, bodyOf } from "./magics/cell-magics.ts";
import { beginning, type LexicalState, scanLine, startsStatement } from "./magics/lexical-state.ts";
import { statementStart } from "./magics/line-magics.ts";
import { maskLine } from "./magics/mask-line.ts";
import { type SqlPiece, sqlOfMagic } from "./magics/sql-magic.ts";

/** A cell's text as Python alone. */
export interface Masked {
  /** Of the same length, every remaining character in its place. */
  readonly text: string;
  /** What was blanked although it may matter, and what was left on an assumption. */
  readonly gaps: readonly TextGap[];
  /** What of that is SQL, by offsets in the cell. */
  readonly sql: readonly SqlPiece[];
  /** The magic of somebody's own whose body was taken for Python; null when there is none. The body decides: it parses, or it is not. */
  readonly assumed: { readonly magic: string; readonly line: number } | null;
}

/**
 * The cell's Python with IPython's own syntax blanked out.
 *
 * `%` and `!` lines become blanks; below `%%time`, `%%px` and below any magic nobody knows the body stays; a body in another
 * language (`%%bash`, `%%sql`, …) becomes blanks whole; `%time x = f()` keeps the statement; `x = !ls` keeps the assignment; lines
 * that ask for help (`?x`, `df.groupby(k).agg??`) become blanks; pasted prompts (`>>> `) too. Lines inside a string or an open
 * bracket are Python and are left alone.
 */
export function maskMagics(source: string): Masked {
  if (!/[%!?]|>>>/.test(source)) return { text: source, gaps: [], sql: [], assumed: null };
  const lines = withoutPrompts(source.split("\n"));
  const original = [...lines];
  const gaps: TextGap[] = [];
  let assumed: Masked["assumed"] = null;
  let first = firstCode(lines, 0);
  for (let magic = cellMagicAt(lines, first); magic; magic = cellMagicAt(lines, first)) {
    if (magic.body.is === "other") {
      const isBodyEmpty = lines.slice(first + 1).every((line) => line.trim() === "");
      if (!isBodyEmpty) gaps.push(otherLanguage(original, first, magic.text, magic.body));
      const start = original.slice(0, first).join("\n").length + (first === 0 ? 0 : 1);
      const sql =
        magic.body.language === "SQL" && !isBodyEmpty ? [sqlOfMagic(source.slice(start), start, null)] : [];
      return { text: lines.map(blank).join("\n"), gaps, sql, assumed: null };
    }
    if (magic.body.is === "unknown") assumed ??= { magic: magic.text, line: first };
    lines[first] = magic.kept;
    first = firstCode(lines, first + 1);
  }
  const sql: SqlPiece[] = [];
  maskBody(lines, first < 0 ? lines.length : first, gaps, sql);
  return { text: lines.join("\n"), gaps, sql, assumed };
}

function maskBody(lines: string[], from: number, gaps: TextGap[], sql: SqlPiece[]): void {
  let state: LexicalState = beginning;
  let statement = from;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (startsStatement(state)) {
      statement = at;
      const { text, gap, isWhole, sql: piece } = maskLine(line);
      if (gap) gaps.push({ ...gap, range: linesRange(lines, at, at) });
      if (piece) {
        const start = lines.slice(0, at).join("\n").length + (at === 0 ? 0 : 1);
        const { from, to, value } = piece;
        sql.push({
          ...piece,
          from: start + from,
          to: start + to,
          value: value === null ? null : start + value,
        });
      }
      if (text !== line) {
        lines[at] = text;
        // A shell command or a magic goes on where its line ends in a backslash.
        for (let more = line; isWhole && more.endsWith("\\") && at + 1 < lines.length; ) {
          more = lines[++at] ?? "";
          lines[at] = blank(more);
        }
        state = isWhole ? beginning : scanLine(text, beginning).state;
        continue;
      }
    }
    const { state: after, codeEnd } = scanLine(line, state);
    if (after.quote === null && after.depth === 0 && asksForHelp(line.slice(0, codeEnd))) {
      for (let back = statement; back <= at; back++) {
        const text = lines[back] ?? "";
        lines[back] = back === statement ? blankStatement(text) : blank(text);
      }
      state = beginning;
      continue;
    }
    state = after;
  }
}

/** IPython's rule: a statement that ends in `?` or `??` shows what is known of its last name. Python has no such sign. */
function asksForHelp(code: string): boolean {
  return /[^\s?]\?{1,2}\s*$/.test(code.slice(-400));
}

function cellMagicAt(
  lines: readonly string[],
  at: number,
): { readonly text: string; readonly body: Body; readonly kept: string } | null {
  const line = lines[at] ?? "";
  const match = /^\s*%%(\S+)(.*)$/.exec(line);
  if (match) {
    const [, name = "", args = ""] = match;
    return { text: `%%${name}`, body: bodyOf(name, args), kept: keptSetup(line, name) };
  }
  // Databricks writes the language of a cell with one sign, on a line of its own or before words.
  const single =
    /^\s*%(md|md-sandbox|r|scala|sh|fs)\b/.exec(line) ?? /^\s*%(python|sql)\s*$/.exec(line) ?? null;
  if (!single) return null;
  const name = single[1] ?? "";
  return { text: `%${name}`, body: bodyOf(name, ""), kept: blank(line) };
}

/** `%%timeit x = 3` runs its line first. */
function keptSetup(line: string, name: string): string {
  if (name !== "timeit") return blank(line);
  const indent = /^\s*/.exec(line)?.[0].length ?? 0;
  const start = indent + statementStart(line.slice(indent));
  return blank(line.slice(0, start)) + line.slice(start);
}

function otherLanguage(
  lines: readonly string[],
  at: number,
  magic: string,
  body: Extract<Body, { is: "other" }>,
): TextGap {
  return {
    code: "coverage/other-language",
    weight: body.isForReaders ? "foreign" : "unread",
    range: linesRange(lines, at, lines.length - 1),
    reason: `Below \`${magic}\` stands ${body.language}, not Python; it was not read.`,
    means: body.isForReaders
      ? "Nothing that Python computes comes out of it."
      : "What it does to files, tables or names is not part of the answer.",
    advice: body.isForReaders
      ? "Nothing to do."
      : "Look at it yourself, or do in Python what the answer shall cover.",
  };
}

/** What a pasted session shows before its lines; IPython takes it away too. */
function withoutPrompts(lines: string[]): string[] {
  const first = lines.find((line) => line.trim() !== "");
  if (first === undefined || !/^\s*>>>( |$)/.test(first)) return lines;
  return lines.map((line) => line.replace(/^\s*(>>>|\.\.\.)( |$)/, (prompt) => " ".repeat(prompt.length)));
}

function firstCode(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at++) {
    const text = (lines[at] ?? "").trimStart();
    if (text !== "" && !text.startsWith("#")) return at;
  }
  return -1;
}

function blank(line: string): string {
  return " ".repeat(line.length);
}

function blankStatement(line: string): string {
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  // A block must not lose its only statement.
  return indent === "" || line.trim() === "" ? blank(line) : `${indent}0`.padEnd(line.length);
}
