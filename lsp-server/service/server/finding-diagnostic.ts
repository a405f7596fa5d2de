import type { DefinitionProblem } from "@lookback/language/features/model.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { measuredSeverity } from "@lookback/language/leakage/measure/measured-severity.ts";
import type { Measured } from "@lookback/language/leakage/measure/measurement.ts";
import type { Gap } from "@lookback/language/notebook/gap.ts";
import { cellOf, type Range } from "@lookback/language/notebook/notebook.ts";
import type { FindingData, GapData, ProblemData } from "@lookback/protocol/findings.ts";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { Snapshot } from "./documents.ts";
import { placeIn } from "./places.ts";

/** A finding as an editor shows it. `data` holds everything a tooltip says, in cells' coordinates. */
export function findingDiagnostic(
  snapshot: Snapshot,
  finding: Finding,
  measured: Measured | null,
): Diagnostic {
  const { rule, title, message, why, instead, path } = finding;
  const severity = measured === null ? finding.severity : measuredSeverity(finding.severity, measured);
  const counted = measured === null ? "" : ` Measured: ${measured.says}`;
  return {
    range: placeIn(snapshot, finding.cellId, finding.range),
    severity: severities[severity],
    source: "lookback",
    code: rule,
    message: `${title}. ${message}${counted} ${instead}`,
    relatedInformation: path.flatMap((step) => {
      const uri = snapshot.cellUris.get(step.cellId);
      return uri === undefined
        ? []
        : [{ location: { uri, range: placeIn(snapshot, step.cellId, step.range) }, message: step.label }];
    }),
    data: { rule, title, message, why, instead, path, measured } satisfies FindingData,
  };
}

/** What is wrong with a feature definition, as an editor shows it. */
export function problemDiagnostic(snapshot: Snapshot, problem: DefinitionProblem): Diagnostic {
  const severity = { error: 1, warning: 2, hint: 4 } as const;
  return {
    range: placeIn(snapshot, problem.place.cellId ?? "", problem.place),
    severity: severity[problem.severity],
    source: "lookback",
    code: problem.code,
    message: problem.message,
    data: { rule: problem.code, title: problem.message } satisfies ProblemData,
  };
}

/** What was not read, as an editor shows it: quietly, at the place. `cell` is where it stands when the gap is the file's. */
export function gapDiagnostic(snapshot: Snapshot, gap: Gap, cell: string): Diagnostic {
  const { code, weight, reason, means, advice } = gap;
  const detail = `${means} ${advice}`;
  return {
    range: placeIn(snapshot, cell, gap.range ?? firstLine(snapshot, cell)),
    severity: weight === "unread" ? DiagnosticSeverity.Information : DiagnosticSeverity.Hint,
    source: "lookback",
    code,
    message: `${reason} ${detail}`,
    data: { rule: code, title: reason, detail, weight } satisfies GapData,
  };
}

/** The first line of a cell: where what is said of all of it stands. */
export function firstLine(snapshot: Snapshot, cellId: string): Range {
  const line = cellOf(snapshot.notebook, cellId)?.source.split("\n")[0] ?? "";
  return { start: { line: 0, character: 0 }, end: { line: 0, character: line.length } };
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;
