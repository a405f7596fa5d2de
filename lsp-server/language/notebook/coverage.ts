import type { Gap } from "./gap.ts";
import type { Cell, Notebook } from "./notebook.ts";

/** What an answer about a notebook speaks of, and what it does not. */
export interface Coverage {
  readonly cells: {
    /** Code cells of the file, those included that could not be read. */
    readonly total: number;
    /** Every line was read. */
    readonly read: number;
    readonly partly: number;
    readonly unread: number;
  };
  /** Nothing of the file could be read. */
  readonly isNothingRead: boolean;
  /** In document order; those of the file first. */
  readonly gaps: readonly Gap[];
}

/** The coverage of an answer with these gaps. A cell is unread when no line of it that holds code was read. */
export function coverageOf(notebook: Notebook, gaps: readonly Gap[]): Coverage {
  const hidden = new Set(gaps.filter(isUnread).flatMap(({ cellIndex }) => cellIndex ?? [])).size;
  const isFileUnread = gaps.some((gap) => isUnread(gap) && gap.cellId === null && gap.cellIndex === null);
  let [partly, unread] = [0, hidden];
  const byCell = new Map<string, Gap[]>();
  for (const gap of gaps) {
    if (gap.cellId === null || !isUnread(gap)) continue;
    const own = byCell.get(gap.cellId);
    if (own) own.push(gap);
    else byCell.set(gap.cellId, [gap]);
  }
  for (const cell of notebook.cells) {
    const own = byCell.get(cell.id);
    if (own === undefined) continue;
    if (isAllCovered(cell, own)) unread++;
    else partly++;
  }
  const total = notebook.cells.length + hidden;
  return {
    cells: { total, read: total - partly - unread, partly, unread },
    isNothingRead: total === 0 ? isFileUnread : unread === total,
    gaps: inOrder(notebook, gaps),
  };
}

/** Whether the answer speaks of everything it could: no line that may decide it was left out. */
export function isWhole({ gaps }: Pick<Coverage, "gaps">): boolean {
  return gaps.every(({ weight }) => weight !== "unread");
}

function isUnread({ weight }: Gap): boolean {
  return weight === "unread" || weight === "foreign";
}

function isAllCovered(cell: Cell, gaps: readonly Gap[]): boolean {
  if (gaps.some(({ range }) => range === null)) return true;
  // +1 where a gap begins, -1 after its end: their sum says how many cover a line.
  const changes = new Map<number, number>();
  for (const { range } of gaps) {
    if (range === null) continue;
    changes.set(range.start.line, (changes.get(range.start.line) ?? 0) + 1);
    changes.set(range.end.line + 1, (changes.get(range.end.line + 1) ?? 0) - 1);
  }
  let covering = 0;
  return cell.source.split("\n").every((line, row) => {
    covering += changes.get(row) ?? 0;
    return covering > 0 || /^\s*(#.*)?$/.test(line);
  });
}

function inOrder(notebook: Notebook, gaps: readonly Gap[]): Gap[] {
  const places = new Map(notebook.cells.map((cell) => [cell.id, cell.index]));
  const cellOf = (gap: Gap): number => gap.cellIndex ?? places.get(gap.cellId ?? "") ?? -1;
  return [...gaps].sort(
    (a, b) =>
      cellOf(a) - cellOf(b) ||
      (a.range?.start.line ?? 0) - (b.range?.start.line ?? 0) ||
      (a.range?.start.character ?? 0) - (b.range?.start.character ?? 0),
  );
}
