import { expect, it } from "vitest";
import { freshStore } from "../fixtures/record-one.ts";
import { at, begin, end, gone, here, kernel, notebook, pass, tell } from "../fixtures/told-journal.ts";
import { listRuns } from "../read/list-runs.ts";
import { showRun } from "../read/show-run.ts";
import type { WritableStore } from "../store/store.ts";
import { type Linter, recordRun } from "./record-run.ts";

const record = (store: WritableStore, linter: Linter | null = null, cells = { a: "a", b: "b" }) =>
  recordRun(store, { sessionId: "s", notebook: "n.ipynb", notebookText: notebook(cells), linter, git: null });

it("keeps a run that a restart cut off apart from the run behind it", async () => {
  const store = await freshStore();
  tell(store, ...kernel(gone), begin("a"), end("a"), begin("b"), ...kernel(here), begin("a"), end("a"));
  const last = await record(store);
  expect(last).toMatchObject({
    outcome: { kind: "ok" },
    cells: [{ cellId: "a" }],
    session: { cellsBefore: 0 },
  });
  const { runs } = await listRuns(store);
  expect(runs).toHaveLength(2);
  const cut = await showRun(store, runs.find(({ id }) => id !== last?.id)!.id);
  expect(cut).toMatchObject({
    outcome: { kind: "interrupted", cellId: "b", cutOff: "restart" },
    durationMs: null,
    environment: { python: `3.${gone}` },
    cells: [{ outcome: "ok" }, { outcome: "interrupted", durationMs: null }],
  });
  expect(await record(store)).toBeNull();
});

it("records what a restart cut off while the kernel that took its place has run nothing, or runs still", async () => {
  const store = await freshStore();
  tell(store, ...kernel(gone), begin("a"), ...kernel(here));
  expect(await record(store)).toMatchObject({
    outcome: { kind: "interrupted", cellId: "a", cutOff: "restart" },
  });
  tell(store, begin("b"));
  expect(await record(store)).toBeNull();
  tell(store, end("b"));
  expect(await record(store)).toMatchObject({ cells: [{ cellId: "b" }], session: { cellsBefore: 0 } });
});

it("says of a cell that was interrupted whether a restart did it, and of one whose kernel just went that it did", async () => {
  const outcomeOf = async (...events: object[]) => {
    const store = await freshStore();
    tell(store, ...events);
    const last = await record(store);
    const { runs } = await listRuns(store);
    return (runs.find(({ id }) => id !== last?.id) ?? runs[0])?.outcome;
  };
  const stop = { ...end("a"), outcome: "interrupted" };
  const again = [...kernel(here), begin("b"), end("b")];
  expect(await outcomeOf(...kernel(gone), begin("a"), stop, ...again)).toEqual({
    kind: "interrupted",
    cellId: "a",
    cutOff: "restart",
  });
  pass(60);
  const late = again.map((event) => ({ at: at(300), ...event }));
  expect(await outcomeOf(...kernel(gone), begin("a"), stop, ...late)).toEqual({
    kind: "interrupted",
    cellId: "a",
  });
  expect(await outcomeOf(...kernel(here), begin("a"), stop)).toEqual({ kind: "interrupted", cellId: "a" });
  expect(await outcomeOf(...kernel(gone), begin("a"))).toEqual({
    kind: "interrupted",
    cellId: "a",
    cutOff: "death",
  });
});

it("takes a kernel that is only named anew for the same", async () => {
  const store = await freshStore();
  tell(store, ...kernel(here), begin("a"), end("a"), ...kernel(here, { ranBefore: 1 }), begin("b"), end("b"));
  expect(await record(store)).toMatchObject({ cells: [{ cellId: "a" }, { cellId: "b" }] });
});

it("tells whoever reads names what the notebook holds of each cell that ran in this kernel, and where the run begins", async () => {
  const store = await freshStore();
  tell(store, ...kernel(here), begin("console-s-1", "x = 1"), end("console-s-1"), begin("old"), end("old"));
  await record(store);
  tell(store, begin("a", "what it was"), end("a"), begin("b"), end("b"));
  const asked: unknown[] = [];
  const linter: Linter = Object.assign(async () => null, {
    goneNames: async (...told: Parameters<NonNullable<Linter["goneNames"]>>) => {
      asked.push(
        told[0].map(({ cellId, state }) => [cellId, state]),
        told[1],
      );
      return [{ cellId: "b", name: "x", definedIn: "old", why: "gone" as const }];
    },
  });
  const run = await record(store, linter);
  expect(asked).toEqual([
    [
      ["console-s-1", "console"],
      ["old", "gone"],
      ["a", "edited"],
      ["b", "here"],
    ],
    2,
  ]);
  expect(run?.goneNames).toHaveLength(1);
  expect(await showRun(store, run!.id)).toEqual(run);
});
