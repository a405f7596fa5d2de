import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshStore } from "../fixtures/record-one.ts";
import { begin, end, gone, here, kernel, notebook, opened, tell } from "../fixtures/told-journal.ts";
import { listRuns } from "../read/list-runs.ts";
import { showRun } from "../read/show-run.ts";
import type { WritableStore } from "../store/store.ts";
import { recordRun } from "./record-run.ts";
import { recoverRuns } from "./recover-runs.ts";

const score = (cell: string) => ({ t: "metric", cell, name: `of-${cell}`, value: 1, rows: null });
const ran = (cell: string) => [begin(cell), score(cell), end(cell)];
const record = (store: WritableStore, name: string, ...ids: string[]) =>
  recordRun(store, {
    sessionId: "s",
    notebook: name,
    notebookText: notebook(ids),
    linter: null,
    git: null,
  });

async function twoNotebooks(pid = here): Promise<WritableStore> {
  const store = await freshStore();
  for (const [name, id] of [
    ["one.ipynb", "a"],
    ["two.ipynb", "b"],
  ] as const)
    writeFileSync(join(store.root, name), notebook([`${id}1`, `${id}2`]));
  tell(store, ...kernel(pid, { notebook: "one.ipynb" }), opened(pid, { notebook: "two.ipynb" }));
  return store;
}

it("gives each of two notebooks on one kernel the run of its own cells, whoever asks first", async () => {
  const store = await twoNotebooks();
  tell(store, ...ran("a1"), ...ran("b1"), ...ran("a2"), ...ran("b-not-saved"));
  const two = await record(store, "two.ipynb", "b1", "b-not-saved");
  expect(two?.cells.map(({ cellId }) => cellId)).toEqual(["b1", "b-not-saved"]);
  expect(two?.metrics.map(({ name }) => name)).toEqual(["of-b1", "of-b-not-saved"]);
  expect(await record(store, "two.ipynb", "b1", "b-not-saved")).toBeNull();
  const one = await record(store, "one.ipynb", "a1", "a2");
  expect(one).toMatchObject({ cells: [{ cellId: "a1" }, { cellId: "a2" }], session: { cellsBefore: 0 } });
  expect(one?.metrics.map(({ name }) => name)).toEqual(["of-a1", "of-a2"]);
  expect(await record(store, "one.ipynb", "a1", "a2")).toBeNull();
  expect(two?.session.cellsBefore).toBe(1);
  expect(two?.notes).toEqual([
    { code: "ledger/other-notebook", message: "1 cell of `one.ipynb` ran in this kernel before." },
  ]);
});

it("does not take a cell that runs meanwhile for ended, nor what it tells for another's", async () => {
  const store = await twoNotebooks();
  tell(store, ...ran("a1"), ...ran("b1"));
  await record(store, "two.ipynb", "b1", "b2");
  tell(store, begin("b2"));
  expect(await record(store, "one.ipynb", "a1", "a2")).toBeNull();
  tell(store, score("b2"), end("b2"));
  expect((await record(store, "one.ipynb", "a1", "a2"))?.metrics.map(({ name }) => name)).toEqual(["of-a1"]);
  expect((await record(store, "two.ipynb", "b1", "b2"))?.metrics.map(({ name }) => name)).toEqual(["of-b2"]);
  expect((await listRuns(store)).runs).toHaveLength(3);
});

it("takes a cell that its file holds, or that no other notebook could have run, for one deleted from it", async () => {
  const store = await twoNotebooks();
  tell(store, ...ran("a1"));
  expect(await record(store, "one.ipynb", "a2")).toMatchObject({ cells: [{ cellId: "a1", index: null }] });
  rmSync(join(store.root, "two.ipynb"));
  tell(store, ...ran("renamed"));
  expect(await record(store, "one.ipynb", "a2")).toMatchObject({ cells: [{ cellId: "renamed" }] });
  const alone = await freshStore();
  tell(alone, ...kernel(here, { notebook: "one.ipynb" }), ...ran("deleted"));
  expect(await record(alone, "one.ipynb", "a1")).toMatchObject({ cells: [{ cellId: "deleted" }] });
});

it("recovers a run for each of them", async () => {
  const store = await twoNotebooks(gone);
  tell(store, ...ran("a1"), ...ran("b1"), ...ran("a2"));
  const runs = await recoverRuns(store, null);
  expect(runs.map((run) => [run.notebook, run.cells.map(({ cellId }) => cellId)])).toEqual([
    ["one.ipynb", ["a1", "a2"]],
    ["two.ipynb", ["b1"]],
  ]);
  expect(await showRun(store, runs[0]!.id)).toEqual(runs[0]);
  expect(await recoverRuns(store, null)).toEqual([]);
});
