import { handler } from "../handler.ts";

export const joinSets = handler("lookback/join/sets", async (session, { uri }) => {
  const snapshot = session.documents.snapshot(uri);
  if (snapshot === null) return [];
  return session.definitions(snapshot).trainingSets.map(({ name, place }) => ({
    name,
    cellId: place.cellId,
    line: place.start.line,
  }));
});
