import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { hasFile } from "../../objects/has-file.ts";
import { getFile } from "../../objects/read-file.ts";
import { appendCommit } from "../chain/append-commit.ts";
import { writeRef } from "../chain/refs.ts";
import { checkStore } from "../check/check-store.ts";
import { appendRun } from "../fixtures/append-run.ts";
import { freshStore, recordOne } from "../fixtures/record-one.ts";
import { storedUse } from "../fixtures/stored-data.ts";
import type { Author } from "../format/run.ts";
import { pinRun } from "../pins/pins.ts";
import { findRun } from "../read/find-run.ts";
import type { WritableStore } from "../store/store.ts";
import { whileUnused, whileUsed } from "../store/use-data.ts";
import { collect, planCollect } from "./collect.ts";
import { deleteRuns, undeleteRuns } from "./delete-runs.ts";
import { deletedRuns } from "./deleted-runs.ts";
import { storeSize } from "./store-size.ts";

const by: Author = { name: "Ann", email: null, agent: null };
const confirmed = { by, confirmed: true };
const takes = (store: WritableStore) =>
  execFileSync("du", ["-sb", join(store.objects.dir, "segments")], { encoding: "utf8" }).split("\t")[0];
const bytesOf = async (store: WritableStore, sha256: string | null) =>
  getFile({ ...store.objects, dir: `${store.objects.dir}/` }, sha256 ?? "");

