import type { Entry } from "@lookback/language/leakage/chains/one-a-chain.ts";
import type { Fix } from "@lookback/language/leakage/finding.ts";
import type { Offered } from "@lookback/language/leakage/fixes/proven-fixes.ts";
import type { Snapshot } from "../documents.ts";
import type { Session } from "../session.ts";

/** What fixes one step or more of an entry, or why nothing does: what several steps offer once; of a chain, first what moves the most of it. */
export function entryFixes(session: Session, snapshot: Snapshot, { steps }: Entry): Offered {
  const fixes = new Map<string, Fix>();
  const why: string[] = [];
  for (const step of steps) {
    const { fixes: own, whyNone } = session.fixes(snapshot, step);
    if (whyNone !== null) why.push(whyNone);
    for (const fix of own) {
      const key = JSON.stringify([fix.title, fix.edits]);
      if (!fixes.has(key)) fixes.set(key, fix);
    }
  }
  if (fixes.size === 0) return { fixes: [], whyNone: sentenceOf(why[0]) };
  const weigh = ({ kind, edits }: Fix) => edits.length + (kind === "automatic" ? 1e6 : 0);
  const inOrder =
    steps.length === 1 ? [...fixes.values()] : [...fixes.values()].sort((a, b) => weigh(b) - weigh(a));
  return { fixes: inOrder, whyNone: null };
}

function sentenceOf(text: string | undefined): string | null {
  return text === undefined ? null : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
