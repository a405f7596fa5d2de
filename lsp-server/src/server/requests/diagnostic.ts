import type { DocumentDiagnosticParams, DocumentDiagnosticReport } from "vscode-languageserver";
import { findingDiagnostic, problemDiagnostic } from "../finding-diagnostic.ts";
import { belongsTo } from "../places.ts";
import type { Session } from "../session.ts";

/** Everything wrong in one cell, or in one script: leaks first, then feature definitions. */
export function diagnostics(
  session: Session,
  { textDocument }: DocumentDiagnosticParams,
): DocumentDiagnosticReport {
  const snapshot = session.documents.snapshot(textDocument.uri);
  if (snapshot === null) return { kind: "full", items: [] };
  const { findings } = session.analysis(snapshot);
  const problems = session.problems(snapshot);
  return {
    kind: "full",
    items: [
      ...findings
        .filter((finding) => belongsTo(snapshot, textDocument.uri, finding.cellId))
        .map((finding) => findingDiagnostic(snapshot, finding)),
      ...problems
        .filter((problem) => belongsTo(snapshot, textDocument.uri, problem.place.cellId))
        .map((problem) => problemDiagnostic(snapshot, problem)),
    ],
  };
}
