import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkStore } from "@lookback/kernel-bridge/ledger/check/check-store.ts";
import { readIndex } from "@lookback/kernel-bridge/ledger/index/run-index.ts";
import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import { recoverRuns } from "@lookback/kernel-bridge/ledger/record/recover-runs.ts";
import { waitingRuns } from "@lookback/kernel-bridge/ledger/record/waiting-runs.ts";
import { pull } from "@lookback/kernel-bridge/ledger/remotes/pull.ts";
import { addRemote } from "@lookback/kernel-bridge/ledger/remotes/remote-list.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import type { WritableStore } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { expect } from "vitest";
import { buildLedger, startWorker } from "./ledger-processes.ts";

/** What a process was told is done, in one workspace. */
interface Acknowledged {
  readonly store: WritableStore;
  readonly ran: Set<string>;
  readonly deleted: Set<string>;
  /** Run → tags. */
  readonly tags: Map<string, string[]>;
}

/** What was acknowledged anywhere. */
interface Everywhere {
  /** Runs of which a deletion was begun: until it is acknowledged they are there or not. */
  readonly deleting: Set<string>;
  readonly pushed: Set<string>;
  /** Whether some bytes may rightly not be stored. */
  wasFull: boolean;
}

type Disk = "whole" | "full" | "small";

/**
 * Two workspaces that share a folder; processes do anything in them and are killed at some moment, `kills` times. Half of the time
 * two work in one workspace, half of the time the disk is full now and then. After each kill what was left is recovered, and nothing
 * that was acknowledged is lost, doubled, unlisted or damaged; what was sent can be fetched by anybody. Answers how long each recovery took, in
 * milliseconds.
 */
export async function killWhileSharing(kills: number): Promise<readonly number[]> {
  const recoveryMs: number[] = [];
  const disks: readonly Disk[] = ["whole", "full", "whole", canMount() ? "small" : "full"];
  for (let killed = 0, round = 0; killed < kills; round++) {
    const disk = disks[round % disks.length]!;
    const root = mkdtempSync(join(tmpdir(), "lookback-share-"));
    if (disk === "small") mount(root, "size=64m");
    try {
      const most = Math.min(kills - killed, killsOfRoot, Math.ceil(kills / 2));
      recoveryMs.push(...(await killIn(root, disk, most)));
      killed += most;
    } finally {
      if (disk === "small") execFileSync("umount", ["-l", root]);
    }
    rmSync(root, { recursive: true, force: true });
  }
  return recoveryMs;
}

/** A store that has grown takes long to verify. */
const killsOfRoot = 40;

async function killIn(root: string, disk: Disk, kills: number): Promise<number[]> {
  buildLedger(root);
  const address = join(root, "team");
  mkdirSync(address);
  const everywhere: Everywhere = { deleting: new Set(), pushed: new Set(), wasFull: disk !== "whole" };
  const places = await Promise.all(["ann", "bob"].map((name) => workspace(join(root, name), address)));
  const recoveryMs: number[] = [];
  for (let killed = 0, trial = 0; killed < kills; trial++) {
    const [first, second] = trial % 2 === 0 ? [places[0]!, places[0]!] : [places[0]!, places[1]!];
    if (disk === "small")
      mount(root, `remount,size=${usedKilobytes(root) + 500 + Math.floor(Math.random() * 1500)}k`);
    await Promise.all(
      [first, second].map((place, at) => workUntilKilled(root, `w${trial}-${at}`, disk, place, everywhere)),
    );
    killed += 2;
    if (disk === "small") mount(root, "remount,size=512m");
    for (const place of new Set([first, second])) {
      const began = performance.now();
      await recoverRuns(place.store, null);
      recoveryMs.push(performance.now() - began);
      await expectKept(place, everywhere);
    }
    if (trial % 5 === 4 || killed >= kills) await expectAllSound(root, address, places, everywhere);
  }
  return recoveryMs;
}

async function workspace(root: string, address: string): Promise<Acknowledged> {
  mkdirSync(root, { recursive: true });
  const store = await openStore(root);
  await addRemote(store, { name: "team", address, git: null }, root);
  return { store, ran: new Set(), deleted: new Set(), tags: new Map() };
}

