import type { RunMarks } from "../format/run.ts";
import { noMarks } from "../format/run-summary.ts";
import { readIndex } from "../index/run-index.ts";
import { findIn } from "../read/find-run.ts";
import type { Store } from "../store/store.ts";
import { foldMarks } from "./fold-marks.ts";

/** What was said of a run, found as `findRun` finds it. */
export async function marksOf(
  store: Store,
  id: string,
): Promise<{ readonly run: string; readonly marks: RunMarks }> {
  const index = await readIndex(store);
  const run = findIn(index, id).summary.id;
  return { run, marks: foldMarks(index.events).get(run) ?? noMarks };
}
