/** A notebook's code as one immutable snapshot. Markdown is absent; cells stand in document order. */
export interface Notebook {
  readonly uri: string;
  readonly cells: readonly Cell[];
}

/** One code cell. */
export interface Cell {
  /** nbformat's cell id, or one derived from its place when the file has none. Unique in its notebook. */
  readonly id: string;
  /** 0-based position among all cells, markdown included; in a `.py` file among its code cells. */
  readonly index: number;
  readonly source: string;
  /** 0-based line of the cell's first line in the merged text: the file itself for `.py`, else all code cells joined by line feeds. */
  readonly startLine: number;
}

/** 0-based line and UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** From `start` up to and without `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A notebook from cells in document order; start lines follow from their sources. Duplicate ids are the caller's fault and stay as they are. */
export function notebookOf(
  uri: string,
  cells: readonly { readonly id: string; readonly source: string; readonly index?: number }[],
): Notebook {
  let line = 0;
  return {
    uri,
    cells: cells.map((cell, order) => {
      const startLine = line;
      line += lineCount(cell.source);
      return { id: cell.id, index: cell.index ?? order, source: cell.source, startLine };
    }),
  };
}

/** The merged line of a line inside a cell. */
export function mergedLine(cell: Cell, line: number): number {
  return cell.startLine + line;
}

/** The cell that holds a merged line and the line inside it; null for lines between cells (markers, markdown) and beyond the end. */
export function cellAt(
  notebook: Notebook,
  line: number,
): { readonly cell: Cell; readonly line: number } | null {
  const cell = notebook.cells.findLast((candidate) => candidate.startLine <= line);
  if (!cell) return null;
  const inside = line - cell.startLine;
  return inside < lineCount(cell.source) ? { cell, line: inside } : null;
}

/** The cell of an id, or null. */
export function cellOf(notebook: Notebook, id: string): Cell | null {
  return notebook.cells.find((cell) => cell.id === id) ?? null;
}

/** The position of an offset in a text. */
export function positionAt(text: string, offset: number): Position {
  return positionIn(lineStartsOf(text), offset);
}

/** Where each line of a text begins: for whoever asks for many positions in it. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The position of an offset in a text whose lines begin there. */
export function positionIn(lineStarts: readonly number[], offset: number): Position {
  let [low, high] = [0, lineStarts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low, character: offset - (lineStarts[low] ?? 0) };
}

/** Whether one position stands before another, or is the same. */
export function isUpTo(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}

/** The UTF-16 offset of a position in a text; positions beyond a line's end or the text's end are clamped. */
export function offsetAt(text: string, position: Position): number {
  let start = 0;
  for (let line = 0; line < position.line; line++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return Math.min(start + position.character, end < 0 ? text.length : end);
}

function lineCount(source: string): number {
  let lines = 1;
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) lines++;
  return lines;
}
