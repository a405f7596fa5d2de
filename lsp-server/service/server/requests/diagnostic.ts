import type { Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport } from "vscode-languageserver";
import type { Snapshot } from "../documents.ts";
import { findingDiagnostic, problemDiagnostic } from "../finding-diagnostic.ts";
import { belongsTo } from "../places.ts";
import type { Session } from "../session.ts";

/** Everything wrong in one cell, or in one script: leaks first, then feature definitions. When other cells' answers are no longer true, the editor is asked to ask again. */
export function diagnostics(
  session: Session,
  { textDocument: { uri } }: DocumentDiagnosticParams,
): DocumentDiagnosticReport {
  const snapshot = session.documents.snapshot(uri);
  if (snapshot === null) return { kind: "full", items: [] };
  const items = itemsOf(session, snapshot, uri);
  session.answered.set(uri, JSON.stringify(items));
  for (const other of new Set(snapshot.cellUris.values())) {
    const said = session.answered.get(other);
    if (said === undefined || said === JSON.stringify(itemsOf(session, snapshot, other))) continue;
    session.askAgain();
    break;
  }
  return { kind: "full", items };
}

function itemsOf(session: Session, snapshot: Snapshot, uri: string): Diagnostic[] {
  return [
    ...session
      .analysis(snapshot)
      .findings.filter((finding) => belongsTo(snapshot, uri, finding.cellId))
      .map((finding) => findingDiagnostic(snapshot, finding)),
    ...session
      .problems(snapshot)
      .filter((problem) => belongsTo(snapshot, uri, problem.place.cellId))
      .map((problem) => problemDiagnostic(snapshot, problem)),
  ];
}
