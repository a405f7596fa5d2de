import { compareStored } from "@lookback/kernel-bridge/ledger/compare/compare-stored.ts";
import { findRun } from "@lookback/kernel-bridge/ledger/read/find-run.ts";
import type { Comparison } from "@lookback/protocol/compare.ts";
import { handler } from "../handler.ts";
import type { Ledger } from "../ledgers.ts";

/** Runs of any open folder; notebooks and files are named as the editor names them. */
export const runsCompare = handler("lookback/runs/compare", async (session, { ids }) => {
  const ledgers = await Promise.all(
    ids.map((id) =>
      session.ledgers.withRun(id, async (ledger) => (await findRun(ledger.store, id)) && ledger),
    ),
  );
  const comparison = await compareStored(ids.map((id, at) => ({ id, store: ledgers[at]!.store })));
  return named(comparison, ledgers);
});

function named({ runs, pair, ...rest }: Comparison, ledgers: readonly Ledger[]): Comparison {
  const [left, right] = ledgers;
  return {
    ...rest,
    runs: runs.map((run, at) => ({
      ...run,
      summary: { ...run.summary, notebook: ledgers[at]!.toEditor(run.summary.notebook) },
    })),
    pair: pair && {
      ...pair,
      data: pair.data.map((each) => ({
        ...each,
        ...(each.kind === "file" || each.kind === "folder"
          ? {
              path: (each.right === null ? left! : right!).toEditor(each.path),
              leftPath: each.leftPath && left!.toEditor(each.leftPath),
            }
          : {}),
      })),
    },
  };
}
