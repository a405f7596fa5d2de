import type { Finding } from "@lookback/language/leakage/finding.ts";
import type { Coverage } from "@lookback/language/notebook/coverage.ts";
import type { Gap } from "@lookback/language/notebook/gap.ts";
import { cellOf, type Notebook, type Range } from "@lookback/language/notebook/notebook.ts";
import type { LocatedProblem } from "./definition-problems.ts";

/** A file that was checked. */
export interface CheckedFile {
  /** As given on the command line. */
  readonly path: string;
  /** Lines count from the file's start; in a notebook, from the cell's. */
  readonly isScript: boolean;
  /** Why it could not be read; null when it was. */
  readonly error: string | null;
  readonly notebook: Notebook | null;
  readonly findings: readonly Finding[];
  /** Of its feature definitions. */
  readonly problems: readonly LocatedProblem[];
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

/** One JSON document: every file with its findings, their paths, what is wrong with its feature definitions, and what was not read. */
export function formatJson(files: readonly CheckedFile[]): string {
  const document = {
    files: files.map((file) => ({
      file: file.path,
      error: file.error,
      findings: file.findings.map((finding) => ({
        rule: finding.rule,
        kind: finding.kind,
        severity: finding.severity,
        ...spotOf(file, finding.cellId, finding.range),
        title: finding.title,
        message: finding.message,
        why: finding.why,
        instead: finding.instead,
        path: finding.path.map((one) => ({
          role: one.role,
          ...spotOf(file, one.cellId, one.range),
          label: one.label,
        })),
        fixes: finding.fixes.map(({ title, kind }) => ({ title, kind })),
      })),
      problems: file.problems.map(({ code, severity, message, cellId, range }) => ({
        code,
        severity,
        ...spotOf(file, cellId, range),
        message,
      })),
      coverage: {
        cells: file.coverage.cells,
        gaps: file.coverage.gaps.map((gap) => {
          const { code, weight, reason, means, advice } = gap;
          const { spot, cell } = gapPlace(file, gap);
          return { code, weight, ...(spot ?? (cell === null ? {} : { cell })), reason, means, advice };
        }),
      },
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
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
