import type { Gap } from "../../notebook/gap.ts";
import { lineStartsOf } from "../../notebook/notebook.ts";
import type { Node, Python } from "../../notebook/python.ts";
import type { Flow } from "../flow-order.ts";
import { CellPlace, type Expression, type Place, type Statement } from "../ir.ts";

/** One cell being lowered: where its text stands, which of its lines something was made of, and what was not understood. */
export interface Lowering {
  readonly python: Python;
  readonly cell: string;
  /** Where each of its lines begins. */
  readonly lineStarts: readonly number[];
  /** Where the parsed text begins in the cell: a line, and an offset. */
  readonly origin: { readonly row: number; readonly index: number };
  /** The text does not parse: what looks like a name may be none. */
  readonly isTorn?: true;
  /** Stands for every place of a text that is written inside a string. */
  readonly fixed: Place | null;
  readonly count: { depth: number; nodes: number };
  /** Lines of the cell that were read, 0-based. */
  readonly lines: Set<number>;
  readonly gaps: Gap[];
  /** SQL that stands where a value does, by the value's offset. */
  readonly sql: ReadonlyMap<number, Expression>;
  /** One for each marimo cell in it. */
  readonly flows: Flow[];
  /** Any statement: compound ones hold others of every kind. */
  readonly lowerStatement: (node: Node, to: Lowering) => Statement[];
}

/** Begins a cell. */
export function beginLowering(
  python: Python,
  { cell, text }: { readonly cell: string; readonly text: string },
  lowerStatement: Lowering["lowerStatement"],
  sql: Lowering["sql"] = new Map(),
): Lowering {
  return {
    python,
    cell,
    lineStarts: lineStartsOf(text),
    origin: { row: 0, index: 0 },
    fixed: null,
    count: { depth: 0, nodes: 0 },
    lines: new Set(),
    gaps: [],
    flows: [],
    sql,
    lowerStatement,
  };
}

/** The statements of a block, or none without one. */
export function lowerBlock(node: Node | null, to: Lowering): Statement[] {
  return node ? named(node).flatMap((child) => to.lowerStatement(child, to)) : [];
}

/**
 * What `lower` makes of one node, or null where the text is deeper than anybody writes (Python itself stops at 100 levels of
 * indentation and 200 of parentheses) or the cell longer: pasted data. What is left out is a gap.
 */
export function within<T>(node: Node, to: Lowering, lower: () => T): T | null {
  const { count } = to;
  if (count.depth >= deepest || count.nodes >= mostNodes) {
    const isDeep = count.depth >= deepest;
    notUnderstood(
      node,
      to,
      isDeep ? "It is nested deeper than is read." : "The cell is longer than is read.",
    );
    return null;
  }
  count.depth++;
  count.nodes++;
  const lowered = lower();
  count.depth--;
  return lowered;
}

export const deepest = 200;
const mostNodes = 100_000;

/** A node's place in its cell. */
export function placeOf(node: Node, { cell, origin, fixed, lineStarts }: Lowering): Place {
  if (fixed) return fixed;
  return new CellPlace(cell, node.startIndex + origin.index, node.endIndex + origin.index, lineStarts);
}

/** Notes that the line a node begins on was read. */
export function sawStart(node: Node, { lines, origin, fixed }: Lowering): void {
  if (fixed === null) lines.add(node.startPosition.row + origin.row);
}

/** Notes that every line of a node was read. */
export function sawAll(node: Node, { lines, origin, fixed }: Lowering): void {
  if (fixed !== null) return;
  const last = node.endPosition.row + origin.row;
  for (let row = node.startPosition.row + origin.row; row <= last; row++) lines.add(row);
}

/** Says that a node was not understood. Nodes beside each other make one gap. */
export function notUnderstood(node: Node, to: Lowering, why: string): void {
  const { start, end } = placeOf(node, to);
  addGap(to, { start, end }, why);
}

/** Says that a range of the cell was not understood; joined with the last one when it stands beside it for the same reason. */
export function addGap(to: Lowering, range: NonNullable<Gap["range"]>, reason: string): void {
  const last = to.gaps.at(-1);
  if (last?.range && last.reason === reason && range.start.line <= last.range.end.line + 1) {
    const isBefore = range.start.line < last.range.start.line;
    const isBeyond = range.end.line >= last.range.end.line;
    to.gaps[to.gaps.length - 1] = {
      ...last,
      range: { start: isBefore ? range.start : last.range.start, end: isBeyond ? range.end : last.range.end },
    };
    return;
  }
  to.gaps.push({
    code: "coverage/not-understood",
    weight: "unread",
    cellId: to.cell,
    cellIndex: null,
    range,
    reason,
    means: "What these lines do to rows and models is not part of the answer.",
    advice: "Look at them yourself.",
  });
}

/** Named children without comments. */
export function named(node: Node): Node[] {
  return node.namedChildren.filter(
    (child): child is Node =>
      child !== null && child.type !== "comment" && child.type !== "line_continuation",
  );
}
