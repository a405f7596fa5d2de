import { mkdir, realpath } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { NotRestored } from "@lookback/kernel-bridge/ledger/restore/contents-of-run.ts";
import { whyNoPlace } from "@lookback/kernel-bridge/ledger/restore/place-in.ts";
import { restoreInputs } from "@lookback/kernel-bridge/ledger/restore/restore-inputs.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import type { PlannedCell } from "./plan-cells.ts";
import { restoreModules } from "./workspace-modules.ts";

/** What a run began with, laid out again. */
export interface LaidWorkspace {
  /** Without links. */
  readonly root: string;
  /** The notebook's path in it. */
  readonly notebook: string;
  /** Where its kernel works. */
  readonly cwd: string;
  /** Inputs that could not be had. */
  readonly missing: readonly NotRestored[];
  /** Inputs that changed while the run read them. */
  readonly unstable: readonly string[];
  /** Why modules of the workspace may not be what they were; null where they are. */
  readonly modules: string | null;
}

/** Writes what the runs of one session read, and the Python modules of the last of them, below an empty folder, where `cells` are to run. */
export async function layWorkspace(
  store: Store,
  runs: readonly [...Run[], Run],
  cells: readonly PlannedCell[],
  folder: string,
): Promise<LaidWorkspace> {
  const run = runs.at(-1)!;
  await mkdir(folder, { recursive: true });
  const root = await realpath(folder);
  const datasets = runs.flatMap((each) => each.datasets);
  const { missing, unstable } = await restoreInputs(store, run, datasets, root);
  const modules = await restoreModules(store, run, root);
  const notebook =
    whyNoPlace(run.notebook) === null ? run.notebook : posix.basename(run.notebook.replaceAll("\\", "/"));
  const cwd = join(root, dirname(notebook));
  await mkdir(cwd, { recursive: true });
  await makeFolders(root, datasets, cells);
  return { root, notebook, cwd, missing, unstable, modules };
}

/** Folders that were there for what was written: a run does not record them. Cells that make folders make theirs. */
async function makeFolders(
  root: string,
  datasets: Run["datasets"],
  cells: readonly PlannedCell[],
): Promise<void> {
  if (cells.some(({ source }) => /mkdir|makedirs/.test(source))) return;
  for (const { access, path } of datasets)
    if (access === "write" && whyNoPlace(path) === null)
      await mkdir(join(root, posix.dirname(path)), { recursive: true });
}
