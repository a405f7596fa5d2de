import {
  type AllowOffer,
  allowCommand,
  type ExplainOffer,
  explainCommand,
  type FindingData,
  type GapData,
  type LeftOutData,
  type ProblemData,
} from "@lookback/protocol/findings.ts";
import type { JsonValue } from "@lookback/protocol/json.ts";
import { type MeasureOffer, measureCommand } from "@lookback/protocol/measure.ts";

/** The few shapes of the language server protocol that this client reads. Positions are 0-based lines and UTF-16 columns. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A diagnostic of ours: a leak, what is wrong with a feature definition, or what was not read. */
export interface Finding {
  readonly range: Range;
  /** 1 error, 2 warning, 3 information, 4 hint. */
  readonly severity?: 1 | 2 | 3 | 4;
  readonly code?: string | number;
  /** There where its rule has a page. */
  readonly codeDescription?: { readonly href: string };
  readonly message: string;
  readonly data?: FindingData | ProblemData | GapData | LeftOutData;
}

/** What the linter says of a leak; null for what is only wrong with a definition, which says no why. */
export function leakOf(finding: Finding): FindingData | null {
  return (finding.severity ?? 1) <= 2 ? foundBy(finding) : null;
}

/** What a rule of the linter says, also where that is information alone; null for anything else. */
export function foundBy({ data }: Finding): FindingData | null {
  return data !== undefined && "why" in data ? data : null;
}

/** What is said of text that was not read, or on which something rests that is not known; null for anything else. */
export function gapOf({ data }: Finding): GapData | null {
  return data !== undefined && "weight" in data ? data : null;
}

/** What is said of the settings; null for anything else. */
export function leftOutOf({ data }: Finding): LeftOutData | null {
  return data !== undefined && "isLeftOut" in data ? data : null;
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** Changes by document, in the one form of the protocol or the other. Ranges are those before any of them. */
export interface WorkspaceEdit {
  readonly changes?: Readonly<Record<string, readonly TextEdit[]>>;
  readonly documentChanges?: readonly {
    readonly textDocument?: { readonly uri: string };
    readonly edits?: readonly TextEdit[];
  }[];
  readonly changeAnnotations?: Readonly<Record<string, { readonly needsConfirmation?: boolean }>>;
}

/** Something that the server offers to do about findings. */
export interface CodeAction {
  readonly title: string;
  readonly diagnostics?: readonly Finding[];
  readonly edit?: WorkspaceEdit;
  readonly command?: { readonly command: string; readonly arguments?: readonly JsonValue[] };
}

/** What an action would write once the reason is known; null for one that asks for none. */
export function allowOf({ command }: CodeAction): AllowOffer | null {
  const [offer] = command?.command === allowCommand ? (command.arguments ?? []) : [];
  return offer === undefined ? null : (offer as unknown as AllowOffer);
}

/** What an action would count in the kernel; null for any other action. */
export function measureOf({ command }: CodeAction): MeasureOffer | null {
  const [offer] = command?.command === measureCommand ? (command.arguments ?? []) : [];
  return offer === undefined ? null : (offer as unknown as MeasureOffer);
}

/** Which finding an action opens a page of; null for any other action. */
export function explainOf({ command }: CodeAction): ExplainOffer | null {
  const [offer] = command?.command === explainCommand ? (command.arguments ?? []) : [];
  return offer === undefined ? null : (offer as unknown as ExplainOffer);
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
