import type { Allowance } from "@lookback/language/leakage/allowances/allowance.ts";
import {
  type AllowancePlace,
  placeAllowance,
} from "@lookback/language/leakage/allowances/place-allowance.ts";
import type { Entry } from "@lookback/language/leakage/chains/one-a-chain.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { type AllowOffer, allowCommand } from "@lookback/protocol/findings.ts";
import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import type { Snapshot } from "../documents.ts";
import { findingDiagnostic } from "../finding-diagnostic.ts";
import { placeIn } from "../places.ts";
import type { Session } from "../session.ts";

/** A comment that allows a finding, and the document that it is written in. */
export interface Allowing {
  readonly title: string;
  readonly uri: string;
  readonly place: AllowancePlace;
}

/** The comments that allow a finding: here, in its cell, in its file; of a step of a chain that stands elsewhere, there. */
export function allowancesOf(
  session: Session,
  snapshot: Snapshot,
  finding: Finding,
  isHere: boolean,
): Allowing[] {
  return scopesOf(finding, isHere).flatMap((scope) => {
    const placed = placedIn(session, snapshot, finding, scope);
    if (placed === null) return [];
    const words = isHere ? where[scope](snapshot.kind) : `at ${finding.link?.label}`;
    return [{ title: `Allow ${finding.rule} ${words}…`, ...placed }];
  });
}

/** Whether any comment can allow a step of an entry. */
export function mayBeAllowed(session: Session, snapshot: Snapshot, { steps }: Entry): boolean {
  return steps.some((step, at) =>
    scopesOf(step, at === 0).some((scope) => placedIn(session, snapshot, step, scope) !== null),
  );
}

function placedIn(
  session: Session,
  snapshot: Snapshot,
  finding: Finding,
  scope: Allowance["scope"],
): Omit<Allowing, "title"> | null {
  const place = placeAllowance(session.python, snapshot.notebook, finding, scope);
  const uri = place === null ? undefined : snapshot.cellUris.get(place.cellId);
  return place === null || uri === undefined ? null : { uri, place };
}

/** What is said of such comments is not allowed by another. */
function scopesOf({ kind }: Finding, isHere: boolean): readonly Allowance["scope"][] {
  if (kind === "suppression") return [];
  return isHere ? scopes : elsewhere;
}

/**
 * To allow a step of an entry as actions. An editor that asks for the reason is handed what to write around it; in any other the reason
 * is left for the person to write, and a comment without one is itself a finding.
 */
export function allowActions(
  session: Session,
  snapshot: Snapshot,
  entry: Entry,
  finding: Finding,
  isHere: boolean,
): CodeAction[] {
  return allowancesOf(session, snapshot, finding, isHere).map(({ title, uri, place }) => {
    const { before, after } = place;
    const { start } = placeIn(snapshot, place.cellId, { start: place.at, end: place.at });
    const offer: AllowOffer = { rule: finding.rule, uri, at: start, before, after };
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [findingDiagnostic(snapshot, entry, session.measured.of(snapshot, entry))],
      ...(session.asksReason
        ? { command: { title, command: allowCommand, arguments: [offer] } }
        : { edit: { changes: { [uri]: [{ range: { start, end: start }, newText: before + after }] } } }),
    };
  });
}

const scopes: readonly Allowance["scope"][] = ["statement", "cell", "file"];

/** Of a step of a chain that stands elsewhere. */
const elsewhere: readonly Allowance["scope"][] = ["statement"];

const where = {
  statement: () => "here",
  cell: () => "in this cell",
  file: (kind: Snapshot["kind"]) => (kind === "notebook" ? "in this notebook" : "in this file"),
} as const;
