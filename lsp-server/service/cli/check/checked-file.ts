import type { Finding } from "@lookback/language/leakage/finding.ts";
import type { Offered } from "@lookback/language/leakage/fixes/proven-fixes.ts";
import type { LeftOut } from "@lookback/language/leakage/settings/left-out.ts";
import type { Settings } from "@lookback/language/leakage/settings/settings.ts";
import type { Coverage } from "@lookback/language/notebook/coverage.ts";
import type { Gap } from "@lookback/language/notebook/gap.ts";
import { cellOf, type Notebook, type Range } from "@lookback/language/notebook/notebook.ts";
import type { BaselineUse } from "./baseline/baseline-file.ts";
import type { Fault } from "./baseline/fingerprints.ts";
import type { LocatedProblem } from "./definition-problems.ts";
import type { PassedOver } from "./find-files.ts";
import type { FileOfProblems } from "./find-settings.ts";

/** All that a check answers. */
export interface Report {
  readonly files: readonly CheckedFile[];
  /** Folders that were met and not searched. */
  readonly passedOver: readonly PassedOver[];
  /** What is wrong with the files that the settings come from. */
  readonly settings: readonly FileOfProblems[];
  /** Whether what was not read, not known or assumed makes the check fail too. */
  readonly isStrict: boolean;
  /** Null when no baseline was given. */
  readonly baseline: BaselineUse | null;
}

/** A file that was checked. */
export interface CheckedFile {
  /** As given on the command line. */
  readonly path: string;
  /** What was read; null when nothing could be. */
  readonly bytes: Uint8Array | null;
  /** Lines count from the file's start; in a notebook, from the cell's. */
  readonly isScript: boolean;
  /** Why it could not be read, or looked at whole; null when it was. */
  readonly error: string | null;
  readonly notebook: Notebook | null;
  readonly findings: readonly Finding[];
  /** What was found and is allowed by a comment. */
  readonly allowed: readonly Finding[];
  /** Ids of its cells in the order they run. */
  readonly order: readonly string[];
  /** Of its feature definitions. */
  readonly problems: readonly LocatedProblem[];
  /** What a baseline lists: it was found, and does not count. */
  readonly known: { readonly findings: readonly Finding[]; readonly problems: readonly LocatedProblem[] };
  /** Of every finding and problem, those a baseline lists included. */
  readonly fingerprints: ReadonlyMap<Fault, string>;
  /** The fixes of each finding that hold, or why there is none, where the report shows them. */
  readonly proven: ReadonlyMap<Finding, Offered>;
  readonly settings: Settings;
  /** What the settings leave out of the findings. */
  readonly leftOut: LeftOut;
  /** What the findings, and their absence, speak of. */
  readonly coverage: Coverage;
}

/** Where something stands, as people count: 1-based lines and columns; `cell` is the cell's 0-based index, in notebooks only. */
export interface Spot {
  readonly line: number;
  readonly endLine: number;
  readonly column: number;
  readonly endColumn: number;
  readonly cell?: number;
}

/** Whether a finding makes the check fail; what is only said in passing does not. */
export function counts({ severity }: Pick<Finding, "severity">): boolean {
  return severity !== "information";
}

/** Where a gap stands: its lines, else the 0-based index of a cell that could not be read, else the file. */
export function gapPlace(
  file: CheckedFile,
  gap: Gap,
): { readonly spot: Spot | null; readonly cell: number | null } {
  const cell = gap.cellId === null || file.notebook === null ? null : cellOf(file.notebook, gap.cellId);
  if (cell === null) return { spot: null, cell: gap.cellIndex };
  const lines = cell.source.split("\n");
  const last = lines.length - 1;
  const whole = {
    start: { line: 0, character: 0 },
    end: { line: last, character: lines[last]?.length ?? 0 },
  };
  return { spot: spotOf(file, cell.id, gap.range ?? whole), cell: null };
}

/** A range of a cell in the coordinates of its file. */
export function spotOf(file: CheckedFile, cellId: string, range: Range): Spot {
  const cell = file.notebook === null ? null : cellOf(file.notebook, cellId);
  const offset = file.isScript ? (cell?.startLine ?? 0) : 0;
  return {
    line: offset + range.start.line + 1,
    endLine: offset + range.end.line + 1,
    column: range.start.character + 1,
    endColumn: range.end.character + 1,
    ...(file.isScript || !cell ? {} : { cell: cell.index }),
  };
}
