import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshStore, recordOne } from "../fixtures/record-one.ts";
import { readRunNotebook } from "../read/read-run-notebook.ts";
import { type GitObject, gitObject } from "./git-object.ts";
import { mergePacks } from "./merge-packs.ts";
import { packEntry, packOf } from "./pack-bytes.ts";
import { addPack, packFolder, packsOf } from "./packs.ts";
import { readObjects } from "./read-objects.ts";

const packed = async (objects: readonly GitObject[]) => packOf(await Promise.all(objects.map(packEntry)));
const blobs = [0, 1, 15, 16, 2047, 2048, 300_000].map((size) => gitObject("blob", randomBytes(size)));

describe("packs", () => {
  it("are what git reads, and git's index of them is ours byte for byte", async () => {
    const store = await freshStore();
    const pack = await packed(blobs);
    await addPack(store, pack);
    const git = (...args: string[]) => execFileSync("git", args, { cwd: store.gitdir, maxBuffer: 1 << 24 });
    for (const { oid, body } of blobs) expect(git("cat-file", "blob", oid).equals(body)).toBe(true);
    const path = join(packFolder(store), `pack-${pack.name}.pack`);
    git("index-pack", "-o", join(store.root, "theirs.idx"), path);
    expect(execFileSync("cat", [join(store.root, "theirs.idx")]).equals(pack.index)).toBe(true);
    await readObjects(store, async (objects) => {
      for (const blob of blobs) expect(await objects.read(blob.oid)).toEqual(blob);
    });
  });

  it("of another git's making, with deltas, are read too", async () => {
    const store = await freshStore();
    const sources = Array.from({ length: 8 }, (_, at) => `${"y = 1\n".repeat(400)}x = ${at}`);
    const runs = [];
    for (const [at, source] of sources.entries()) runs.push(await recordOne(store, `s${at}`, source));
    execFileSync("git", ["gc", "-q", "--aggressive"], { cwd: store.gitdir });
    const verify = [
      "verify-pack",
      "-v",
      ...readdirSync(packFolder(store)).filter((name) => name.endsWith(".idx")),
    ];
    expect(execFileSync("git", verify, { cwd: packFolder(store), encoding: "utf8" })).toMatch(
      /chain length = 1/,
    );
    for (const [at, { id }] of runs.entries()) {
      const kept = JSON.parse(Buffer.from(await readRunNotebook(store, id)).toString("utf8"));
      expect(kept.cells[0].source).toBe(sources[at]);
    }
    await recordOne(store, "after");
  });

  it("are merged when there are many, while somebody reads, and nothing is lost", async () => {
    const store = await freshStore();
    const all = Array.from({ length: 130 }, () => gitObject("blob", randomBytes(200)));
    for (const blob of all) await addPack(store, await packed([blob]));
    await readObjects(store, async (objects) => {
      const reading = (async () => {
        for (const blob of [...all, ...all]) expect(await objects.read(blob.oid)).toEqual(blob);
      })();
      await mergePacks(store);
      await reading;
    });
    expect((await packsOf(store)).size).toBeLessThan(50);
    await readObjects(store, async (objects) => {
      for (const blob of all) expect(await objects.read(blob.oid)).toEqual(blob);
    });
    execFileSync("git", ["fsck", "--full", "--strict"], { cwd: store.gitdir, stdio: "pipe" });
  });

  it("say which object is damaged or missing, and give out nothing of it", async () => {
    const store = await freshStore();
    const [blob] = blobs.slice(4);
    const { name, pack, index } = await packed([blob!]);
    pack[40] = (pack[40] ?? 0) ^ 1;
    await addPack(store, { name, pack, index });
    await readObjects(store, async (objects) => {
      await expect(objects.read(blob!.oid)).rejects.toMatchObject({ code: "ledger/object-damaged" });
      await expect(objects.read("1".repeat(40))).rejects.toMatchObject({ code: "ledger/object-missing" });
    });
  });
});
