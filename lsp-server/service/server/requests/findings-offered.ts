import { setImmediate } from "node:timers/promises";
import type { Fix } from "@lookback/language/leakage/finding.ts";
import { handler } from "../handler.ts";
import { namedFindings } from "../shown-findings.ts";
import { mayBeAllowed } from "./allow-actions.ts";
import { entryFixes } from "./entry-fixes.ts";

export const findingsOffered = handler("lookback/findings/offered", async (session, { uri }, { signal }) => {
  const snapshot = session.documents.snapshot(uri);
  if (snapshot === null) return { offered: null };
  const [fixes, allowances]: [string[], string[]] = [[], []];
  const { entries } = namedFindings(session, snapshot);
  // Whoever types meanwhile is answered first, and asks again about what is written then.
  const isOver = async (): Promise<boolean> => {
    await setImmediate();
    return signal.aborted || session.documents.snapshot(uri) !== snapshot;
  };
  for (const [id, entry] of entries) {
    if (await isOver()) return { offered: null };
    if (entry.isPlanned()) fixes.push(id);
    if (mayBeAllowed(session, snapshot, entry)) allowances.push(id);
  }
  for (const entry of entries.values()) {
    if (!entry.isPlanned(isSafe)) continue;
    if (await isOver()) return { offered: null };
    if (entryFixes(session, snapshot, entry).fixes.some(isSafe))
      return { offered: { fixes, allowances, isAnySafe: true } };
  }
  return { offered: { fixes, allowances, isAnySafe: false } };
});

function isSafe({ kind }: Pick<Fix, "kind">): boolean {
  return kind === "automatic";
}
