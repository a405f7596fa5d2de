import { expect, it } from "vitest";
import { z } from "zod";
import { journalSchema } from "../../journal/journal-schema.ts";
import { sampleModel } from "../compare/fixtures/sample-side.ts";
import { aMetric } from "../fixtures/a-metric.ts";
import { readRun, writeRun } from "./read-run.ts";
import type { CellRun, Run } from "./run.ts";

const cell = {
  cellId: "c",
  index: 0,
  startedAt: "2026-01-01T00:00:00.000Z",
  sourceSha256: "aa",
  edited: false,
};
const run: Run = {
  id: "01KAGZ0000000000000000RUN1",
  notebook: "n.ipynb",
  startedAt: cell.startedAt,
  durationMs: 1,
  outcome: { kind: "ok" },
  session: { startedFrom: null, id: "s", cellsBefore: 0, journalEnd: 0 },
  author: null,
  cells: [{ ...cell, outcome: "ok", durationMs: 1 } as CellRun],
  cellCount: 1,
  datasets: [],
  models: [],
  metrics: [aMetric({ name: "auc", value: 0.5, rows: 3, cellId: "c" })],
  tables: [],
  tags: [],
  remarks: [],
  parameters: {},
  environment: {
    python: "3.12.1",
    platform: "Linux",
    packages: {},
    processor: null,
    processors: null,
    memoryBytes: null,
    gpus: null,
    variables: null,
  },
  git: null,
  trust: null,
  goneNames: null,
  notes: [],
  origin: { kind: "own" },
};
const added = { gpuMs: z.number().nullable().default(null) };

it("reads a run as it was written", () => {
  expect(readRun(writeRun(run))).toMatchObject(run);
});

it("says null for a field that came after the run was recorded, and its value for one that came before", () => {
  const schema = {
    ...journalSchema,
    done: { ...journalSchema.done, ...added },
    metric: { ...journalSchema.metric, ...added },
    environment: { ...journalSchema.environment, ...added },
  };
  const newer = { ...run, metrics: [{ ...run.metrics[0]!, gpuMs: 7 }] };
  expect(readRun(writeRun(newer), schema)).toMatchObject({
    ...run,
    cells: [{ ...run.cells[0], gpuMs: null }],
    metrics: [{ ...run.metrics[0], gpuMs: 7 }],
    environment: { ...run.environment, gpuMs: null },
  });
});

it("keeps the order of what was written, for an index and the record it is of are compared as texts", () => {
  const schema = { ...journalSchema, metric: { ...added, ...journalSchema.metric } };
  const newer = { ...run, metrics: [{ ...run.metrics[0]!, gpuMs: 7 }] };
  expect(JSON.stringify(readRun(writeRun(newer), schema))).toBe(JSON.stringify(readRun(writeRun(newer))));
});

it("says null of why something was kept of a model, and in which cell, before there were other reasons than scores", () => {
  const before = { sha256: "aa", size: 1, stored: true };
  const written = JSON.parse(writeRun({ ...run, models: [sampleModel()] }));
  Object.assign(written.models[0], { kept: before, samples: [{ ...before, rows: 2, of: 3 }] });
  expect(readRun(JSON.stringify(written)).models).toMatchObject([
    {
      kept: { ...before, why: null },
      samples: [{ ...before, rows: 2, of: 3, why: null, cellId: null }],
    },
  ]);
});

it("reads a run of before it was kept who ran it, where, and with what changes", () => {
  const git = { head: "a".repeat(40), branch: "main", dirty: true };
  const { author, session, ...before } = JSON.parse(writeRun({ ...run, git: { ...git, changes: null } }));
  const { startedFrom, ...kept } = session;
  expect(readRun(JSON.stringify({ ...before, session: kept, git }))).toMatchObject({
    author: null,
    session: { ...kept, startedFrom: null },
    git: { ...git, changes: null },
  });
});

it("says of a run of before it was kept that it is not known whether somebody ran it, and writes a kept honest score so that no reader of before takes it for one that somebody did", () => {
  const { origin, ...before } = JSON.parse(writeRun(run));
  expect(origin).toEqual({ kind: "own" });
  expect(readRun(JSON.stringify(before)).origin).toBeNull();
  expect(before.v).toBe(2);
  const honest = { kind: "honest", run: null, asWritten: { name: "auc", value: 0.9 }, fixes: [] } as const;
  const text = writeRun({ ...run, origin: honest });
  expect(JSON.parse(text).v).toBe(3);
  expect(readRun(text).origin).toEqual(honest);
});

it.each(["../../elsewhere", "01KAGZ0000000000000000RUN1/x", "", "01kagz0000000000000000run1"])(
  "reads no run whose id is %j: folders are called after runs",
  (id) => {
    expect(() => readRun(writeRun({ ...run, id }))).toThrow(
      expect.objectContaining({ code: "ledger/run-unreadable" }),
    );
  },
);
