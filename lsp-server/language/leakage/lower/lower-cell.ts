import type { Gap } from "../../notebook/gap.ts";
import type { Node, Python, Syntax } from "../../notebook/python.ts";
import type { Flow } from "../flow-order.ts";
import type { Statement } from "../ir.ts";
import { lowerBroken } from "./lower-broken.ts";
import { lowerSql } from "./lower-sql.ts";
import { lowerStatement } from "./lower-statement.ts";
import { addGap, beginLowering, type Lowering, named } from "./lowering.ts";

/** A cell as the analysis reads it. */
export interface LoweredCell {
  readonly statements: readonly Statement[];
  /** What comments say, sign and all. */
  readonly comments: readonly string[];
  /** Every line that holds code is in a statement or in one of these. */
  readonly gaps: readonly Gap[];
  /** Null where the text does not say what the cell needs and gives. */
  readonly flow: Flow | null;
}

/** The IR of a cell from its syntax, and what of it was not understood: no line is left out without a gap. */
export function lowerCell(python: Python, syntax: Syntax, cell: string, source: string): LoweredCell {
  const queries = lowerSql(syntax.sql, cell, source);
  const to = beginLowering(python, { cell, text: syntax.text }, lowerStatement, queries.values);
  const read = syntax.gaps.filter(({ range }) => !queries.isRead(range));
  to.gaps.push(...read.map((gap) => ({ ...gap, cellId: cell, cellIndex: null })));
  const statements = syntax.hasErrors
    ? lowerBroken(syntax.text, to)
    : named(syntax.root).flatMap((child: Node) => lowerStatement(child, to));
  if (queries.statements.length > 0) {
    statements.push(...queries.statements);
    statements.sort((a, b) => a.at.from - b.at.from);
  }
  sayUnread(syntax.text, to);
  const flow =
    to.flows.length === 0
      ? null
      : { needs: to.flows.flatMap(({ needs }) => needs), gives: to.flows.flatMap(({ gives }) => gives) };
  const comments = syntax.text.includes("#")
    ? syntax.root.descendantsOfType("comment").flatMap((node) => node?.text ?? [])
    : [];
  return { statements, comments, gaps: to.gaps, flow };
}

/** The net under all kinds: a line with code out of which nothing was made is a gap, whatever the reason. */
function sayUnread(text: string, to: Lowering): void {
  const covered = new Set(to.lines);
  for (const { range } of to.gaps) {
    if (range) for (let row = range.start.line; row <= range.end.line; row++) covered.add(row);
  }
  text.split("\n").forEach((line, row) => {
    if (covered.has(row) || isStructure(line)) return;
    addGap(
      to,
      { start: { line: row, character: 0 }, end: { line: row, character: line.length } },
      "This was not understood.",
    );
  });
}

/** Blank, a comment, or only what holds statements together. */
function isStructure(line: string): boolean {
  return /^\s*(#.*|[\s()[\]{},:;\\]*|(else|try|finally|except)\s*:\s*(#.*)?|pass\s*(#.*)?)$/.test(line);
}
