import { gapPlace, type Report, spotOf } from "../checked-file.ts";
import type { Format } from "./format.ts";

/** One JSON document: every file with its findings, their paths, what is wrong with its feature definitions, and what was not read. */
export const json: Format = {
  name: "json",
  about: "one JSON document: files with their findings, 1-based lines",
  write: (report) => `${JSON.stringify(documentOf(report), null, 2)}\n`,
};

function documentOf({ files, rules }: Report) {
  return {
    rules,
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
}
