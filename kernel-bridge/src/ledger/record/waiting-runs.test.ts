import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshStore } from "../fixtures/record-one.ts";
import { begin, end, gone, here, kernel, notebook, tell } from "../fixtures/told-journal.ts";
import { watchWaiting } from "../read/watch-waiting.ts";
import { recordRun } from "./record-run.ts";
import { type WaitingRun, waitingRuns } from "./waiting-runs.ts";

it("knows which cell runs, where the notebook has it, and since when, until it is recorded", async () => {
  const store = await freshStore();
  writeFileSync(join(store.root, "n.ipynb"), notebook(["a", "b"]));
  tell(store, ...kernel(here), begin("a"), end("a"), begin("b"));
  expect(await waitingRuns(store)).toMatchObject([
    {
      session: "s",
      notebook: "n.ipynb",
      cells: 2,
      state: "running",
      last: { cellId: "b", index: 1, source: "b", endedAt: null },
    },
  ]);
  tell(store, end("b"));
  expect(await waitingRuns(store)).toMatchObject([{ state: "ended", last: { cellId: "b" } }]);
  await recordRun(store, {
    sessionId: "s",
    notebook: "n.ipynb",
    notebookText: notebook(["a", "b"]),
    linter: null,
    git: null,
  });
  expect(await waitingRuns(store)).toEqual([]);
  tell(store, begin("new"));
  expect(await waitingRuns(store)).toMatchObject([{ cells: 1, state: "running", last: { index: null } }]);
});

it("keeps what a restart cut off apart from what runs behind it", async () => {
  const store = await freshStore();
  tell(store, ...kernel(gone), begin("a"), ...kernel(here), begin("b"));
  expect(await waitingRuns(store)).toMatchObject([
    { state: "gone", cells: 1, last: { cellId: "a" } },
    { state: "running", cells: 1, last: { cellId: "b" } },
  ]);
});

it("takes a cell for the notebook's that has it, of two on one kernel", async () => {
  const store = await freshStore();
  writeFileSync(join(store.root, "n.ipynb"), notebook(["a"]));
  writeFileSync(join(store.root, "other.ipynb"), notebook(["b"]));
  tell(store, ...kernel(here), ...kernel(here, { notebook: "other.ipynb" }), begin("a"));
  expect(await waitingRuns(store)).toMatchObject([{ notebook: "n.ipynb", last: { index: 0 } }]);
});

it("knows the notebook by its cell's name where the kernel started before anybody knew", async () => {
  const store = await freshStore();
  const cell = `vscode-notebook-cell:${encodeURI(join(store.root, "my runs", "n.ipynb"))}#W1sZmlsZQ%3D%3D`;
  tell(store, ...kernel(here, { notebook: "unnamed.ipynb" }), begin(cell));
  expect(await waitingRuns(store)).toMatchObject([{ notebook: "my runs/n.ipynb", state: "running" }]);
});

it("is heard of as it changes, of what a kernel in another process does too", async () => {
  const store = await freshStore();
  const heard: (readonly WaitingRun[])[] = [];
  const stop = watchWaiting(store, (runs) => heard.push(runs));
  try {
    tell(store, ...kernel(here), begin("a"));
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toMatchObject([{ state: "running" }]);
    tell(store, end("a"));
    await expect.poll(() => heard.length).toBe(2);
    expect(heard[1]).toMatchObject([{ state: "ended" }]);
  } finally {
    stop();
  }
  tell(store, begin("b"));
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(heard).toHaveLength(2);
});
