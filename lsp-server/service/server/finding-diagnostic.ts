import type { DefinitionProblem } from "@lookback/language/features/model.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { Snapshot } from "./documents.ts";
import { placeIn } from "./places.ts";

/** A finding as an editor shows it. `data` holds everything a tooltip says and the edits of its fixes, in cells' coordinates. */
export function findingDiagnostic(snapshot: Snapshot, finding: Finding): Diagnostic {
  const { rule, title, message, why, instead, path, fixes } = finding;
  return {
    range: placeIn(snapshot, finding.cellId, finding.range),
    severity: severities[finding.severity],
    source: "lookback",
    code: rule,
    message: `${title}. ${message} ${instead}`,
    relatedInformation: path.flatMap((step) => {
      const uri = snapshot.cellUris.get(step.cellId);
      return uri === undefined
        ? []
        : [{ location: { uri, range: placeIn(snapshot, step.cellId, step.range) }, message: step.label }];
    }),
    data: { rule, title, message, why, instead, path, fixes },
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
    data: { rule: problem.code, title: problem.message },
  };
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;
