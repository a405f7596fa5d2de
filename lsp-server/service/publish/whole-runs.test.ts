import { appendRun } from "@lookback/kernel-bridge/ledger/fixtures/append-run.ts";
import { freshStore } from "@lookback/kernel-bridge/ledger/fixtures/record-one.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { sha256 } from "@lookback/kernel-bridge/ledger/format/split-notebook.ts";
import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import { expect, it } from "vitest";
import { wholeRuns } from "./whole-runs.ts";

it("ships no kept honest score, which nobody ran, though it ran all of the notebook as it is with its fixes", async () => {
  const store = await freshStore();
  const now = notebookOf("n.ipynb", [{ id: "c0", source: "x = 1" }]);
  const cells = [
    { cellId: "c0", sourceSha256: sha256("x = 1"), outcome: "ok", edited: false },
  ] as unknown as Run["cells"];
  const kept = { kind: "honest", run: null, asWritten: { name: "auc", value: 0.9 }, fixes: [] } as const;
  await appendRun(store, { cells, origin: kept });
  expect(await wholeRuns(store, "n.ipynb", now)).toEqual({ ships: null, newerOfOther: null });
  const own = await appendRun(store, { cells, origin: { kind: "own" } });
  await appendRun(store, { cells, origin: kept });
  expect((await wholeRuns(store, "n.ipynb", now)).ships?.id).toBe(own.id);
});
