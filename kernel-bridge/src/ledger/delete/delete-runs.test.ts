import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasFile } from "../../objects/has-file.ts";
import { appendCommit } from "../chain/append-commit.ts";
import { logRef, writeRef } from "../chain/refs.ts";
import { checkStore } from "../check/check-store.ts";
import { appendRun } from "../fixtures/append-run.ts";
import { freshStore, record, recordOne } from "../fixtures/record-one.ts";
import { storedUse } from "../fixtures/stored-data.ts";
import { writeRun } from "../format/read-run.ts";
import type { Author } from "../format/run.ts";
import { readIndex } from "../index/run-index.ts";
import { appendEvent } from "../marks/append-event.ts";
import { markRun } from "../marks/mark-run.ts";
import { pinRun, unpinRun } from "../pins/pins.ts";
import { findRun } from "../read/find-run.ts";
import { listRuns } from "../read/list-runs.ts";
import { showRun } from "../read/show-run.ts";
import { restoreRun } from "../restore/restore-run.ts";
import type { WritableStore } from "../store/store.ts";
import { collect } from "./collect.ts";
import { deleteRuns, planDelete, undeleteRuns } from "./delete-runs.ts";
import { deletedRuns } from "./deleted-runs.ts";

const by: Author = { name: "Ann", email: null, agent: null };
const confirmed = { by, confirmed: true };
const read = (sha256: string | null, path = "d.csv") => ({ access: "read" as const, sha256, path });
const wrote = (sha256: string | null, path = "d.csv") => ({ access: "write" as const, sha256, path });
const listed = async (store: WritableStore) => (await listRuns(store)).runs.map(({ id }) => id);

describe("a deleted run", () => {
  it("is nowhere listed, found or restored, says who deleted it, and comes back", async () => {
    const store = await freshStore();
    const [a, b] = [await recordOne(store, "a"), await recordOne(store, "b")];
    await deleteRuns(store, [a.id], { by, confirmed: false });
    expect(await listed(store)).toEqual([b.id]);
    const gone = { code: "ledger/run-deleted", message: expect.stringMatching(/deleted by Ann on 20\d\d-/) };
    await expect(findRun(store, a.id)).rejects.toMatchObject(gone);
    await expect(showRun(store, a.id)).rejects.toMatchObject(gone);
    await expect(restoreRun(store, a.id, "/nowhere")).rejects.toMatchObject(gone);
    await expect(deleteRuns(store, [a.id], confirmed)).rejects.toMatchObject(gone);
    await expect(pinRun(store, "m@1", a.id)).rejects.toMatchObject(gone);
    expect(await deletedRuns(store)).toMatchObject([{ run: a.id, notebook: "n.ipynb", by, freedAt: null }]);
    // What was deleted was recorded all the same: its journal does not bring it back.
    expect(await record(store, "a")).toBeNull();
    expect(await checkStore(store)).toMatchObject({ faults: [] });
    expect(await undeleteRuns(store, [a.id.slice(0, 20)], by)).toEqual([a.id]);
    expect((await listed(store)).sort()).toEqual([a.id, b.id].sort());
    await expect(undeleteRuns(store, [a.id], by)).rejects.toMatchObject({ code: "delete/not-deleted" });
    execFileSync("git", ["fsck", "--full", "--strict"], { cwd: store.gitdir, stdio: "pipe" });
  });

  it("is told of with what would lose by it, and kept unless that is confirmed", async () => {
    const store = await freshStore();
    const producer = await appendRun(store, { uses: [wrote("aa")] });
    const reader = await appendRun(store, { notebook: "reader.ipynb", uses: [read("aa")] });
    await markRun(store, producer.id, { starred: true, addTags: ["x"] }, by);
    const { warnings } = await planDelete(store, [producer.id]);
    expect(warnings).toMatchObject([
      { kind: "marked", run: producer.id },
      { kind: "dependant", run: reader.id, notebook: "reader.ipynb", path: "d.csv" },
    ]);
    await expect(deleteRuns(store, [producer.id], { by, confirmed: false })).rejects.toMatchObject({
      code: "delete/not-confirmed",
    });
    expect(await listed(store)).toHaveLength(2);
    // Together with all that rests on it there is nobody to warn of.
    expect((await planDelete(store, [producer.id, reader.id])).warnings).toHaveLength(1);
    await deleteRuns(store, [producer.id], confirmed);
    expect(await listed(store)).toEqual([reader.id]);
  });
});

