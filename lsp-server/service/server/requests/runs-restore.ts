import { readFile, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { restoreBeside, restoreInPlace } from "@lookback/kernel-bridge/ledger/restore/restore-run.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { unsavedCells } from "../../publish/unsaved-cells.ts";
import { handler } from "../handler.ts";
import type { Session } from "../session.ts";

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
      if (inPlace && (await isUnsaved(session, original)))
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

/** Whether an editor has it open, under whatever name a link gives it, and shows other code than the file holds. */
async function isUnsaved({ documents }: Session, path: string): Promise<boolean> {
  const realOf = (each: string) => realpath(each).catch(() => each);
  const real = await realOf(path);
  let open: ReturnType<Session["documents"]["all"]>[number] | undefined;
  for (const each of documents.all())
    if (each.uri.startsWith("file:") && (await realOf(fileURLToPath(each.uri))) === real) open = each;
  const bytes = open === undefined ? null : await readFile(path).catch(() => null);
  if (open === undefined || bytes === null) return open !== undefined;
  return unsavedCells(readNotebook(bytes, pathToFileURL(path).href).value, open.notebook) !== null;
}
