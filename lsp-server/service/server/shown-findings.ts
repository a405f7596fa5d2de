import type { DefinitionProblem } from "@lookback/language/features/model.ts";
import type { Analysis } from "@lookback/language/leakage/analyze.ts";
import { type Entry, oneAChain } from "@lookback/language/leakage/chains/one-a-chain.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { measuredSeverity } from "@lookback/language/leakage/measure/measured-severity.ts";
import type { Measured } from "@lookback/language/leakage/measure/measurement.ts";
import type { Range } from "@lookback/language/notebook/notebook.ts";
import type { Place, ShownFinding } from "@lookback/protocol/findings.ts";
import { fingerprintsOf } from "../cli/check/baseline/fingerprints.ts";
import type { Snapshot } from "./documents.ts";
import { placeIn } from "./places.ts";
import type { Session } from "./session.ts";

/** What is found in a snapshot, and what comments allow, each under an id that stays while lines and cells around it move. A chain is one. */
export interface NamedFindings {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly allowed: ReadonlyMap<string, Finding>;
}

export function namedFindings(session: Session, snapshot: Snapshot): NamedFindings {
  const analysis = session.analysis(snapshot);
  const known = named.get(analysis);
  if (known !== undefined) return known;
  const entries = oneAChain(analysis.findings);
  const prints = fingerprintsOf(snapshot.notebook, [...entries, ...analysis.allowed]);
  // With its rule and cell, so that whoever holds the id of a finding that has changed can look for what it became.
  const idOf = (one: Finding) => `${one.rule} ${one.cellId} ${prints.get(one)}`;
  const names = {
    entries: new Map(entries.map((entry) => [idOf(entry), entry])),
    allowed: new Map(analysis.allowed.map((finding) => [idOf(finding), finding])),
  };
  named.set(analysis, names);
  return names;
}

const named = new WeakMap<Analysis, NamedFindings>();

/** The id of an entry of a snapshot. */
export function entryId(session: Session, snapshot: Snapshot, { steps: [first] }: Entry): string {
  for (const [id, entry] of namedFindings(session, snapshot).entries) if (entry.steps[0] === first) return id;
  return "";
}

/** A place of a cell as a place of its document. */
export function placeOf(snapshot: Snapshot, cellId: string, range: Range): Place {
  return {
    uri: snapshot.cellUris.get(cellId) ?? snapshot.uri,
    cellId,
    range: placeIn(snapshot, cellId, range),
  };
}

/** A leak as a page shows it. */
export function shownFinding(
  snapshot: Snapshot,
  id: string,
  finding: Finding,
  measured: Measured | null,
): ShownFinding {
  const { rule, title, message, why, instead, severity, path } = finding;
  return {
    id,
    rule,
    title,
    message,
    why,
    instead,
    severity: measured === null ? severity : measuredSeverity(severity, measured),
    measured,
    isLeak: true,
    at: placeOf(snapshot, finding.cellId, finding.range),
    path: path.map(({ role, label, cellId, range }) => ({
      role,
      label,
      at: placeOf(snapshot, cellId, range),
    })),
  };
}

/** What is wrong with the feature definitions that stand in a snapshot itself, as a list of findings shows it. */
export function shownProblems(session: Session, snapshot: Snapshot): ShownFinding[] {
  const own = session.problems(snapshot).flatMap(({ place, ...problem }) => {
    const { cellId } = place;
    return cellId !== null && snapshot.cellUris.has(cellId) ? [{ ...problem, range: place, cellId }] : [];
  });
  return own.map(({ code, message, severity, cellId, range }, at) => ({
    id: `${code} ${cellId} ${at}`,
    rule: code,
    title: message,
    message: "",
    why: "",
    instead: "",
    severity: ofProblem[severity],
    measured: null,
    isLeak: false,
    at: placeOf(snapshot, cellId, range),
    path: [],
  }));
}

const ofProblem: Readonly<Record<DefinitionProblem["severity"], ShownFinding["severity"]>> = {
  error: "error",
  warning: "warning",
  hint: "information",
};
