import type { Node } from "../../notebook/python.ts";
import type { Statement } from "../ir.ts";
import { cutStatements, type Piece } from "./cut-statements.ts";
import { lowerStatement } from "./lower-statement.ts";
import { addGap, type Lowering, named } from "./lowering.ts";

/**
 * The statements of a text that does not parse: each statement alone, so that a bad one costs itself. First cut where Python
 * begins statements; a piece that does not parse is cut again as if its brackets were closed. What parses in neither is named.
 */
export function lowerBroken(text: string, to: Lowering): Statement[] {
  return cutStatements(text, { mindsBrackets: true }).flatMap(
    (piece) =>
      lowerWhole(piece, to) ??
      cutStatements(piece.text, { mindsBrackets: false })
        .map((part) => ({ ...part, row: part.row + piece.row, index: part.index + piece.index }))
        .flatMap((part) => lowerWhole(part, to) ?? lowerTorn(part, to)),
  );
}

/** Null when the piece does not parse. */
function lowerWhole(piece: Piece, to: Lowering): Statement[] | null {
  const tree = to.python.parser.parse(piece.text);
  if (!tree) return null;
  const at = { ...to, origin: { row: to.origin.row + piece.row, index: to.origin.index + piece.index } };
  const statements = tree.rootNode.hasError
    ? null
    : named(tree.rootNode).flatMap((child) => lowerStatement(child, at));
  tree.delete();
  return statements;
}

/** What the parser's own recovery keeps of a piece, and the lines it could not read. */
function lowerTorn(piece: Piece, to: Lowering): Statement[] {
  const tree = to.python.parser.parse(piece.text);
  if (!tree) return [];
  const origin = { row: to.origin.row + piece.row, index: to.origin.index + piece.index };
  const at: Lowering = { ...to, origin, isTorn: true };
  const lines = piece.text.split("\n");
  for (const { first, last } of faultsOf(tree.rootNode)) {
    addGap(
      to,
      {
        start: { line: at.origin.row + first, character: 0 },
        end: { line: at.origin.row + last, character: lines[last]?.length ?? 0 },
      },
      "This does not parse as Python.",
    );
  }
  const statements = named(tree.rootNode).flatMap((child) => lowerStatement(child, at));
  tree.delete();
  return statements;
}

/** Lines of the outermost nodes the parser could not read or had to invent, first and last, 0-based. */
function faultsOf(root: Node): { first: number; last: number }[] {
  const faults: { first: number; last: number }[] = [];
  const pending: Node[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.isError || node.isMissing) {
      const last = node.endPosition.column === 0 && node.endPosition.row > node.startPosition.row ? 1 : 0;
      faults.push({ first: node.startPosition.row, last: node.endPosition.row - last });
    } else if (node.hasError) {
      pending.push(...node.children.filter((child): child is Node => child !== null));
    }
  }
  return faults.sort((a, b) => a.first - b.first);
}
