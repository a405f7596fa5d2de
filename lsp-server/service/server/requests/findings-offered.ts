import { handler } from "../handler.ts";
import { namedFindings } from "../shown-findings.ts";
import { mayBeAllowed } from "./allow-actions.ts";

export const findingsOffered = handler("lookback/findings/offered", async (session, { uri }) => {
  const snapshot = session.documents.snapshot(uri);
  if (snapshot === null) return { offered: null };
  const entries = [...namedFindings(session, snapshot).entries];
  return {
    offered: {
      fixes: entries.flatMap(([id, { steps }]) => (steps.some((step) => step.plan().length > 0) ? [id] : [])),
      allowances: entries.flatMap(([id, entry]) => (mayBeAllowed(session, snapshot, entry) ? [id] : [])),
    },
  };
});
