import { counted } from "../../counted.ts";
import type { Run, RunOrigin } from "../format/run.ts";
import type { WritableStore } from "../store/store.ts";

/** The ledger of the workspace that a run ran in a copy of, and what it is kept of. */
export interface CopyOf {
  readonly ledger: WritableStore;
  readonly origin: RunOrigin;
}

/**
 * A run that ran in a copy of its workspace, as the workspace's ledger has it. What it wrote lay in the copy alone, and a file of that name in the workspace is not by this run:
 * neither that it was written nor that it was read again is among its data, and a note says so.
 */
export function ranInCopy(run: Run): Run {
  const written = new Set(run.datasets.flatMap(({ access, path }) => (access === "write" ? [path] : [])));
  if (written.size === 0) return run;
  const [first = "", ...more] = [...written].sort();
  const what = more.length === 0 ? `${first} was` : `${first} and ${counted(more.length, "more file")} were`;
  return {
    ...run,
    datasets: run.datasets.filter(({ path }) => !written.has(path)),
    models: run.models.map((model) => ({ ...model, saved: [] })),
    notes: [
      ...run.notes,
      {
        code: "copy/written",
        message: `${what} written in the copy that it ran in, which is gone: nothing of that is kept.`,
      },
    ],
  };
}
