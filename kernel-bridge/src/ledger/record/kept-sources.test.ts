import { createHash } from "node:crypto";
import { afterEach, expect, it, vi } from "vitest";
import { compareStored } from "../compare/compare-stored.ts";
import { freshStore, journalCell, record, recordOne } from "../fixtures/record-one.ts";
import { cellHistory } from "../history/cell-history.ts";
import { readRanSources } from "../read/ran-sources.ts";
import { readRunNotebook } from "../read/read-run-notebook.ts";
import { sourcesOfRun } from "../read/sources-of-run.ts";
import { recordRun } from "./record-run.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

afterEach(() => vi.unstubAllEnvs());

it("keeps what ran in a cell that was edited before its run ended, beside the notebook as it was then", async () => {
  const store = await freshStore();
  journalCell(store, "s", "x = 1");
  const run = (await record(store, "s", "x = 2"))!;
  expect(run.cells).toMatchObject([{ edited: true, sourceSha256: sha256("x = 1") }]);
  const kept = await readRanSources(store, run);
  expect([...kept]).toEqual([[sha256("x = 1"), "x = 1"]]);
  const notebook = await readRunNotebook(store, run.id);
  expect(Buffer.from(notebook).toString()).toContain("x = 2");
  expect(sourcesOfRun(run, notebook, kept)).toEqual(["x = 1"]);
  const { versions } = await cellHistory(store, "n.ipynb", "c0");
  expect(versions.map(({ source }) => source)).toEqual(["x = 1"]);
});

it("compares what ran, line by line", async () => {
  const store = await freshStore();
  const plain = await recordOne(store, "s1", "x = 3");
  journalCell(store, "s2", "x = 1");
  const edited = (await record(store, "s2", "x = 2"))!;
  const { pair } = await compareStored([plain, edited].map(({ id }) => ({ store, id })));
  expect(pair?.cells.rows).toMatchObject([
    { state: "changed", lines: [{ text: "x = 3" }, { text: "x = 1" }] },
  ]);
});

it("keeps what ran in a cell that is gone, without the secrets in it", async () => {
  const store = await freshStore();
  const value = "f81bfe0f6d2f4b0d9c1a7e5d3b8c4e21";
  vi.stubEnv("WANDB_API_KEY", value);
  journalCell(store, "s", `login("${value}")`);
  const notebookText = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  const run = (await recordRun(store, {
    sessionId: "s",
    notebook: "n.ipynb",
    notebookText,
    linter: null,
    git: null,
  }))!;
  const kept = await readRanSources(store, run);
  expect([...kept.values()]).toEqual(['login("[redacted]")']);
  expect(sourcesOfRun(run, notebookText, kept)).toEqual(['login("[redacted]")']);
});

it("keeps nothing twice", async () => {
  const store = await freshStore();
  const run = await recordOne(store, "s", "x = 1");
  expect(await readRanSources(store, run)).toEqual(new Map());
  expect(sourcesOfRun(run, await readRunNotebook(store, run.id), new Map())).toEqual(["x = 1"]);
});
