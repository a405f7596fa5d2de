import { type Cell, cellAt, type Position, type Range } from "@lookback/language/notebook/notebook.ts";
import type { Snapshot } from "./documents.ts";

/** A range of a cell as a range of its document: a notebook's cell is its own document, a script's is part of one. */
export function placeIn(snapshot: Snapshot, cellId: string, range: Range): Range {
  if (snapshot.kind === "notebook") return { start: range.start, end: range.end };
  const offset = snapshot.notebook.cells.find((cell) => cell.id === cellId)?.startLine ?? 0;
  const moved = (position: Position) => ({ line: position.line + offset, character: position.character });
  return { start: moved(range.start), end: moved(range.end) };
}

/** The cell at a position of a document, and the position inside it; null between cells. */
export function cellUnder(
  snapshot: Snapshot,
  uri: string,
  position: Position,
): { readonly cell: Cell; readonly position: Position } | null {
  if (snapshot.kind === "script") {
    const found = cellAt(snapshot.notebook, position.line);
    return found && { cell: found.cell, position: { line: found.line, character: position.character } };
  }
  const cell = snapshot.notebook.cells.find(({ id }) => snapshot.cellUris.get(id) === uri);
  return cell ? { cell, position } : null;
}

/** Whether something in a cell belongs to the document of this URI. */
export function belongsTo(snapshot: Snapshot, uri: string, cellId: string | null): boolean {
  return cellId !== null && snapshot.cellUris.get(cellId) === uri;
}
