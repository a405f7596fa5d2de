import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tableRows } from "../../objects/fixtures/object-fixtures.ts";
import { putFile } from "../../objects/put-file.ts";
import { catalogOf, segmentFolder } from "../../objects/segments/catalog.ts";
import { logRef } from "../chain/refs.ts";
import { writerOf } from "../chain/writer.ts";
import { checkStore } from "../check/check-store.ts";
import { collect } from "../delete/collect.ts";
import { deleteRuns } from "../delete/delete-runs.ts";
import { exportedFiles } from "../export/exported-files.ts";
import { appendRun } from "../fixtures/append-run.ts";
import { by, folder, ids, quiet, sharing } from "../fixtures/sharing.ts";
import { storedUse } from "../fixtures/stored-data.ts";
import { markRun } from "../marks/mark-run.ts";
import { listRuns } from "../read/list-runs.ts";
import { restoreRun } from "../restore/restore-run.ts";
import type { Bucket } from "./buckets/bucket.ts";
import { directoryBucket } from "./buckets/directory-bucket.ts";
import { pull } from "./pull.ts";
import { push } from "./push.ts";
import { pushFiles } from "./push-files.ts";
import { refreshMirror } from "./remote-catalog.ts";
import { addRemote, remotesOf, removeRemote } from "./remote-list.ts";

it("brings runs, marks and data to another workspace, byte for byte, and sends nothing twice", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  const rows = tableRows(1, 4_000);
  const run = await ann.ran(rows);
  await markRun(ann.store, run.id, { addTags: ["good"], note: "as of" }, by);
  expect(await ann.push()).toMatchObject({ commits: 2, files: 1, problems: [] });
  expect(await ann.push()).toMatchObject({ commits: 0, files: 0, bytes: 0, problems: [] });
  expect(await bob.pull()).toMatchObject({ commits: 2, files: 0, problems: [] });
  expect((await listRuns(bob.store)).runs).toMatchObject([
    { id: run.id, marks: { tags: ["good"], note: "as of" } },
  ]);
  await expect(restoreRun(bob.store, run.id, folder())).resolves.toMatchObject({
    missing: [{ path: "d.csv", advice: `Fetch them with: lookback pull ${run.id}` }],
  });
  expect(await bob.pull({ runs: [run.id.slice(0, 12)] })).toMatchObject({
    commits: 0,
    files: 1,
    problems: [],
  });
  expect(await bob.pull("all")).toMatchObject({ files: 0, bytes: 0 });
  const to = folder();
  expect((await restoreRun(bob.store, run.id, to)).missing).toEqual([]);
  expect(readFileSync(join(to, "d.csv"), "utf8")).toBe(rows.join(""));
  for (const { store } of [ann, bob]) {
    expect((await checkStore(store)).faults).toEqual([]);
    execFileSync("git", ["fsck", "--full", "--strict"], { cwd: store.gitdir, stdio: "pipe" });
  }
});

it("sends of a file that changed little as little", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  const rows = tableRows(2, 40_000);
  await ann.ran(rows);
  const first = await ann.push();
  const changed = rows.map((row, at) => (at % 1_000 === 0 ? `${row.trim()}!\n` : row));
  const second = await ann.ran(changed);
  const { bytes } = await ann.push();
  expect(bytes).toBeLessThan(first.bytes / 20);
  await bob.pull("all");
  const to = folder();
  await restoreRun(bob.store, second.id, to);
  expect(readFileSync(join(to, "d.csv"), "utf8")).toBe(changed.join(""));
});

it("sends what a change rests on where that is of a run that was not sent", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  const rows = tableRows(3, 20_000);
  const early = await ann.ran(rows);
  const late = await ann.ran(rows.map((row, at) => (at % 500 === 0 ? `${row.trim()}!\n` : row)));
  await deleteRuns(ann.store, [early.id], { by, confirmed: true });
  expect(await ann.push()).toMatchObject({ files: 1, problems: [] });
  expect(await bob.pull("all")).toMatchObject({ files: 1, problems: [] });
  expect(await ids(bob.store)).toEqual([late.id]);
  expect((await checkStore(bob.store)).faults).toEqual([]);
});

