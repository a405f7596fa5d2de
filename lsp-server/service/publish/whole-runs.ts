import { headlineMetric } from "@lookback/kernel-bridge/ledger/format/headline-metric.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { ranWhole, withCode } from "../files/ran-whole.ts";

/** The runs that decide what may ship. */
export interface WholeRuns {
  /** The newest in which every code cell ran as the notebook has it now, without an error; null when there is none among the last 50. */
  readonly ships: Run | null;
  /** The newest that ran all of a notebook that was other than it is now, after `ships`; null when there is none. */
  readonly newerOfOther: Run | null;
}

/** Looks at a notebook's runs that ended well, newest first, until one is of the notebook as it is now. */
export async function wholeRuns(store: Store, path: string, now: Notebook): Promise<WholeRuns> {
  const wanted = withCode(now);
  const runs = (await listRuns(store)).runs.filter(
    (each) => each.notebook === path && each.outcome.kind === "ok" && each.origin?.kind !== "honest",
  );
  let newerOfOther: Run | null = null;
  for (const { id } of runs.slice(0, 50)) {
    const run = await showRun(store, id);
    if (ranWhole(run, wanted)) return { ships: run, newerOfOther };
    if (newerOfOther === null && (await isWhole(store, run))) newerOfOther = run;
  }
  return { ships: null, newerOfOther };
}

/** The run's headline score in words; what a person compares two runs by. */
export function scoreText(run: Pick<Run, "cells" | "models" | "metrics">): string {
  const metric = headlineMetric(run);
  return metric === null ? "no score" : `${metric.name} ${Number(metric.value.toPrecision(6))}`;
}

/** Whether a run executed every code cell that its notebook held when it ended, as it held it. */
async function isWhole(store: Store, run: Run): Promise<boolean> {
  const { value } = readNotebook(await readRunNotebook(store, run.id), run.notebook);
  const ran = new Set(run.cells.filter((cell) => !cell.edited).map((cell) => cell.cellId));
  const cells = withCode(value);
  return cells.length > 0 && cells.every((cell) => ran.has(cell.id));
}
