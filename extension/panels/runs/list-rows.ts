import type { RunRow } from "./run-rows.ts";

/** One line of the list as it is drawn: a run, or several that ran one cell each, folded. */
export type ListRow =
  | { readonly kind: "run"; readonly row: RunRow; readonly inside: string | null }
  | { readonly kind: "fold"; readonly fold: Fold; readonly isOpen: boolean };

/** Runs of one cell each that followed each other in one session, newest first: what a person does who tries something. */
export interface Fold {
  /** The oldest run's id: it stays while newer ones join. */
  readonly id: string;
  readonly rows: readonly RunRow[];
}

/**
 * Rows, newest first, with what ran cell by cell folded into one line each. A run stays by itself that has a score or a mark, or that
 * something rests on, and so does the newest of all, which a person just ran. `open` are the folds whose runs are shown.
 */
export function listRows(rows: readonly RunRow[], open: ReadonlySet<string>): ListRow[] {
  const lines: ListRow[] = [];
  for (let at = 0; at < rows.length; ) {
    const end = at === 0 ? 1 : endOfFold(rows, at);
    const folded = rows.slice(at, end);
    const oldest = folded.at(-1);
    if (folded.length < 2 || oldest === undefined) {
      lines.push({ kind: "run", row: rows[at]!, inside: null });
      at++;
      continue;
    }
    const fold = { id: oldest.run.id, rows: folded };
    const isOpen = open.has(fold.id);
    lines.push({ kind: "fold", fold, isOpen });
    if (isOpen) lines.push(...folded.map((row) => ({ kind: "run", row, inside: fold.id }) as const));
    at = end;
  }
  return lines;
}

function endOfFold(rows: readonly RunRow[], start: number): number {
  const first = rows[start]?.run;
  let end = start;
  while (end < rows.length) {
    const { run } = rows[end]!;
    const isOfOne = run.session === first?.session && run.notebook === first.notebook;
    if (!isOfOne || !mayFold(rows[end]!)) break;
    end++;
  }
  return end;
}

function mayFold({ run }: RunRow): boolean {
  const { starred, name, note, tags, official } = run.marks;
  const isMarked = starred || name !== null || note !== null || tags.length > 0 || official.length > 0;
  return run.cellsRun === 1 && run.metric === null && run.pinnedBy.length === 0 && !isMarked;
}
