import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { bytesBelow, tableRows } from "../../objects/fixtures/object-fixtures.ts";
import { hasFile } from "../../objects/has-file.ts";
import { putFile } from "../../objects/put-file.ts";
import { getFile } from "../../objects/read-file.ts";
import { catalogOf, segmentFolder } from "../../objects/segments/catalog.ts";
import { segmentWriter } from "../../objects/segments/segment-writer.ts";
import { appendRun } from "../fixtures/append-run.ts";
import { folder, ids, sharing } from "../fixtures/sharing.ts";
import { readIndex } from "../index/run-index.ts";
import { restoreRun } from "../restore/restore-run.ts";

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

function cut(address: string, ending: string): void {
  for (const name of readdirSync(join(address, "ledger"), { recursive: true, encoding: "utf8" }))
    if (name.endsWith(ending)) truncateSync(join(address, "ledger", name), 60);
  expect(bytesBelow(address)).toBeGreaterThan(0);
}
