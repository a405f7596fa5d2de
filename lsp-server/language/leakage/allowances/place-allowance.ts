import {
  type Cell,
  cellOf,
  type Notebook,
  offsetAt,
  type Position,
  positionAt,
} from "../../notebook/notebook.ts";
import { type Python, parseCell } from "../../notebook/python.ts";
import { layoutOf } from "../../sql/comments-of.ts";
import type { Finding } from "../finding.ts";
import type { Allowance } from "./allowance.ts";
import { statementLines } from "./statement-lines.ts";

/** Where a comment that allows a finding is written: `before`, the reason, `after`. */
export interface AllowancePlace {
  readonly cellId: string;
  readonly at: Position;
  readonly before: string;
  readonly after: string;
}

/** The place of a comment that allows a finding in its statement, its cell or its file; null where no comment can be heard. */
export function placeAllowance(
  python: Python,
  notebook: Notebook,
  { rule, cellId, range }: Pick<Finding, "rule" | "cellId" | "range">,
  scope: Allowance["scope"],
): AllowancePlace | null {
  const own = cellOf(notebook, cellId);
  const cell = scope === "file" ? notebook.cells.find(({ source }) => isPython(python, source)) : own;
  if (!cell) return null;
  const lines = cell.source.split("\n");
  const query = sqlAround(python, cell.source, range.start);
  if (query !== null && scope !== "file") return inSql(cell, lines, query, rule, scope);
  const line = scope === "statement" ? firstLineOf(python, cell.source, range.start.line) : belowHead(lines);
  if (isCellMagic(lines[line])) return null;
  const indent = /^[ \t]*/.exec(lines[line] ?? "")?.[0] ?? "";
  const allow = scope === "statement" ? "allow" : `allow-${scope}`;
  const text = `${indent}# lookback: ${allow} ${rule} — `;
  if (line < lines.length) return { cellId: cell.id, at: { line, character: 0 }, before: text, after: "\n" };
  const last = lines.length - 1;
  return {
    cellId: cell.id,
    at: { line: last, character: lines[last]?.length ?? 0 },
    before: `\n${text}`,
    after: "",
  };
}

/** The lines of a magic's own cell that hold SQL: the first of all, and the first of the statement around a position. Null for a position elsewhere. */
function sqlAround(
  python: Python,
  source: string,
  position: Position,
): { readonly first: number; readonly statement: number } | null {
  const { sql, tree } = parseCell(python, source);
  tree.delete();
  const offset = offsetAt(source, position);
  const piece = sql.find(({ from, to, value }) => value === null && from <= offset && offset <= to);
  if (!piece) return null;
  const lineOf = (at: number) => positionAt(source, piece.from + at).line;
  const { statements } = layoutOf(source.slice(piece.from, piece.to));
  const around = statements.findLast(({ from }) => piece.from + from <= offset);
  return { first: lineOf(0), statement: lineOf(around?.from ?? 0) };
}

/** A comment of SQL above the statement, or above all; none where that stands behind the magic. */
function inSql(
  { id }: Pick<Cell, "id">,
  lines: readonly string[],
  { first, statement }: { readonly first: number; readonly statement: number },
  rule: string,
  scope: "statement" | "cell",
): AllowancePlace | null {
  const line = scope === "statement" ? statement : first;
  if (/^\s*%/.test(lines[line] ?? "")) return null;
  const indent = /^[ \t]*/.exec(lines[line] ?? "")?.[0] ?? "";
  const allow = scope === "statement" ? "allow" : "allow-cell";
  const before = `${indent}-- lookback: ${allow} ${rule} — `;
  return { cellId: id, at: { line, character: 0 }, before, after: "\n" };
}

/** A comment in the middle of a statement might stand in a string. */
function firstLineOf(python: Python, source: string, line: number): number {
  const { tree, root } = parseCell(python, source);
  const around = statementLines(root).filter(({ from, to }) => from <= line && line <= to);
  tree.delete();
  return Math.max(...around.map(({ from }) => from), around.length === 0 ? line : 0);
}

/** Below what must stay at the top: a cell's magic, a shebang, a header in comments. */
function belowHead(lines: readonly string[]): number {
  const line = lines.findIndex((text) => !isCellMagic(text) && !text.startsWith("#"));
  return line < 0 ? lines.length : line;
}

function isCellMagic(line: string | undefined): boolean {
  return /^\s*%%/.test(line ?? "");
}

function isPython(python: Python, source: string): boolean {
  const { text, tree } = parseCell(python, source);
  tree.delete();
  return source.trim() === "" || text.trim() !== "";
}
