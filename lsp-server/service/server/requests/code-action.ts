import { type Entry, oneAChain } from "@lookback/language/leakage/chains/one-a-chain.ts";
import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import { type ExplainOffer, explainCommand } from "@lookback/protocol/findings.ts";
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Snapshot } from "../documents.ts";
import { findingDiagnostic } from "../finding-diagnostic.ts";
import { belongsTo, placeIn } from "../places.ts";
import type { Session } from "../session.ts";
import { entryId } from "../shown-findings.ts";
import { editsTo } from "../text-changes.ts";
import { allowActions } from "./allow-actions.ts";
import { entryFixes } from "./entry-fixes.ts";
import { measureActions } from "./measure-actions.ts";

/** What fixes all that is safe at once; editors may ask for it when a file is saved. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.lookback`;

/**
 * The fixes of the leaks under the cursor that hold, those that change nothing but the leak first; to settle it by a count; to allow it with a reason; and to have it explained.
 * Any step of a chain stands for all of it.
 * Asked for source actions alone: every automatic fix of the notebook as one edit.
 */
export function codeActions(
  session: Session,
  { textDocument, range, context }: CodeActionParams,
): CodeAction[] {
  const snapshot = session.documents.snapshot(textDocument.uri);
  if (snapshot === null) return [];
  const { only } = context;
  const isWanted = (kind: string) => only?.some((one) => kind === one || kind.startsWith(`${one}.`)) ?? true;
  if (only !== undefined && isWanted(fixAllKind)) return fixAllActions(session, snapshot);
  if (!isWanted(CodeActionKind.QuickFix)) return [];
  const isHere = ({ cellId, range: at }: Finding): boolean =>
    belongsTo(snapshot, textDocument.uri, cellId) && overlaps(placeIn(snapshot, cellId, at), range);
  return oneAChain(session.analysis(snapshot).findings)
    .filter(({ steps }) => steps.some(isHere))
    .flatMap((entry) => [
      ...fixActions(session, snapshot, entry),
      ...measureActions(session, snapshot, entry),
      ...entry.steps.flatMap((step) => allowActions(session, snapshot, entry, step, isHere(step))),
      ...explainActions(session, snapshot, entry),
    ]);
}

/** To see a finding on a page of its own, where the editor has one. */
function explainActions(session: Session, snapshot: Snapshot, entry: Entry): CodeAction[] {
  if (!session.explainsFindings) return [];
  const title = `Explain ${entry.rule}`;
  const { rule } = entry;
  const offer: ExplainOffer = { uri: snapshot.uri, finding: entryId(session, snapshot, entry), rule };
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [findingDiagnostic(snapshot, entry, session.measured.of(snapshot, entry))],
      command: { title, command: explainCommand, arguments: [offer] },
    },
  ];
}

/** The fixes that hold; where none does, that there is none and why, for an editor that shows what cannot be done. */
function fixActions(session: Session, snapshot: Snapshot, entry: Entry): CodeAction[] {
  const { fixes, whyNone } = entryFixes(session, snapshot, entry);
  if (whyNone === null || !session.showsDisabled)
    return fixes.map((fix) => actionOf(session, snapshot, entry, fix));
  return [
    {
      title: `Fix ${entry.rule}`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [findingDiagnostic(snapshot, entry, session.measured.of(snapshot, entry))],
      disabled: { reason: whyNone },
    },
  ];
}

function actionOf(session: Session, snapshot: Snapshot, finding: Finding, fix: Fix): CodeAction {
  const changes = changesOf(snapshot, fix.edits);
  const isLookedAt = fix.kind === "suggestion" && session.confirmsEdits;
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [findingDiagnostic(snapshot, finding, session.measured.of(snapshot, finding))],
    isPreferred: fix.kind === "automatic",
    edit: isLookedAt ? toLookAt(changes, fix.title) : { changes },
  };
}

/** Every automatic fix, one after the other, as one edit; nothing where there is none. */
function fixAllActions(session: Session, snapshot: Snapshot): CodeAction[] {
  const edits = editsTo(snapshot, session.fixedAll(snapshot));
  if (edits.length === 0) return [];
  return [{ title: "Fix all that is safe", kind: fixAllKind, edit: { changes: changesOf(snapshot, edits) } }];
}

function changesOf(snapshot: Snapshot, edits: Fix["edits"]): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const { cellId, range, newText } of edits) {
    const uri = snapshot.cellUris.get(cellId);
    if (uri === undefined) continue;
    changes[uri] = [...(changes[uri] ?? []), { range: placeIn(snapshot, cellId, range), newText }];
  }
  return changes;
}

/** An edit that the editor shows, and makes once somebody has looked at it. */
function toLookAt(changes: Readonly<Record<string, TextEdit[]>>, title: string): WorkspaceEdit {
  return {
    documentChanges: Object.entries(changes).map(([uri, edits]) => ({
      textDocument: { uri, version: null },
      edits: edits.map((edit) => ({ ...edit, annotationId: "suggestion" })),
    })),
    changeAnnotations: {
      suggestion: {
        label: title,
        needsConfirmation: true,
        description: "Changes more than the leak: look at it before you take it.",
      },
    },
  };
}

function overlaps(a: Range, b: Range): boolean {
  const before = (x: Range["start"], y: Range["start"]) =>
    x.line < y.line || (x.line === y.line && x.character <= y.character);
  return before(a.start, b.end) && before(b.start, a.end);
}
