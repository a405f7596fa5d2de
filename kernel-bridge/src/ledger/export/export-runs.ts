import { Failure } from "../../failure.ts";
import { readIndex } from "../index/run-index.ts";
import { findIn } from "../read/find-run.ts";
import type { WritableStore } from "../store/store.ts";
import { whileUsed } from "../store/use-data.ts";
import { exportDvc } from "./export-dvc.ts";
import { type ExportForm, layExport } from "./export-folder.ts";
import { exportLfs } from "./export-lfs.ts";
import { exportOpenLineage } from "./export-open-lineage.ts";
import { exportedFiles } from "./exported-files.ts";

/** What an export wrote. */
export interface ExportDone {
  /** Ids, oldest first. */
  readonly runs: readonly string[];
  readonly files: number;
  /** Bytes that the data takes there: each version of a file whole. */
  readonly bytes: number;
  /** A sentence for each thing that is not there. */
  readonly missing: readonly string[];
}

export interface Exporting {
  readonly form: ExportForm;
  /** Absolute. */
  readonly folder: string;
  /** Ids or beginnings of them; all runs where there are none. */
  readonly runs: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress: (says: string) => void;
}

/** Writes runs and their data into a folder in a form that other tools read. What was written before stays. Fails with `export/not-empty`, `export/no-folder` or `export/stopped`. */
export async function exportRuns(
  store: WritableStore,
  { form, folder, runs: wanted, signal, onProgress }: Exporting,
): Promise<ExportDone> {
  const index = await readIndex(store);
  const entries = wanted.length === 0 ? index.entries : wanted.map((id) => findIn(index, id));
  const ids = [...new Set(entries.map(({ summary }) => summary.id))].sort();
  await layExport(folder, form);
  let count = 0;
  const goOn = (of: string) => () => {
    if (signal.aborted)
      throw new Failure("export/stopped", "Stopped. What was written stays, and is not all.", {
        advice: "The same export again writes the rest.",
      });
    count++;
    if (count % 100 === 0) onProgress(`Writing ${of.replace("#", String(count))}`);
  };
  return whileUsed(store, async () => {
    if (form === "openlineage") {
      await exportOpenLineage(store, folder, ids, goOn(`events: run # of ${ids.length}`));
      return { runs: ids, files: 0, bytes: 0, missing: [] };
    }
    const { runs, missing } = await exportedFiles(store, ids);
    const files = runs.reduce((sum, each) => sum + each.files.length, 0);
    const write = form === "lfs" ? exportLfs : exportDvc;
    const bytes = await write(store, folder, runs, goOn(`data: # of ${files} files`));
    return { runs: ids, files, bytes, missing };
  });
}