describe("a run of which an honest score is kept", () => {
  const honestOf = (run: string | null) =>
    ({ kind: "honest", run, asWritten: { name: "auc", value: 0.9 }, fixes: [] }) as const;

  it("is told of with that, and deleted once it is confirmed; the kept score stays", async () => {
    const store = await freshStore();
    const origin = await appendRun(store);
    const kept = await appendRun(store, { origin: honestOf(origin.id) });
    await appendRun(store, { origin: honestOf(null) });
    expect((await planDelete(store, [origin.id])).warnings).toEqual([
      { kind: "honest", run: kept.id, of: origin.id },
    ]);
    await expect(deleteRuns(store, [origin.id], { by, confirmed: false })).rejects.toMatchObject({
      code: "delete/not-confirmed",
    });
    expect((await planDelete(store, [origin.id, kept.id])).warnings).toEqual([]);
    expect((await planDelete(store, [kept.id])).warnings).toEqual([]);
    await deleteRuns(store, [origin.id], confirmed);
    expect((await listRuns(store)).runs.map(({ origin }) => origin?.kind)).toEqual(["honest", "honest"]);
  });
});

describe("what a deployment rests or ever rested on is not deleted", () => {
  it.each([1, -1])("also where somebody recorded another run under its id, %d hours later", async (hours) => {
    const store = await freshStore();
    const use = await storedUse(store, "d.csv", "x,y\n");
    const run = await appendRun(store, { uses: [use] });
    await pinRun(store, "m@1", run.id);
    const startedAt = new Date(Date.parse(run.startedAt) + hours * 3_600_000).toISOString();
    const double = { ...run, startedAt, session: { ...run.session, id: "elsewhere" } };
    const files = new Map([["run.json", writeRun(double)]]);
    await appendCommit(store, { files, message: `${run.notebook} ${run.id}`, timestamp: Date.now() });
    await expect(deleteRuns(store, [run.id], confirmed)).rejects.toMatchObject({
      code: "ledger/ambiguous-run",
      message: expect.stringContaining("recorded twice"),
    });
    // As somebody else may say it.
    await appendEvent(store, { kind: "delete", runs: [run.id] }, { by, seen: await readIndex(store) });
    expect(await collect(store, by)).toMatchObject({ runs: [], bytes: 0 });
    expect(await hasFile(store.objects, use.sha256!)).toBe(true);
  });

  it.each<[string, (store: WritableStore) => Promise<string>]>([
    [
      "its run",
      async (store) => {
        const run = await appendRun(store);
        await pinRun(store, "m@1", run.id);
        return run.id;
      },
    ],
    [
      "a run until the pin was taken away",
      async (store) => {
        const run = await appendRun(store);
        await pinRun(store, "m@1", run.id);
        await unpinRun(store, "m@1");
        return run.id;
      },
    ],
    [
      "a run until the pin moved",
      async (store) => {
        const run = await appendRun(store);
        await pinRun(store, "m@1", run.id);
        await pinRun(store, "m@1", (await appendRun(store)).id);
        return run.id;
      },
    ],
    [
      "a run that a pin of the first delivery held, until it was taken away",
      async (store) => {
        const run = await appendRun(store);
        const { commit } = await findRun(store, run.id);
        await writeRef(store, "refs/lookback/pin/m/1", commit);
        await unpinRun(store, "m@1");
        return run.id;
      },
    ],
    [
      "the producer of the producer of what its run read",
      async (store) => {
        const raw = await appendRun(store, { uses: [wrote("aa", "raw.csv")] });
        await appendRun(store, { uses: [read("aa", "copy.csv"), wrote("bb")] });
        await pinRun(store, "m@1", (await appendRun(store, { uses: [read("bb")] })).id);
        return raw.id;
      },
    ],
    [
      "the producer, through a run that is deleted already in another's ledger",
      async (store) => {
        const raw = await appendRun(store, { uses: [wrote("aa", "raw.csv")] });
        const middle = await appendRun(store, { uses: [read("aa", "raw.csv"), wrote("bb")] });
        await deleteRuns(store, [middle.id], confirmed);
        await pinRun(store, "m@1", (await appendRun(store, { uses: [read("bb")] })).id);
        return raw.id;
      },
    ],
    [
      "a run that wrote a file of that name, where the bytes are not known",
      async (store) => {
        const raw = await appendRun(store, { uses: [wrote(null)] });
        await pinRun(store, "m@1", (await appendRun(store, { uses: [read("bb")] })).id);
        return raw.id;
      },
    ],
    [
      "a run whose variables its run found in the kernel",
      async (store) => {
        const early = await appendRun(store, { session: { id: "k", journalEnd: 1 } });
        const late = await appendRun(store, { session: { id: "k", journalEnd: 2, cellsBefore: 1 } });
        await pinRun(store, "m@1", late.id);
        return early.id;
      },
    ],
  ])("%s", async (_, prepare) => {
    const store = await freshStore();
    const id = await prepare(store);
    const before = await listed(store);
    await expect(deleteRuns(store, [id], confirmed)).rejects.toMatchObject({
      code: "delete/rested-on",
      message: expect.stringMatching(/^m@1 /),
    });
    expect(await listed(store)).toEqual(before);
  });

  it("but what is plainly not of it is", async () => {
    const store = await freshStore();
    const other = await appendRun(store, { uses: [wrote("aa", "other.csv")] });
    const later = async () => (await appendRun(store, { uses: [wrote("bb")] })).id;
    const before = await appendRun(store, { uses: [wrote("cc")] });
    await pinRun(store, "m@1", (await appendRun(store, { uses: [read("bb")] })).id);
    for (const id of [other.id, before.id, await later()]) await deleteRuns(store, [id], confirmed);
    expect(await listed(store)).toHaveLength(1);
  });
});

