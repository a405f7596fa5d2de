import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import type { RunSummary } from "@lookback/protocol/runs.ts";
import { failureData } from "../failure-data.ts";
import { handler } from "../handler.ts";

/** The runs of every open folder in one list. A ledger that cannot be read leaves the others their rows, and is named in `problems`. */
export const runsList = handler("lookback/runs/list", async (session, { notebook, limit = 500 }) => {
  const { ledgers, failures } = await session.ledgers.all();
  const lists = await Promise.allSettled(
    ledgers.map(async ({ store, toEditor }) =>
      (await listRuns(store)).map((run) => ({ ...run, notebook: toEditor(run.notebook) })),
    ),
  );
  const read = lists.flatMap((list) => (list.status === "fulfilled" ? [list.value] : []));
  const unread = [...failures, ...lists.flatMap((list) => (list.status === "rejected" ? [list.reason] : []))];
  if (read.length === 0 && unread.length > 0) throw unread[0];
  const runs = read.length === 1 ? (read[0] ?? []) : read.flat().sort(newestFirst);
  const wanted = notebook === undefined ? runs : runs.filter((run) => run.notebook === notebook);
  return { runs: wanted.slice(0, limit), total: wanted.length, problems: unread.map(failureData) };
});

/** Ids begin with the moment they were made. */
function newestFirst(a: RunSummary, b: RunSummary): number {
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}
