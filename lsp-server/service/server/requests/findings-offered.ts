import { setImmediate } from "node:timers/promises";
import { handler } from "../handler.ts";
import { namedFindings } from "../shown-findings.ts";
import { mayBeAllowed } from "./allow-actions.ts";

export const findingsOffered = handler("lookback/findings/offered", async (session, { uri }, { signal }) => {
  const snapshot = session.documents.snapshot(uri);
  if (snapshot === null) return { offered: null };
  const [fixes, allowances]: [string[], string[]] = [[], []];
  for (const [id, entry] of namedFindings(session, snapshot).entries) {
    // Whoever types meanwhile is answered first, and asks again about what is written then.
    await setImmediate();
    if (signal.aborted || session.documents.snapshot(uri) !== snapshot) return { offered: null };
    if (entry.isPlanned()) fixes.push(id);
    if (mayBeAllowed(session, snapshot, entry)) allowances.push(id);
  }
  return { offered: { fixes, allowances } };
});
