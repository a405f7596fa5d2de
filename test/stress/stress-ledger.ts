import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkStore } from "@lookback/kernel-bridge/ledger/check/check-store.ts";
import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import { recoverRuns } from "@lookback/kernel-bridge/ledger/record/recover-runs.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect } from "vitest";
import { buildLedger, startLister, startRecorder, wrongWith } from "./ledger-processes.ts";

/** Two processes record into one store, two list it meanwhile: at any moment every acknowledged run is listed, once. */
export async function recordAndList(runsEach: number): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "lookback-stress-"));
  buildLedger(root);
  const acknowledged = new Set<string>();
  const recorders = ["a", "b"].map((name) =>
    startRecorder(root, name, runsEach, (id) => acknowledged.add(id)),
  );
  const listers = [startLister(root), startLister(root)];
  let open = true;
  const watching = listers.map(async (lister) => {
    const wrong: string[] = [];
    while (open) {
      const before = [...acknowledged];
      wrong.push(...wrongWith(await lister.ask(), before));
    }
    return wrong;
  });
  await Promise.all(recorders.map(({ ended }) => ended));
  open = false;
  expect((await Promise.all(watching)).flat()).toEqual([]);
  expect(acknowledged.size).toBe(2 * runsEach);
  for (const lister of listers) {
    expect((await lister.ask()).sort()).toEqual([...acknowledged].sort());
    lister.stop();
  }
  await expectSound(root);
}

/**
 * Two processes record until they are killed, at some moment, many times; a third lists meanwhile, and each time what they left is
 * recovered as at a start. Nothing acknowledged is lost, doubled or unlisted. Answers how long each recovery took, in milliseconds.
 */
export async function killWhileRecording(kills: number): Promise<readonly number[]> {
  const root = mkdtempSync(join(tmpdir(), "lookback-kill-"));
  buildLedger(root);
  const store = await openStore(root);
  const acknowledged = new Set<string>();
  const lister = startLister(root);
  const recoveryMs: number[] = [];
  for (let trial = 0; trial < kills / 2; trial++) {
    let alive = 2;
    const recorders = ["a", "b"].map(async (name) => {
      const { child, ended } = startRecorder(root, `${name}${trial}`, 1_000, (id) => acknowledged.add(id));
      await new Promise((resolve) => child.stdout?.once("data", resolve));
      await sleep(Math.random() * 250);
      child.kill("SIGKILL");
      await ended;
      alive--;
    });
    while (alive > 0) {
      const before = [...acknowledged];
      expect(wrongWith(await lister.ask(), before)).toEqual([]);
    }
    await Promise.all(recorders);
    const began = performance.now();
    const recovered = await recoverRuns(store, null);
    recoveryMs.push(performance.now() - began);
    // Each journal holds one cell: what was journaled is recorded, once, by whoever came to it.
    expect(recovered.length).toBeLessThanOrEqual(2);
    for (const { id } of recovered) acknowledged.add(id);
  }
  const { runs, unreadable } = await listRuns(store);
  expect(unreadable).toEqual([]);
  expect(
    wrongWith(
      runs.map(({ id }) => id),
      acknowledged,
    ),
  ).toEqual([]);
  expect(wrongWith(await lister.ask(), acknowledged)).toEqual([]);
  lister.stop();
  await expectSound(root);
  return recoveryMs;
}

async function expectSound(root: string): Promise<void> {
  const store = await openStore(root);
  const { faults, runs } = await checkStore(store);
  expect(faults).toEqual([]);
  execFileSync("git", ["fsck", "--full", "--strict"], { cwd: store.gitdir, stdio: "pipe" });
  const copy = join(root, "copy");
  execFileSync("git", ["clone", "-q", store.gitdir, copy], { stdio: "pipe" });
  expect(execFileSync("git", ["ls-files", "run.json"], { cwd: copy, encoding: "utf8" })).toBe("run.json\n");
  expect(runs).toBe((await listRuns(store)).runs.length);
}
