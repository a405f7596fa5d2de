import { leavesOut, sayLeftOut } from "@lookback/language/leakage/settings/left-out.ts";
import type { Gap } from "@lookback/language/notebook/gap.ts";
import { sayCells, sayUnread } from "@lookback/language/notebook/say-coverage.ts";
import type { SaidFindings, ShownGap } from "@lookback/protocol/findings.ts";
import { isSaidElsewhere, settingsProblems } from "../diagnostics-of.ts";
import type { Snapshot } from "../documents.ts";
import { firstLine } from "../finding-diagnostic.ts";
import { handler } from "../handler.ts";
import type { Session } from "../session.ts";
import { namedFindings, placeOf, shownFinding, shownProblems } from "../shown-findings.ts";

export const findingsList = handler("lookback/findings/list", async (session, { uri }) => {
  const snapshot = session.documents.snapshot(uri);
  return { said: snapshot === null ? null : saidOf(session, snapshot) };
});

function saidOf(session: Session, snapshot: Snapshot): SaidFindings {
  const { coverage, leftOut } = session.analysis(snapshot);
  const { entries, allowed } = namedFindings(session, snapshot);
  return {
    uri: snapshot.uri,
    findings: [
      ...[...entries].map(([id, entry]) =>
        shownFinding(snapshot, id, entry, session.measured.of(snapshot, entry)),
      ),
      ...shownProblems(session, snapshot),
    ],
    allowed: [...allowed].map(([id, { rule, title, cellId, range }]) => ({
      id,
      rule,
      title,
      at: placeOf(snapshot, cellId, range),
    })),
    coverage: {
      said: sayUnread(coverage),
      read: sayCells(coverage),
      cells: coverage.cells.total,
      gaps: coverage.gaps.filter((gap) => !isSaidElsewhere(gap)).map((gap) => shownGap(snapshot, gap)),
    },
    leftOut: [
      ...settingsProblems(session, snapshot),
      ...(leavesOut(leftOut) ? [sayLeftOut(leftOut)].flatMap((said) => said ?? []) : []),
    ],
  };
}

function shownGap(snapshot: Snapshot, { code, weight, reason, means, advice, cellId, range }: Gap): ShownGap {
  const at = cellId === null ? null : placeOf(snapshot, cellId, range ?? firstLine(snapshot, cellId));
  return { code, weight, reason, means, advice, at };
}
