import type { Range } from "./notebook.ts";

/**
 * One thing an answer does not rest on, because it was not understood: part of every answer, never swallowed.
 *
 * `unread`: text that may decide the answer was not read. `unknown`: it was read, and something it rests on stands elsewhere: a
 * file's columns, an argument computed at run time. `assumed`: read on an assumption, which is stated. `foreign`: text for a reader
 * or another program, out of which no Python name comes.
 */
export interface Gap {
  /** Stable: `coverage/other-language`. */
  readonly code: string;
  readonly weight: "unread" | "unknown" | "assumed" | "foreign";
  /** Null: the file as a whole. */
  readonly cellId: string | null;
  /** 0-based, among all cells of the file: for a cell that has no id here because it could not be read. Else null. */
  readonly cellIndex: number | null;
  /** Inside the cell; null: all of it. */
  readonly range: Range | null;
  /** What was not understood and why: one sentence about the person's text. */
  readonly reason: string;
  /** What that means for the answer: one sentence. */
  readonly means: string;
  /** The one thing to do about it. */
  readonly advice: string;
}

/** A gap in a text that knows nothing of cells: where a cell's own reading begins. */
export type TextGap = Omit<Gap, "cellId" | "cellIndex">;

/** The range of whole lines, 0-based and both included, of a text cut at line feeds. */
export function linesRange(lines: readonly string[], first: number, last: number): Range {
  return {
    start: { line: first, character: 0 },
    end: { line: last, character: lines[last]?.length ?? 0 },
  };
}
