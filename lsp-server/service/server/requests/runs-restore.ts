import { resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { restoreBeside, restoreInPlace } from "@lookback/kernel-bridge/ledger/restore/restore-run.ts";
import { handler } from "../handler.ts";
import { isUnsaved } from "../is-unsaved.ts";

export const runsRestore = handler(
  "lookback/runs/restore",
  (session, { id, data = false, inPlace = false, force = false }) =>
    session.ledgers.withRun(id, async ({ store }) => {
      const { notebook } = await showRun(store, id);
      const original = resolve(store.root, notebook);
      if (!session.folders.contains(original)) {
        throw new Failure(
          "runs/outside",
          `${original} lies outside the folder that is open. Nothing was restored.`,
          {
            advice: "Use: lookback restore RUN --to DIR",
          },
        );
      }
      if (inPlace && (await isUnsaved(session.documents, original)))
        throw new Failure("restore/open", `${notebook} has unsaved edits. Nothing was restored.`, {
          advice: "Save it or undo them first, or restore beside it.",
        });
      const restored = inPlace
        ? await restoreInPlace(store, id, { data, force })
        : await restoreBeside(store, id, { data });
      const named = (path: string) => session.folders.named(path);
      return {
        path: named(restored.written[0]!),
        written: restored.written.map(named),
        missing: [...restored.missing],
        unstable: [...restored.unstable],
        replaced: restored.replaced.map(({ path, copy }) => ({ path: named(path), copy })),
      };
    }),
);
