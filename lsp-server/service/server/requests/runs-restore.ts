import { access } from "node:fs/promises";
import { dirname, extname, relative, resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { writeAtomically } from "@lookback/kernel-bridge/objects/write-atomically.ts";
import { handler } from "../handler.ts";

export const runsRestore = handler("lookback/runs/restore", async (session, { id }) => {
  const store = await session.store();
  const { root } = session.world;
  const run = await showRun(store, id);
  const { toEditor } = await session.names();
  const original = resolve(root, toEditor(run.notebook));
  if (relative(root, original).startsWith("..")) {
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
  return { path: relative(root, path).replaceAll("\\", "/") };
});

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