describe("freeing", () => {
  it("names what goes, frees what only deleted runs need, and nothing of what others share", async () => {
    const store = await freshStore();
    const common = randomBytes(900_000);
    const stays = Buffer.concat([common, randomBytes(200_000)]);
    const goes = Buffer.concat([common, randomBytes(300_000)]);
    const both = await storedUse(store, "both.csv", randomBytes(1_000));
    const [keptUse, goneUse] = [
      await storedUse(store, "d.csv", stays),
      await storedUse(store, "d.csv", goes),
    ];
    await appendRun(store, { uses: [keptUse, both] });
    const gone = await appendRun(store, { uses: [goneUse, both] });
    expect(await planCollect(store)).toMatchObject({ runs: [], data: [], bytes: 0 });
    await deleteRuns(store, [gone.id], confirmed);
    const before = Number(takes(store));
    const plan = await planCollect(store);
    expect(plan).toMatchObject({
      runs: [{ run: gone.id, notebook: "n.ipynb", by, freedAt: null }],
      data: [{ path: "d.csv", versions: 1, runs: [gone.id], bytes: goes.length }],
      unnamed: 0,
    });
    expect(plan.bytes).toBeGreaterThan(250_000);
    expect(plan.bytes).toBeLessThan(300_000 + 2 * 256 * 1024);
    const done = await collect(store, by);
    expect(done).toEqual({ ...plan, bytes: done.bytes });
    // What names the chunks takes some bytes, too.
    expect(Math.abs(done.bytes - plan.bytes)).toBeLessThan(20_000);
    expect(before - Number(takes(store))).toBe(done.bytes);
    expect((await bytesOf(store, keptUse.sha256)).equals(stays)).toBe(true);
    expect((await bytesOf(store, both.sha256)).length).toBe(1_000);
    expect(await hasFile(store.objects, goneUse.sha256 ?? "")).toBe(false);
    expect(await checkStore(store)).toMatchObject({ faults: [] });
    execFileSync("git", ["fsck", "--full", "--strict"], { cwd: store.gitdir, stdio: "pipe" });
    expect(await collect(store, by)).toMatchObject({ runs: [], data: [], bytes: 0 });
    expect((await deletedRuns(store))[0]?.freedAt).toEqual(expect.any(String));
    await expect(undeleteRuns(store, [gone.id], by)).rejects.toMatchObject({ code: "delete/freed" });
    await expect(findRun(store, gone.id)).rejects.toMatchObject({ advice: /cannot come back/ });
    // The same bytes again are stored anew.
    const again = await storedUse(store, "d.csv", goes);
    expect((await bytesOf(store, again.sha256)).equals(goes)).toBe(true);
  });

  it("says and removes copies of what was restored over, once they are a month old", async () => {
    const store = await freshStore();
    const folders = [
      "2020-01-02T03-04-05-678Z-ab12",
      `${new Date().toISOString().replace(/[:.]/g, "-")}-cd34`,
      "mine",
    ];
    for (const each of folders) {
      mkdirSync(join(store.dir, "replaced", each), { recursive: true });
      writeFileSync(join(store.dir, "replaced", each, "n.ipynb"), "x".repeat(1_000));
    }
    expect((await storeSize(store)).replaced).toBe(3_000);
    expect(await planCollect(store)).toMatchObject({ replaced: 1, bytes: 1_000 });
    expect(await collect(store, by)).toMatchObject({ replaced: 1, bytes: 1_000 });
    expect(readdirSync(join(store.dir, "replaced")).sort()).toEqual(folders.slice(1).sort());
    expect((await storeSize(store)).replaced).toBe(2_000);
  });

  it("keeps what a run that stands names in any field, and the files that its folders list", async () => {
    const store = await freshStore();
    const model = await storedUse(store, "m", "a fitted model");
    const part = await storedUse(store, "data/part.csv", "1,2\n");
    const manifest = JSON.stringify({ v: 1, files: [["part.csv", part.sha256, 4]] });
    const folder = { ...(await storedUse(store, "data", manifest)), isFolder: true as const };
    const other = await storedUse(store, "o.csv", "other");
    const gone = await appendRun(store, { uses: [model, part, other] });
    await appendRun(store, { uses: [folder], parameters: { kept: model.sha256 ?? "" } });
    await deleteRuns(store, [gone.id], confirmed);
    expect(await collect(store, by)).toMatchObject({ data: [{ path: "o.csv" }] });
    for (const { sha256 } of [model, part, folder])
      expect(await hasFile(store.objects, sha256 ?? "")).toBe(true);
    expect(await hasFile(store.objects, other.sha256 ?? "")).toBe(false);
  });

  it("keeps a deleted run that a deployment rests on, as a pin that came from elsewhere says", async () => {
    const store = await freshStore();
    const use = await storedUse(store, "d.csv", "abc", "write");
    const producer = await appendRun(store, { uses: [use] });
    const reader = await appendRun(store, { uses: [{ ...use, access: "read" }] });
    const { commit } = await findRun(store, reader.id);
    await deleteRuns(store, [producer.id, reader.id], confirmed);
    await writeRef(store, "refs/lookback/pin/v1/m/1", commit);
    const { kept, runs } = await collect(store, by);
    expect(runs).toEqual([]);
    expect(kept).toEqual([
      { run: producer.id, deployments: ["m@1"] },
      { run: reader.id, deployments: ["m@1"] },
    ]);
    expect((await bytesOf(store, use.sha256)).toString()).toBe("abc");
    expect(await undeleteRuns(store, [producer.id], by)).toEqual([producer.id]);
  });

  it("goes on where the list of a folder's files went with an earlier one", async () => {
    const store = await freshStore();
    const folder = {
      ...(await storedUse(store, "data", '{"v":1,"files":[]}', "write")),
      isFolder: true as const,
    };
    const { id } = await appendRun(store, { uses: [folder] });
    const reader = await appendRun(store, { uses: [{ path: "data/x.csv", sha256: "a".repeat(64) }] });
    await deleteRuns(store, [id], confirmed);
    expect((await collect(store, by)).data).toHaveLength(1);
    expect(await collect(store, by)).toMatchObject({ runs: [], data: [] });
    // A deployment may come to rest on it, too late.
    await pinRun(store, "m@1", reader.id);
    expect(await collect(store, by)).toMatchObject({ runs: [], data: [], kept: [] });
  });

  it("frees what no run names once it has lain there for a day", async () => {
    const store = await freshStore();
    const { sha256 } = await storedUse(store, "d.csv", "left by a process that was killed");
    expect((await collect(store, by)).unnamed).toBe(0);
    for (const path of execFileSync("find", [store.objects.dir, "-type", "f"], { encoding: "utf8" })
      .trim()
      .split("\n"))
      utimesSync(path, new Date(Date.now() - 90_000_000), new Date(Date.now() - 90_000_000));
    expect((await collect(store, by)).unnamed).toBe(1);
    expect(await hasFile(store.objects, sha256 ?? "")).toBe(false);
  });
});