it("joins what several do at once", async () => {
  const address = folder();
  const people = await Promise.all([1, 2, 3].map(() => sharing(address)));
  const runs: string[] = [];
  for (let round = 0; round < 3; round++) {
    await Promise.all(
      people.map(async (person, at) => {
        runs.push((await person.ran(tableRows(10 * round + at, 300))).id);
        await person.push();
        await person.pull();
      }),
    );
  }
  for (const person of people) {
    await person.pull("all");
    expect(await ids(person.store)).toEqual([...runs].sort());
    expect((await checkStore(person.store)).faults).toEqual([]);
  }
});

it("goes on where it was broken off", async () => {
  const address = folder();
  const ann = await sharing(address);
  for (let at = 0; at < 4; at++) await ann.ran(tableRows(at, 500), `d${at}.csv`);
  await ann.push();
  // What a killed process leaves: data without its runs, an index without its pack.
  for (const name of readdirSync(join(address, "ledger"), { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".pack")) rmSync(join(address, "ledger", name));
  const again = await ann.push();
  expect(again).toMatchObject({ commits: 4, files: 0, bytes: 0, problems: [] });
  const bob = await sharing(address);
  expect(await bob.pull("all")).toMatchObject({ commits: 4, files: 4, problems: [] });
});

it("goes on with a fetch that was broken off between what a change rests on and the change", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  const rows = tableRows(4, 40_000);
  await ann.ran(rows);
  await ann.push();
  await bob.pull("all");
  const base = readdirSync(segmentFolder(bob.store.objects));
  const late = await ann.ran(rows.map((row, at) => (at % 4_000 === 0 ? `${row.trim()}!\n` : row)));
  await ann.push();
  await bob.pull("all");
  for (const name of base) rmSync(join(bob.store.objects.dir, "segments", name));
  expect(await checkStore(bob.store)).toMatchObject({
    faults: [],
    pending: [expect.stringMatching(/^2 data files of others' runs were not fetched/)],
  });
  await expect(restoreRun(bob.store, late.id, folder())).resolves.toMatchObject({
    missing: [{ path: "d.csv" }],
  });
  expect(await bob.pull("all")).toMatchObject({ files: 2, problems: [] });
  expect(await checkStore(bob.store)).toMatchObject({ faults: [], pending: [] });
});

it("sends data that takes several segments so that no file is there before its bytes, and again where some did not arrive", async () => {
  const address = folder();
  const ann = await sharing(address);
  const path = join(ann.store.root, "large.bin");
  writeFileSync(path, randomBytes(70 << 20));
  const { sha256, size } = await putFile(ann.store.objects, path);
  await appendRun(ann.store, { uses: [{ path: "large.bin", sha256, size, stored: true }] });
  const bucket = directoryBucket(address);
  let left = 1;
  const dying: Bucket = {
    ...bucket,
    write: async (name, bytes) => {
      if (left-- === 0) throw new Error("killed");
      await bucket.write(name, bytes);
    },
  };
  const mirror = { dir: join(ann.store.dir, "remotes", "team"), temporary: ann.store.temporary };
  const box = join(ann.store.temporary, "box");
  const sending = { objects: ann.store.objects, mirror, bucket: dying, outbox: box, ...quiet };
  await refreshMirror(mirror, bucket);
  await expect(pushFiles(sending, [sha256])).rejects.toThrow("killed");
  const [arrived] = readdirSync(join(address, "data"));
  await refreshMirror(mirror, bucket);
  expect((await catalogOf(mirror)).segments.size).toBe(1);
  expect(await (await catalogOf(mirror)).files()).toEqual([]);
  expect(await ann.push()).toMatchObject({ files: 1, problems: [] });
  // As it would be, had the other been sent first.
  rmSync(join(address, "data", arrived!));
  const again = await sharing(address);
  writeFileSync(join(again.store.root, "large.bin"), readFileSync(path));
  await putFile(again.store.objects, join(again.store.root, "large.bin"));
  await appendRun(again.store, { uses: [{ path: "large.bin", sha256, size, stored: true }] });
  expect(await again.push()).toMatchObject({ files: 1, problems: [] });
  const bob = await sharing(address);
  expect(await bob.pull("all")).toMatchObject({ files: 1, problems: [] });
});

it("sends no run that is recorded meanwhile, whose data would not be there", async () => {
  const address = folder();
  const ann = await sharing(address);
  const early = await ann.ran(["a\n"]);
  const ref = join(ann.store.gitdir, logRef(await writerOf(ann.store)));
  const before = readFileSync(ref);
  const late = await ann.ran(["b\n"]);
  const after = readFileSync(ref);
  writeFileSync(ref, before);
  const remote = { name: "team", address, git: null };
  const onProgress = (says: string) => {
    if (says === "Sending runs") writeFileSync(ref, after);
  };
  expect(await push(ann.store, remote, { ...quiet, onProgress })).toMatchObject({ commits: 1, files: 1 });
  const bob = await sharing(address);
  expect(await bob.pull("all")).toMatchObject({ commits: 1, files: 1, problems: [] });
  expect(await ids(bob.store)).toEqual([early.id]);
  await ann.push();
  await bob.pull("all");
  expect(await ids(bob.store)).toEqual([early.id, late.id].sort());
});

it("goes on with a fetch that was stopped, and asks for nothing twice", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  for (let at = 0; at < 3; at++) {
    await ann.ran(tableRows(at, 500), `d${at}.csv`);
    await ann.push();
  }
  const stop = new AbortController();
  const onProgress = (says: string) => says.startsWith("Fetching data: 2") && stop.abort();
  const remote = { name: "team", address, git: null };
  await expect(pull(bob.store, remote, "all", { signal: stop.signal, onProgress })).rejects.toMatchObject({
    code: "remotes/stopped",
  });
  const sizes = readdirSync(join(address, "data")).map((name) => statSync(join(address, "data", name)).size);
  const { bytes, files } = await bob.pull("all");
  expect(files).toBe(3);
  expect(sizes).toContain(bytes);
  expect(readdirSync(join(bob.store.dir, "remotes", "team"))).not.toContain("inbox");
  expect((await checkStore(bob.store)).faults).toEqual([]);
});

it("names what is neither here nor there, files of folders too", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  const lost = "a".repeat(64);
  const list = await storedUse(ann.store, "images", `{"v":1,"files":[["a.png","${lost}",3]]}\n`);
  const gone = { path: "gone.csv", sha256: "b".repeat(64), size: 1, stored: true };
  const run = await appendRun(ann.store, { uses: [{ ...list, isFolder: true }, gone] });
  await ann.push();
  expect((await bob.pull({ runs: [run.id] })).problems).toEqual([
    `The bytes of gone.csv (${"b".repeat(12)}) are neither here nor there.`,
    `The bytes of images/a.png (${"a".repeat(12)}) are neither here nor there.`,
  ]);
});

