import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import type { RunSummary } from "@lookback/protocol/runs.ts";
import { failureData } from "../failure-data.ts";
import { handler } from "../handler.ts";

/** The runs of every open folder in one list, and beside them what is recorded and cannot be read. A ledger that cannot be read leaves the others their rows, and is named in `problems`. */
export const runsList = handler("lookback/runs/list", async (session, { notebook, limit = 500 }) => {
  const { ledgers, failures } = await session.ledgers.all();
  const lists = await Promise.allSettled(
    ledgers.map(async ({ store, toEditor }) => {
      const { runs, unreadable } = await listRuns(store);
      const named = (name: string | null) => (name === null ? null : toEditor(name));
      return {
        runs: runs.map((run) => ({ ...run, notebook: toEditor(run.notebook) })),
        unreadable: unreadable.map((run) => ({ ...run, notebook: named(run.notebook) })),
      };
    }),
  );
  const read = lists.flatMap((list) => (list.status === "fulfilled" ? [list.value] : []));
  const unread = [...failures, ...lists.flatMap((list) => (list.status === "rejected" ? [list.reason] : []))];
  if (read.length === 0 && unread.length > 0) throw unread[0];
  const [only] = read;
  const runs =
    only !== undefined && read.length === 1 ? only.runs : read.flatMap((list) => list.runs).sort(newestFirst);
  const isWanted = (run: { readonly notebook: string | null }) =>
    notebook === undefined || run.notebook === null || run.notebook === notebook;
  const wanted = notebook === undefined ? runs : runs.filter(isWanted);
  return {
    runs: wanted.slice(0, limit),
    total: wanted.length,
    unreadable: read.flatMap((list) => list.unreadable).filter(isWanted),
    problems: unread.map(failureData),
  };
});

/** Ids begin with the moment they were made. */
function newestFirst(a: RunSummary, b: RunSummary): number {
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}
