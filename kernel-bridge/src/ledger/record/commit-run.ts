import { appendCommit } from "../chain/append-commit.ts";
import { lfsPointer } from "../format/lfs-pointer.ts";
import { writeRun } from "../format/read-run.ts";
import type { Run } from "../format/run.ts";
import { addToIndex } from "../index/index-file.ts";
import { indexEntry } from "../index/run-index.ts";
import type { WritableStore } from "../store/store.ts";

/** Appends a run to this process's chain, with its notebook as `splitNotebook` has it, and beside it what ran that the notebook does not hold. Durable when this returns. */
export async function commitRun(
  store: WritableStore,
  run: Run,
  notebook: ReadonlyMap<string, string>,
  diff: string | null,
  sources: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const files = new Map([["run.json", writeRun(run)]]);
  if (diff !== null) files.set("git/changes.diff", diff);
  for (const [path, text] of notebook) files.set(`nb/${path}`, text);
  for (const [sha256, text] of sources) files.set(`ran/${sha256}`, text);
  for (const [at, { sha256: oid, size }] of run.datasets.entries()) {
    if (oid !== null) files.set(`data/${at}.ptr`, lfsPointer(oid, size));
  }
  for (const [at, { kept, samples }] of run.models.entries()) {
    const objects = kept === null ? samples : [kept, ...samples];
    for (const [each, { sha256: oid, size, stored }] of objects.entries())
      if (stored) files.set(`models/${at}-${each}.ptr`, lfsPointer(oid, size));
  }
  files.set("env/packages.json", JSON.stringify(run.environment.packages));
  const place = await appendCommit(store, {
    files,
    message: `${run.notebook} ${run.id}`,
    timestamp: Date.parse(run.startedAt),
  });
  await addToIndex(store, [indexEntry(run, place)]);
}
