import { access } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { writeAtomically } from "@lookback/kernel-bridge/objects/write-atomically.ts";
import { handler } from "../handler.ts";

export const runsRestore = handler("lookback/runs/restore", (session, { id }) =>
  session.ledgers.withRun(id, async ({ store }) => {
    const run = await showRun(store, id);
    const original = resolve(store.root, run.notebook);
    if (!session.folders.contains(original)) {
      throw new Failure(
        "runs/outside",
        `${original} lies outside the folder that is open. Nothing was restored.`,
        {
          advice: "Use: lookback restore RUN --to DIR",
        },
      );
    }
    const path = await freePath(original, run.id);
    await writeAtomically(path, await readRunNotebook(store, run.id));
    return { path: session.folders.named(path) };
  }),
);

/** Beside the original, named after the run; numbered when that is taken. */
async function freePath(original: string, id: string): Promise<string> {
  const extension = extname(original) || ".ipynb";
  const stem = original.slice(0, original.length - extname(original).length);
  for (let number = 1; ; number++) {
    const name = `${stem}-${id.slice(-6).toLowerCase()}${number === 1 ? "" : `-${number}`}${extension}`;
    const path = resolve(dirname(original), name);
    const taken = await access(path).then(
      () => true,
      () => false,
    );
    if (!taken) return path;
  }
}
