import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aMetric } from "@lookback/kernel-bridge/ledger/fixtures/a-metric.ts";
import { appendRun } from "@lookback/kernel-bridge/ledger/fixtures/append-run.ts";
import { pinRun, unpinRun } from "@lookback/kernel-bridge/ledger/pins/pins.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it } from "vitest";
import type { Io } from "../command.ts";
import { deleteCommand } from "../runs/delete.ts";
import { lineage } from "./lineage.ts";

const sha = (letter: string) => letter.repeat(64);

/** raw.csv (from outside) → clean → clean.csv → train → model.joblib, deployed; and a reader of clean.csv under another name. */
async function workspace() {
  const cwd = mkdtempSync(join(tmpdir(), "lookback-lineage-"));
  const store = await openStore(cwd);
  const use = (access: "read" | "write", path: string, letter: string) => ({
    access,
    path,
    sha256: sha(letter),
  });
  const at = (second: number) => `2026-03-01T10:00:0${second}.000Z`;
  const clean = await appendRun(store, {
    notebook: "clean.ipynb",
    startedAt: at(1),
    uses: [use("read", "raw.csv", "a"), use("write", "clean.csv", "b")],
  });
  const cell = {
    cellId: "c0",
    index: 0,
    startedAt: at(2),
    durationMs: 1,
    outcome: "ok" as const,
    sourceSha256: sha("0"),
    console: null,
    edited: false,
  };
  const train = await appendRun(store, {
    notebook: "train.ipynb",
    startedAt: at(2),
    uses: [use("read", "clean.csv", "b"), use("write", "model.joblib", "c")],
    cells: [cell],
    metrics: [aMetric({ name: "auc", value: 0.75, rows: 3, cellId: "c0" })],
  });
  const look = await appendRun(store, {
    notebook: "look.ipynb",
    startedAt: at(3),
    uses: [use("read", "copy.csv", "b")],
  });
  await pinRun(store, "late@1", train.id);
  const out: string[] = [];
  const err: string[] = [];
  const { signal } = new AbortController();
  const io: Io = {
    cwd,
    env: process.env,
    out: (t) => void out.push(t),
    err: (t) => void err.push(t),
    signal,
  };
  const short = ({ id }: { id: string }, second: number, notebook: string) =>
    `run ${id.slice(0, 14)}  2026-03-01 10:00  ${notebook}${second === 2 ? "  auc 0.7500" : ""}`;
  return {
    io,
    store,
    runs: { clean, train, look },
    said: {
      clean: short(clean, 1, "clean.ipynb"),
      train: short(train, 2, "train.ipynb"),
      look: short(look, 3, "look.ipynb"),
    },
    take: () => out.splice(0).join(""),
  };
}

it("draws what a run rests on and what rests on it, and says what is not known", async () => {
  const { io, runs, said, take } = await workspace();
  expect(await lineage.run([runs.train.id], io)).toBe(0);
  expect(take()).toBe(`rests on
  ${said.train}
  └ read clean.csv  bbbbbbbbbbbb
    └ written by ${said.clean}
      └ read raw.csv  aaaaaaaaaaaa  from outside: no recorded run wrote it

what rests on it
  ${said.train}
  ├ wrote model model.joblib  cccccccccccc
  └ deployed as late@1
`);
});

it("says which runs saw a file, under whatever name, and what breaks without it", async () => {
  const { io, said, take } = await workspace();
  await lineage.run(["clean.csv", "--down"], io);
  expect(take()).toBe(`what rests on it
  clean.csv  bbbbbbbbbbbb
  └ read by ${said.train}
    ├ wrote model model.joblib  cccccccccccc
    └ deployed as late@1
`);
  await lineage.run([`clean.csv@${sha("b").slice(0, 8)}`, "--up"], io);
  expect(take()).toContain(`  clean.csv  bbbbbbbbbbbb\n  └ written by ${said.clean}\n`);
  await expect(lineage.run(["clean.csv@0123456"], io)).rejects.toMatchObject({ code: "lineage/not-known" });
  await expect(lineage.run(["odd.csv"], io)).rejects.toMatchObject({ code: "lineage/not-known" });
});

it("follows a deployment, also one that rests on its run no longer", async () => {
  const { io, store, said, take } = await workspace();
  await unpinRun(store, "late@1");
  await lineage.run(["late", "--down"], io);
  const day = new Date().toISOString().slice(0, 10);
  expect(take()).toContain(
    `  ${said.train}\n  ├ wrote model model.joblib  cccccccccccc\n  └ deployed as late@1, until ${day}\n`,
  );
});

it("says where a number comes from", async () => {
  const { io, runs, said, take } = await workspace();
  await lineage.run([runs.train.id, "--metric", "auc"], io);
  expect(take()).toContain(`auc 0.75, computed by cell 1 of run ${runs.train.id}
  read   clean.csv  bbbbbbbbbbbb
  after  1 cell of that run
  No model was fitted in this run before it.

rests on
  ${said.train}
  └ read clean.csv  bbbbbbbbbbbb
`);
  await expect(lineage.run([runs.train.id, "--metric", "f1"], io)).rejects.toMatchObject({
    code: "lineage/no-such-metric",
    advice: "It has auc.",
  });
});

it("deletes what nothing rests on, warns, refuses, and brings back", async () => {
  const { io, runs, take } = await workspace();
  await expect(deleteCommand.run([runs.clean.id, "--yes"], io)).rejects.toMatchObject({
    code: "delete/rested-on",
  });
  expect(await deleteCommand.run([runs.look.id, "--json"], io)).toBe(0);
  expect(JSON.parse(take())).toMatchObject({ deleted: [runs.look.id], warnings: [], refused: [] });
  await deleteCommand.run(["--list"], io);
  expect(take()).toContain(`${runs.look.id}  look.ipynb  deleted by `);
  await deleteCommand.run(["--undo", runs.look.id], io);
  expect(take()).toBe(`${runs.look.id} is back\n`);
  await expect(deleteCommand.run([], io)).rejects.toMatchObject({ code: "delete/usage" });
});
