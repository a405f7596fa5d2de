import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Range,
  type TextEdit,
} from "vscode-languageserver";
import type { Snapshot } from "../documents.ts";
import { findingDiagnostic } from "../finding-diagnostic.ts";
import { belongsTo, placeIn } from "../places.ts";
import type { Session } from "../session.ts";
import { allowActions } from "./allow-actions.ts";

/** The fixes of the leaks under the cursor, those that change nothing but the leak first; and, last, to allow it with a reason. */
export function codeActions(session: Session, { textDocument, range }: CodeActionParams): CodeAction[] {
  const snapshot = session.documents.snapshot(textDocument.uri);
  if (snapshot === null) return [];
  return session
    .analysis(snapshot)
    .findings.filter((finding) => belongsTo(snapshot, textDocument.uri, finding.cellId))
    .filter((finding) => overlaps(placeIn(snapshot, finding.cellId, finding.range), range))
    .flatMap((finding) => [
      ...session.fixes(snapshot, finding).map((fix) => actionOf(snapshot, finding, fix)),
      ...allowActions(session, snapshot, finding),
    ]);
}

function actionOf(snapshot: Snapshot, finding: Finding, fix: Fix): CodeAction {
  const changes: Record<string, TextEdit[]> = {};
  for (const { cellId, range, newText } of fix.edits) {
    const uri = snapshot.cellUris.get(cellId);
    if (uri === undefined) continue;
    changes[uri] = [...(changes[uri] ?? []), { range: placeIn(snapshot, cellId, range), newText }];
  }
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [findingDiagnostic(snapshot, finding)],
    isPreferred: fix.kind === "automatic",
    edit: { changes },
  };
}

function overlaps(a: Range, b: Range): boolean {
  const before = (x: Range["start"], y: Range["start"]) =>
    x.line < y.line || (x.line === y.line && x.character <= y.character);
  return before(a.start, b.end) && before(b.start, a.end);
}
