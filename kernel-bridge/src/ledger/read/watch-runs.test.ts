import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { recordRun } from "../record/record-run.ts";
import { openStore } from "../store/open-store.ts";
import { journalPath } from "../store/store.ts";
import { watchRuns } from "./watch-runs.ts";

it("hears of each run once, until it is stopped", async () => {
  const store = await openStore(mkdtempSync(join(tmpdir(), "lookback-watch-")));
  const heard: (string | null)[] = [];
  const stop = await watchRuns(store, (id) => heard.push(id));
  const record = async (sessionId: string) => {
    const at = "2026-01-02T03:04:05.000Z";
    const events = [
      { t: "session", at, notebook: "n.ipynb", pid: process.pid, cwd: "/" },
      { t: "cell", at, cell: "c0", source: "x", sha256: "0".repeat(64) },
      { t: "done", at, cell: "c0", outcome: "ok", error: null, durationMs: 1 },
    ];
    writeFileSync(
      journalPath(store, sessionId),
      events.map((event) => `${JSON.stringify(event)}\n`).join(""),
    );
    const notebookText = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n';
    return (await recordRun(store, { sessionId, notebook: "n.ipynb", notebookText, linter: null }))?.id;
  };
  const first = await record("one");
  await expect.poll(() => heard).toEqual([first]);
  const second = await record("two");
  await expect.poll(() => heard).toEqual([first, second]);
  stop();
  await record("three");
  await sleep(400);
  expect(heard).toEqual([first, second]);
});
