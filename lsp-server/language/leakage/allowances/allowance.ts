import type { Range } from "../../notebook/notebook.ts";
import type { StatementLines } from "./statement-lines.ts";

/** A comment that asks for findings not to be reported, as it stands in a cell. */
export interface Allowance {
  readonly scope: "statement" | "cell" | "file";
  readonly rules: readonly { readonly id: string; readonly range: Range }[];
  /** How it would have to begin, up to its first rule, and where it begins otherwise; null for one that is written as it should be. */
  readonly misspelt: {
    readonly meant: string;
    readonly range: Range;
    /** The bracket that closes its rules. */
    readonly closing: Range | null;
  } | null;
  /** Empty where none is given: then it allows nothing. */
  readonly reason: string;
  /** From the sign of the comment to the end of its last line. */
  readonly range: Range;
  /** What goes when it goes: its lines whole, or what stands behind a statement. */
  readonly removed: Range;
  /** The lines that it speaks for, where its scope is a statement. */
  readonly lines: StatementLines;
  /** What it speaks for on those lines, where that is not all: a statement of SQL in a string. */
  readonly within: Range | null;
}
