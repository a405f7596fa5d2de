import type { Finding } from "@lookback/language/leakage/finding.ts";
import { type MeasureOffer, measureCommand } from "@lookback/protocol/measure.ts";
import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import type { Snapshot } from "../documents.ts";
import { findingDiagnostic } from "../finding-diagnostic.ts";
import { placeIn } from "../places.ts";
import type { Session } from "../session.ts";

/** To settle a finding by a count in the notebook's kernel, where the editor can. */
export function measureActions(session: Session, snapshot: Snapshot, finding: Finding): CodeAction[] {
  const offer = measureOffer(session, snapshot, finding);
  if (offer === null) return [];
  const title = `Measure it: ${offer.asks}`;
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [findingDiagnostic(snapshot, finding, session.measured.of(snapshot, finding))],
      command: { title, command: measureCommand, arguments: [offer] },
    },
  ];
}

/** The count that settles a finding; null where there is none, or nobody to count: a script has no kernel. */
export function measureOffer(session: Session, snapshot: Snapshot, finding: Finding): MeasureOffer | null {
  const { rule, cellId, range } = finding;
  const uri = snapshot.cellUris.get(cellId);
  const measurement = session.measures && snapshot.kind === "notebook" ? finding.measurement() : null;
  if (measurement === null || uri === undefined) return null;
  const at = placeIn(snapshot, cellId, range);
  return { notebook: snapshot.uri, uri, rule, range: at, asks: measurement.asks };
}
