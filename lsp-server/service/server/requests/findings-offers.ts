import { cellOf } from "@lookback/language/notebook/notebook.ts";
import type { ShownAllowance } from "@lookback/protocol/findings.ts";
import type { Snapshot } from "../documents.ts";
import { handler } from "../handler.ts";
import { placeIn } from "../places.ts";
import { namedFindings } from "../shown-findings.ts";
import { textChanges } from "../text-changes.ts";
import { type Allowing, allowancesOf } from "./allow-actions.ts";
import { entryFixes } from "./entry-fixes.ts";
import { measureOffer } from "./measure-actions.ts";

export const findingsOffers = handler("lookback/findings/offers", async (session, { uri, finding: id }) => {
  const snapshot = session.documents.snapshot(uri);
  const entry = snapshot === null ? undefined : namedFindings(session, snapshot).entries.get(id);
  if (snapshot === null || entry === undefined) return { offers: null };
  const { fixes, whyNone } = entryFixes(session, snapshot, entry);
  return {
    offers: {
      fixes: fixes.map(({ title, kind, edits }) => ({
        title,
        kind,
        changes: textChanges(snapshot, edits),
      })),
      whyNoFix: whyNone,
      measure: measureOffer(session, snapshot, entry),
      allowances: entry.steps.flatMap((step, at) =>
        allowancesOf(session, snapshot, step, at === 0).map((one) => shownAllowance(snapshot, one)),
      ),
    },
  };
});

/** A comment as an edit of the line that it is written at: one that has changed meanwhile is not written to. */
function shownAllowance(snapshot: Snapshot, { title, place, uri }: Allowing): ShownAllowance {
  const { cellId, at, before, after } = place;
  const replaced = cellOf(snapshot.notebook, cellId)?.source.split("\n")[at.line] ?? "";
  const range = {
    start: { line: at.line, character: 0 },
    end: { line: at.line, character: replaced.length },
  };
  return {
    title,
    at: { uri, cellId, range: placeIn(snapshot, cellId, range) },
    replaced,
    before: replaced.slice(0, at.character) + before,
    after: after + replaced.slice(at.character),
  };
}
