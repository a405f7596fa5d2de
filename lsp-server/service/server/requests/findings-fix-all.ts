import { cellOf } from "@lookback/language/notebook/notebook.ts";
import { handler } from "../handler.ts";
import { becomes, textChanges } from "../text-changes.ts";

export const findingsFixAll = handler("lookback/findings/fix-all", async (session, { uri }) => {
  const snapshot = session.documents.snapshot(uri);
  if (snapshot === null) return { changes: [] };
  const edits = session.fixedAll(snapshot).cells.flatMap((cell) => {
    const before = cellOf(snapshot.notebook, cell.id)?.source ?? "";
    return before === cell.source ? [] : [becomes(cell.id, before, cell.source)];
  });
  return { changes: textChanges(snapshot, edits) };
});
