import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { bytesBelow, tableRows } from "../../objects/fixtures/object-fixtures.ts";
import { hasFile } from "../../objects/has-file.ts";
import { putFile } from "../../objects/put-file.ts";
import { getFile } from "../../objects/read-file.ts";
import { catalogOf, segmentFolder } from "../../objects/segments/catalog.ts";
import { segmentWriter } from "../../objects/segments/segment-writer.ts";
import { logRef } from "../chain/refs.ts";
import { writerOf } from "../chain/writer.ts";
import { checkStore } from "../check/check-store.ts";
import { collect } from "../delete/collect.ts";
import { deleteRuns, planDelete } from "../delete/delete-runs.ts";
import { appendRun } from "../fixtures/append-run.ts";
import { freshStore } from "../fixtures/record-one.ts";
import { storedUse } from "../fixtures/stored-data.ts";
import type { Author } from "../format/run.ts";
import { readIndex } from "../index/run-index.ts";
import { markRun } from "../marks/mark-run.ts";
import { pinRun } from "../pins/pins.ts";
import { listRuns } from "../read/list-runs.ts";
import { restoreRun } from "../restore/restore-run.ts";
import { openStore } from "../store/open-store.ts";
import type { WritableStore } from "../store/store.ts";
import type { Bucket } from "./buckets/bucket.ts";
import { directoryBucket } from "./buckets/directory-bucket.ts";
import { type DataWish, pull } from "./pull.ts";
import { push } from "./push.ts";
import { pushFiles } from "./push-files.ts";
import { refreshMirror } from "./remote-catalog.ts";
import { addRemote, remotesOf, removeRemote } from "./remote-list.ts";

const by: Author = { name: "Ann", email: null, agent: null };
const folder = () => mkdtempSync(join(tmpdir(), "lookback-remote-"));
const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const ids = async (store: WritableStore) => (await listRuns(store)).runs.map(({ id }) => id).sort();

async function sharing(address: string) {
  const store = await freshStore();
  const remote = await addRemote(store, { name: "team", address }, store.root);
  return {
    store,
    push: () => push(store, remote, quiet),
    pull: (wish: DataWish = "none") => pull(store, remote, wish, quiet),
    /** A run that read a file of these rows. */
    async ran(rows: readonly string[], path = "d.csv") {
      const file = join(store.root, path);
      writeFileSync(file, rows.join(""));
      const { sha256, size } = await putFile(store.objects, file);
      return appendRun(store, { uses: [{ path, sha256, size, stored: true }] });
    },
  };
}

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

it.each<[string, (address: string) => void]>([
  ["a pack that was cut short", (address) => cut(address, ".pack")],
  ["an index of another pack", (address) => cut(address, ".idx")],
])("takes nothing of %s, and says so", async (_, damage) => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  await ann.ran(tableRows(1, 100));
  await ann.push();
  damage(address);
  expect(await bob.pull()).toMatchObject({
    commits: 0,
    problems: [expect.stringMatching(/is damaged there\. Nothing of it was taken\./)],
  });
  expect(await ids(bob.store)).toEqual([]);
});

it("fails, and keeps what it had, where data is damaged there", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  const run = await ann.ran(tableRows(1, 4_000));
  await ann.push();
  const [name] = readdirSync(join(address, "data"));
  const path = join(address, "data", name!);
  const bytes = readFileSync(path);
  bytes[1_000] = bytes[1_000]! ^ 1;
  writeFileSync(path, bytes);
  await expect(bob.pull("all")).rejects.toMatchObject({ code: "remotes/damaged" });
  expect(await ids(bob.store)).toEqual([run.id]);
});

it("takes no file whose chunks there do not make it up: whoever has it later stores it", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  await ann.ran(["a,b\n"]);
  const [chunk] = (await catalogOf(ann.store.objects)).segments.values();
  const text = "what bob will have\n";
  const sha256 = createHash("sha256").update(text).digest("hex");
  const lie = segmentWriter(ann.store.objects);
  const id = chunk!.directory.idAt(0);
  lie.addFile({ sha256, size: 8, chunks: [id, id] });
  await lie.finish();
  await appendRun(ann.store, { uses: [{ path: "x.txt", sha256, size: 8, stored: true }] });
  await ann.push();
  await expect(bob.pull("all")).rejects.toMatchObject({
    code: "remotes/damaged",
    data: { files: [sha256] },
  });
  expect(await hasFile(bob.store.objects, sha256)).toBe(false);
  const path = join(bob.store.root, "x.txt");
  writeFileSync(path, text);
  await putFile(bob.store.objects, path);
  expect((await getFile(bob.store.objects, sha256)).toString()).toBe(text);
});