describe("nothing is deleted where it is not known what rests on it:", () => {
  it.each<[string, (store: WritableStore) => Promise<void>]>([
    [
      "a pin that holds no commit",
      async (store) => {
        mkdirSync(join(store.gitdir, "refs/lookback/pin/v1/m"), { recursive: true });
        writeFileSync(join(store.gitdir, "refs/lookback/pin/v1/m/1"), "torn");
      },
    ],
    [
      "a pin on a run that is not here",
      (store) => writeRef(store, "refs/lookback/pin/v1/m/1", "0".repeat(40)),
    ],
    [
      "a chain whose ref is damaged",
      async (store) => writeFileSync(join(store.gitdir, logRef("0a1b2c3d")), ""),
    ],
    [
      "a run that cannot be read",
      async (store) => {
        const files = new Map([["run.json", "{"]]);
        await appendCommit(store, { files, message: "odd", timestamp: 1 });
      },
    ],
    [
      "an event of a version after this",
      async (store) => {
        const files = new Map([["event.json", '{"v": 9}']]);
        await appendCommit(store, { files, message: "lookback event: rested", timestamp: 1 });
      },
    ],
  ])("%s", async (_, damage) => {
    const store = await freshStore();
    const { id } = await appendRun(store);
    await damage(store);
    await expect(deleteRuns(store, [id], confirmed)).rejects.toMatchObject({ code: "ledger/unsure" });
    expect(await listed(store)).toEqual([id]);
  });
});

it("pins and deletions at once leave no deployment without its run", async () => {
  const store = await freshStore();
  for (let trial = 0; trial < 20; trial++) {
    const { id } = await appendRun(store);
    const [pinned, deleted] = await Promise.allSettled([
      pinRun(store, `m@${trial}`, id),
      deleteRuns(store, [id], confirmed),
    ]);
    expect([pinned.status, deleted.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect((await listed(store)).includes(id)).toBe(pinned.status === "fulfilled");
  }
});