describe("nothing is freed where something cannot be read:", () => {
  it.each<[string, (store: WritableStore) => Promise<unknown>]>([
    [
      "a pin",
      async (store) => {
        mkdirSync(join(store.gitdir, "refs/lookback/pin/v1/m"), { recursive: true });
        writeFileSync(join(store.gitdir, "refs/lookback/pin/v1/m/1"), "torn");
      },
    ],
    [
      "a run",
      (store) => appendCommit(store, { files: new Map([["run.json", "{"]]), message: "odd", timestamp: 1 }),
    ],
    [
      "the list of a folder's files",
      (store) =>
        appendRun(store, { uses: [{ path: "data", sha256: "f".repeat(64), stored: true, isFolder: true }] }),
    ],
  ])("%s", async (_, damage) => {
    const store = await freshStore();
    const use = await storedUse(store, "d.csv", "abc");
    const { id } = await appendRun(store, { uses: [use] });
    await deleteRuns(store, [id], confirmed);
    await damage(store);
    await expect(planCollect(store)).rejects.toMatchObject({ code: "ledger/unsure" });
    await expect(collect(store, by)).rejects.toMatchObject({ code: "ledger/unsure" });
    expect(await hasFile(store.objects, use.sha256 ?? "")).toBe(true);
    expect((await deletedRuns(store))[0]?.freedAt).toBeNull();
  });
});

describe("recording and freeing", () => {
  it("wait for each other, whoever comes first", async () => {
    const store = await freshStore();
    const seen: string[] = [];
    const using = (name: string) =>
      whileUsed(store, async () => {
        seen.push(`${name} begins`);
        await sleep(60);
        seen.push(`${name} ends`);
      });
    const first = using("a");
    await expect.poll(() => seen).toEqual(["a begins"]);
    const freeing = whileUnused(store, async () => {
      seen.push("frees");
      await sleep(60);
      seen.push("freed");
    });
    await expect.poll(() => seen.includes("frees")).toBe(true);
    await Promise.all([first, freeing, using("b")]);
    expect(seen).toEqual(["a begins", "a ends", "frees", "freed", "b begins", "b ends"]);
  });

  it("do not wait for a process that is gone", async () => {
    const store = await freshStore();
    const gone = JSON.stringify({
      host: (await import("node:os")).hostname(),
      pid: 2 ** 22 + 1,
      started: null,
    });
    mkdirSync(join(store.dir, "users"));
    writeFileSync(join(store.dir, "users", "x.lock"), gone);
    expect(await whileUnused(store, async () => "freed")).toBe("freed");
    writeFileSync(join(store.dir, "freeing.lock"), gone);
    expect(await whileUsed(store, async () => "recorded")).toBe("recorded");
    expect((await recordOne(store, "s")).id).toHaveLength(26);
  });

  it("a run that found its data stored while it was being freed has it", async () => {
    const store = await freshStore();
    for (let trial = 0; trial < 10; trial++) {
      const bytes = randomBytes(2_000);
      const { id } = await appendRun(store, { uses: [await storedUse(store, "d.csv", bytes)] });
      await deleteRuns(store, [id], confirmed);
      const [use] = await Promise.all([
        whileUsed(store, async () => {
          const found = await storedUse(store, "d.csv", bytes);
          await sleep(Math.random() * 20);
          await appendRun(store, { uses: [found] });
          return found;
        }),
        collect(store, by),
      ]);
      expect((await bytesOf(store, use.sha256)).equals(bytes)).toBe(true);
    }
    expect((await checkStore(store)).faults).toEqual([]);
  });

  it("a pin and the freeing of its run's bytes at once leave the deployment its bytes, or no pin", async () => {
    const store = await freshStore();
    for (let trial = 0; trial < 10; trial++) {
      const use = await storedUse(store, `${trial}.csv`, randomBytes(500));
      const { id } = await appendRun(store, { uses: [use] });
      const settled = await Promise.allSettled([
        deleteRuns(store, [id], confirmed).then(() => collect(store, by)),
        pinRun(store, `m@${trial}`, id),
      ]);
      const isPinned = settled[1].status === "fulfilled";
      expect(isPinned).toBe(settled[0].status === "rejected");
      expect(await hasFile(store.objects, use.sha256!)).toBe(isPinned);
    }
  });
});
