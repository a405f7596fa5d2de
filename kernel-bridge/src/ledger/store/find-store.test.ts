import { mkdtempSync, readdirSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkStore } from "../check/check-store.ts";
import { recordOne } from "../fixtures/record-one.ts";
import { listRuns } from "../read/list-runs.ts";
import { readRunNotebook } from "../read/read-run-notebook.ts";
import { showRun } from "../read/show-run.ts";
import { watchRuns } from "../read/watch-runs.ts";
import { restoreRun } from "../restore/restore-run.ts";
import { findStore } from "./find-store.ts";
import { layStoreIfThere } from "./lay-store.ts";
import { openStore } from "./open-store.ts";

it("reads a store that is not there as an empty one, and creates nothing", async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "lookback-find-")));
  const store = await findStore(folder);
  expect(await listRuns(store)).toEqual({ runs: [], unreadable: [] });
  for (const read of [showRun, readRunNotebook, (at: typeof store, id: string) => restoreRun(at, id, folder)])
    await expect(read(store, "01ABC")).rejects.toMatchObject({ code: "ledger/no-such-run" });
  expect(await checkStore(store)).toMatchObject({ runs: 0, faults: [], strays: [] });
  expect(await layStoreIfThere(store)).toBeNull();
  (await watchRuns(store, () => undefined))();
  expect(readdirSync(folder)).toEqual([]);
});

it("hears of the first run of a store that somebody lays later", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lookback-find-"));
  const heard: (string | null)[] = [];
  const stop = await watchRuns(await findStore(folder), (id) => heard.push(id));
  const { id } = await recordOne(await openStore(folder), "s");
  await expect.poll(() => heard, { timeout: 5_000 }).toEqual([id]);
  stop();
});