it("leaves what is stored here as it is, whatever segments are called there", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  const own = await bob.ran(["bob's own\n"], "own.csv");
  const [name] = readdirSync(segmentFolder(bob.store.objects));
  await ann.ran(["a,b\n"]);
  await ann.push();
  const [sent] = readdirSync(join(address, "data"));
  renameSync(join(address, "data", sent!), join(address, "data", name!));
  expect(await bob.pull("all")).toMatchObject({ files: 1, problems: [] });
  const to = folder();
  expect((await restoreRun(bob.store, own.id, to)).missing).toEqual([]);
  expect(readFileSync(join(to, "own.csv"), "utf8")).toBe("bob's own\n");
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

it("does not take a place that is away for an empty one", async () => {
  const address = folder();
  const ann = await sharing(address);
  await ann.ran(["a\n"]);
  rmSync(address, { recursive: true });
  await expect(ann.push()).rejects.toMatchObject({ code: "remotes/unreachable" });
  await expect(ann.pull()).rejects.toMatchObject({ code: "remotes/unreachable" });
});

it("says of a chain that is another there than here that it is, and leaves both alone", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  await ann.ran(["a\n"]);
  await ann.push();
  const [entry] = (await readIndex(ann.store)).recorded;
  const [writer] = readdirSync(join(address, "ledger"));
  expect(writer).toBe(entry?.writer);
  for (const name of readdirSync(join(address, "ledger", writer!))) {
    const path = join(address, "ledger", writer!, name);
    writeFileSync(path.replace(entry!.commit, "0".repeat(40)), readFileSync(path));
    rmSync(path);
  }
  expect((await ann.push()).problems).toEqual([expect.stringMatching(/is another there than here/)]);
  expect((await bob.pull()).problems).toHaveLength(1);
  expect(await ids(bob.store)).toEqual([]);
});

it("keeps whoever shares from deleting what another's deployment rests on", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  const run = await ann.ran(["a\n"]);
  await ann.push();
  await bob.pull();
  await pinRun(bob.store, "m@1", run.id);
  const confirmed = { by, confirmed: true };
  await bob.push();
  expect((await planDelete(ann.store, [run.id])).refused).toMatchObject([{ deployments: [{ name: "m@1" }] }]);
  await expect(deleteRuns(ann.store, [run.id], confirmed)).rejects.toMatchObject({
    code: "delete/rested-on",
  });
  appendFileSync(join(address, "pins", readdirSync(join(address, "pins")).sort()[0]!), "torn");
  rmSync(join(address, "pins"), { recursive: true });
  rmSync(address, { recursive: true });
  await expect(deleteRuns(ann.store, [run.id], confirmed)).rejects.toMatchObject({
    code: "remotes/unreachable",
  });
  expect(await ids(ann.store)).toEqual([run.id]);
});

it("takes a copy of a workspace for another one, which takes back nothing of what the first said, and heeds it", async () => {
  const address = folder();
  const ann = await sharing(address);
  const run = await ann.ran(["a\n"]);
  await ann.push();
  const copy = folder();
  cpSync(ann.store.root, copy, { recursive: true });
  await pinRun(ann.store, "m@1", run.id);
  await ann.push();
  const store = await openStore(copy);
  const remote = (await remotesOf(store))[0]!;
  await push(store, remote, quiet);
  await push(store, remote, quiet);
  expect(readdirSync(join(address, "pins"))).toHaveLength(2);
  await pull(store, remote, "none", quiet);
  expect((await planDelete(store, [run.id])).refused).toMatchObject([{ deployments: [{ name: "m@1" }] }]);
  const bob = await sharing(address);
  await bob.pull();
  await expect(deleteRuns(bob.store, [run.id], { by, confirmed: true })).rejects.toMatchObject({
    code: "delete/rested-on",
  });
  renameSync(ann.store.root, `${ann.store.root} moved`);
  const moved = await openStore(`${ann.store.root} moved`);
  await push(moved, remote, quiet);
  expect(readdirSync(join(address, "pins"))).toHaveLength(2);
});

function cut(address: string, ending: string): void {
  for (const name of readdirSync(join(address, "ledger"), { recursive: true, encoding: "utf8" }))
    if (name.endsWith(ending)) truncateSync(join(address, "ledger", name), 60);
  expect(bytesBelow(address)).toBeGreaterThan(0);
}