async function workUntilKilled(
  root: string,
  name: string,
  disk: Disk,
  { store, ran, deleted, tags }: Acknowledged,
  { deleting, pushed, wasFull }: Everywhere,
): Promise<void> {
  const wrong: unknown[] = [];
  const { child, ended, first } = startWorker(root, name, disk === "full", store.root, (said) => {
    if (said.ran !== undefined) {
      ran.add(said.ran);
      if (!wasFull && !(said.isRight && said.stored)) wrong.push(said);
      if (said.isRight === false && said.stored) wrong.push(said);
    }
    if (said.marked !== undefined) tags.set(said.marked, [...(tags.get(said.marked) ?? []), said.tag ?? ""]);
    if (said.deleting !== undefined) deleting.add(said.deleting);
    if (said.deleted !== undefined) deleted.add(said.deleted);
    for (const id of said.pushed ?? []) pushed.add(id);
    if (said.problems !== undefined && said.problems.length > 0 && !wasFull) wrong.push(said);
    if (said.failed !== undefined && !isExpected(said, wasFull)) wrong.push(said);
  });
  await Promise.race([first, sleep(3_000)]);
  await sleep(Math.random() * 400);
  child.kill("SIGKILL");
  await ended;
  expect(wrong).toEqual([]);
}

function isExpected({ code, cause }: { code?: string | null; cause?: string | null }, wasFull: boolean) {
  // Two that free bytes, or share, at once: one of them is told to wait.
  if (code === "ledger/locked") return true;
  return wasFull && (code === "ENOSPC" || cause === "ENOSPC" || /full|no-room/.test(String(code)));
}

async function expectKept({ store, ran, deleted, tags }: Acknowledged, { deleting }: Everywhere) {
  const { runs, unreadable } = await listRuns(store);
  expect(unreadable).toEqual([]);
  const listed = new Map(runs.map((run) => [run.id, run]));
  expect(listed.size).toBe(runs.length);
  expect([...ran].filter((id) => !listed.has(id) && !deleting.has(id))).toEqual([]);
  expect([...deleted].filter((id) => listed.has(id))).toEqual([]);
  for (const [id, said] of tags)
    if (listed.has(id)) expect(listed.get(id)?.marks.tags).toEqual(expect.arrayContaining(said));
  const sessions = (await readIndex(store)).recorded.map(({ session }) => session);
  expect(sessions.filter((session, at) => sessions.indexOf(session) < at)).toEqual([]);
  expect(await waitingRuns(store)).toEqual([]);
}

/** Every byte is as it was recorded, in each workspace and in one that fetches all from where it was sent to. */
async function expectAllSound(
  root: string,
  address: string,
  places: readonly Acknowledged[],
  { deleting, pushed, wasFull }: Everywhere,
): Promise<void> {
  const eve = await workspace(mkdtempSync(join(root, "eve-")), address);
  const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
  const { problems } = await pull(eve.store, { name: "team", address, git: null }, "all", quiet);
  if (!wasFull) expect(problems).toEqual([]);
  const fetched = new Set((await listRuns(eve.store)).runs.map(({ id }) => id));
  expect([...pushed].filter((id) => !fetched.has(id) && !deleting.has(id))).toEqual([]);
  for (const { store } of [...places, eve]) {
    const { faults, pending } = await checkStore(store);
    expect(faults).toEqual([]);
    if (store === eve.store && !wasFull) expect(pending).toEqual([]);
    const fsck = spawnSync("git", ["fsck", "--full", "--strict"], { cwd: store.gitdir, encoding: "utf8" });
    expect([fsck.status, fsck.stderr]).toEqual([0, expect.not.stringMatching(/error|missing|corrupt/)]);
  }
  rmSync(eve.store.root, { recursive: true, force: true });
}

function canMount(): boolean {
  const root = mkdtempSync(join(tmpdir(), "lookback-mount-"));
  const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", root]).status === 0;
  if (isMounted) execFileSync("umount", [root]);
  rmSync(root, { recursive: true, force: true });
  return isMounted;
}

function mount(root: string, options: string): void {
  const kind = options.startsWith("remount") ? [] : ["-t", "tmpfs"];
  execFileSync("mount", [...kind, "-o", options, "tmpfs", root]);
}

function usedKilobytes(root: string): number {
  const [, used] = execFileSync("df", ["--output=used", "-k", root], { encoding: "utf8" }).trim().split("\n");
  return Number(used);
}
