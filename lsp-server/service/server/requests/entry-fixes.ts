import type { Entry } from "@lookback/language/leakage/chains/one-a-chain.ts";
import type { Fix } from "@lookback/language/leakage/finding.ts";
import type { Snapshot } from "../documents.ts";
import type { Session } from "../session.ts";

/** What fixes one step or more of an entry: those that several steps offer once; of a chain, first those that move the most of it. */
export function entryFixes(session: Session, snapshot: Snapshot, { steps }: Entry): readonly Fix[] {
  const fixes = new Map<string, Fix>();
  for (const step of steps)
    for (const fix of session.fixes(snapshot, step)) {
      const key = JSON.stringify([fix.title, fix.edits]);
      if (!fixes.has(key)) fixes.set(key, fix);
    }
  if (steps.length === 1) return [...fixes.values()];
  const weigh = ({ kind, edits }: Fix) => edits.length + (kind === "automatic" ? 1e6 : 0);
  return [...fixes.values()].sort((a, b) => weigh(b) - weigh(a));
}
