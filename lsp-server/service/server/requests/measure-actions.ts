import type { Finding } from "@lookback/language/leakage/finding.ts";
import { type MeasureOffer, measureCommand } from "@lookback/protocol/measure.ts";
import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import type { Snapshot } from "../documents.ts";
import { findingDiagnostic } from "../finding-diagnostic.ts";
import { placeIn } from "../places.ts";
import type { Session } from "../session.ts";

/** To settle a finding by a count in the notebook's kernel, where the editor can. A script has no kernel. */
export function measureActions(session: Session, snapshot: Snapshot, finding: Finding): CodeAction[] {
  const { rule, cellId, range } = finding;
  const uri = snapshot.cellUris.get(cellId);
  const measurement = session.measures && snapshot.kind === "notebook" ? finding.measurement() : null;
  if (measurement === null || uri === undefined) return [];
  const { asks } = measurement;
  const offer: MeasureOffer = {
    notebook: snapshot.uri,
    uri,
    rule,
    range: placeIn(snapshot, cellId, range),
    asks,
  };
  const title = `Measure it: ${asks}`;
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [findingDiagnostic(snapshot, finding, session.measured.of(snapshot, finding))],
      command: { title, command: measureCommand, arguments: [offer] },
    },
  ];
}
