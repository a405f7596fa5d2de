import type { DocumentDiagnosticParams, DocumentDiagnosticReport } from "vscode-languageserver";
import { diagnosticsOf } from "../diagnostics-of.ts";
import { urisOf } from "../documents.ts";
import type { Session } from "../session.ts";
import { settingsDiagnostics } from "../settings-diagnostics.ts";

/** What is wrong in one cell, or in one script. When other cells' answers are no longer true, the editor is asked to ask again. */
export function diagnostics(
  session: Session,
  { textDocument: { uri } }: DocumentDiagnosticParams,
): DocumentDiagnosticReport {
  const snapshot = session.documents.snapshot(uri);
  if (snapshot === null) {
    const settings = session.documents.settingsText(uri);
    return { kind: "full", items: settings === null ? [] : settingsDiagnostics(settings) };
  }
  const items = diagnosticsOf(session, snapshot, uri);
  session.answered.set(uri, JSON.stringify(items));
  for (const other of urisOf(snapshot)) {
    const said = session.answered.get(other);
    if (said === undefined || said === JSON.stringify(diagnosticsOf(session, snapshot, other))) continue;
    session.askAgain();
    break;
  }
  return { kind: "full", items };
}
