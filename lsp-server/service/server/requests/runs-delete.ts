import { deleteRuns, planDelete } from "@lookback/kernel-bridge/ledger/delete/delete-runs.ts";
import { deletedRuns } from "@lookback/kernel-bridge/ledger/delete/deleted-runs.ts";
import { authorAt } from "@lookback/kernel-bridge/ledger/marks/author.ts";
import { handler } from "../handler.ts";

export const runsDelete = handler("lookback/runs/delete", (session, { ids, confirmed }) =>
  session.ledgers.withRun(ids[0] ?? "", async ({ store, writable, toEditor }) => {
    const plan = await planDelete(store, ids);
    const may = plan.refused.length === 0 && (confirmed || plan.warnings.length === 0);
    if (may) await deleteRuns(await writable(), ids, { by: await authorAt(store.root), confirmed });
    if (may) session.tellOfRun(null);
    return {
      ...plan,
      runs: plan.runs.map((run) => ({ ...run, notebook: toEditor(run.notebook) })),
      warnings: plan.warnings.map((warning) =>
        warning.kind !== "dependant"
          ? warning
          : {
              ...warning,
              notebook: toEditor(warning.notebook),
              path: warning.path === null ? null : toEditor(warning.path),
            },
      ),
      deleted: may,
    };
  }),
);

export const runsDeleted = handler("lookback/runs/deleted", async (session) => {
  const { ledgers, failures } = await session.ledgers.all();
  // Of a folder that cannot be looked at nobody knows which are deleted.
  if (failures.length > 0) throw failures[0];
  const lists = await Promise.all(
    ledgers.map(async ({ store, toEditor }) =>
      (await deletedRuns(store)).map((run) => ({
        ...run,
        notebook: run.notebook === null ? null : toEditor(run.notebook),
      })),
    ),
  );
  return { runs: lists.flat().sort((a, b) => (a.at < b.at ? 1 : -1)) };
});