it("frees bytes, and misses none, also once the remote that others' runs came from is removed", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  const list = await storedUse(ann.store, "images", '{"v":1,"files":[]}\n');
  await appendRun(ann.store, { uses: [{ ...list, isFolder: true }] });
  await ann.push();
  await bob.pull();
  await removeRemote(bob.store, "team");
  expect(await collect(bob.store, by)).toMatchObject({ runs: [], bytes: 0 });
  expect((await checkStore(bob.store)).faults).toEqual([]);
});

it("gives a remote's name to one place: another one is refused, and the same again is nothing new", async () => {
  const address = folder();
  const { store } = await sharing(address);
  const before = await remotesOf(store);
  expect(await addRemote(store, { name: "team", address }, store.root)).toEqual(before[0]);
  for (const other of [{ address: folder() }, { address, git: folder() }])
    await expect(addRemote(store, { name: "team", ...other }, store.root)).rejects.toMatchObject({
      code: "remotes/name-taken",
      message: `team is ${address} already. Nothing was added.`,
    });
  expect(await remotesOf(store)).toEqual(before);
});

it("says of a folder that is not there what to do, and makes none", async () => {
  const address = join(folder(), "not", "mounted");
  const { push } = await sharing(address);
  await expect(push()).rejects.toMatchObject({
    code: "remotes/unreachable",
    advice: "Make that folder, or mount the disk that it lies on.",
  });
});

it("says how data that was not fetched gets into an export", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  const run = await ann.ran(["a\n"]);
  await ann.push();
  await bob.pull();
  expect((await exportedFiles(bob.store, [run.id])).missing).toEqual([
    `read/d.csv of run ${run.id} was not exported: its bytes were not fetched; \`lookback pull ${run.id}\` fetches them.`,
  ]);
  await bob.pull({ runs: [run.id] });
  expect((await exportedFiles(bob.store, [run.id])).missing).toEqual([]);
});
