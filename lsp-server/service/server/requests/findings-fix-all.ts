import { handler } from "../handler.ts";
import { editsTo, textChanges } from "../text-changes.ts";

export const findingsFixAll = handler("lookback/findings/fix-all", async (session, { uri }) => {
  const snapshot = session.documents.snapshot(uri);
  if (snapshot === null) return { changes: [] };
  return { changes: textChanges(snapshot, editsTo(snapshot, session.fixedAll(snapshot))) };
});
