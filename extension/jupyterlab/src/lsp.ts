import type { JsonValue } from "@lookback/protocol/json.ts";

/** The few shapes of the language server protocol that this client reads. Positions are 0-based lines and UTF-16 columns. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Finding {
  readonly range: Range;
  /** 1 error, 2 warning, 3 information, 4 hint. */
  readonly severity?: 1 | 2 | 3 | 4;
  readonly code?: string | number;
  readonly message: string;
  readonly data?: FindingData;
}

/** True for a leak; false for what is only wrong with a definition, which says no why. */
export function isLeak({ severity = 1, data }: Finding): boolean {
  return severity <= 2 && data?.why !== undefined;
}

/** What the linter adds to a diagnostic: everything the tooltip says. */
interface FindingData {
  readonly rule?: string;
  readonly title?: string;
  /** What is the matter in this very text. */
  readonly message?: string;
  readonly why?: string;
  readonly instead?: string;
  readonly path?: readonly FindingStep[];
  readonly fixes?: readonly Fix[];
}

/** One stop on a leak's way, from where it enters to the score it spoils. */
export interface FindingStep {
  readonly label?: string;
  readonly message?: string;
  readonly cellId?: string | null;
  readonly range?: Range;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly {
    readonly cellId: string | null;
    readonly range: Range;
    readonly newText: string;
  }[];
}

export interface CodeLens {
  readonly range: Range;
  readonly command?: {
    readonly title: string;
    readonly command: string;
    readonly arguments?: readonly JsonValue[];
  };
}

/** Offset of a position in a text, kept inside the text and its line. */
export function offsetAt(text: string, { line, character }: Position): number {
  let start = 0;
  for (let skipped = 0; skipped < line; skipped += 1) {
    const newline = text.indexOf("\n", start);
    if (newline === -1) return text.length;
    start = newline + 1;
  }
  const end = text.indexOf("\n", start);
  return Math.min(start + character, end === -1 ? text.length : end);
}

/** Position of an offset in a text. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lines = before.split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
