import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Failure } from "../failure.ts";
import { seeded } from "../secrets/corpus/seeded.ts";
import {
  asAnother,
  bytesBelow,
  flip,
  freshObjects,
  sha256Of,
  tableRows,
} from "./fixtures/object-fixtures.ts";
import { hasFile } from "./has-file.ts";
import { mergeSegments } from "./merge-segments.ts";
import type { ObjectStore } from "./object-store.ts";
import { putFile } from "./put-file.ts";
import { getFile, listFiles } from "./read-file.ts";

const rows = tableRows(3, 60_000);
const segmentsOf = (store: ObjectStore) => readdirSync(join(store.dir, "segments"));
const exclusively = (run: () => Promise<void>) => run();

/** Rows with one value of some changed. */
function changed(from: readonly string[], seed: number, count: number): string[] {
  const random = seeded(seed);
  const next = [...from];
  for (let change = 0; change < count; change++) {
    const at = random.below(next.length);
    next[at] = next[at]!.replace(/,\w{5},/, `,${random.text(5, "0123456789")},`);
  }
  return next;
}

describe("growth", () => {
  it.each<[string, readonly string[], number]>([
    ["a value in one row of a thousand changed", changed(rows, 1, 60), 0.0015],
    ["rows at the end", [...rows, ...tableRows(9, 600)], 0.0125],
    ["rows taken out of the middle", [...rows.slice(0, 30_000), ...rows.slice(31_000)], 0.001],
    ["a row put before all others", ["first,row,of,all\n", ...rows], 0.001],
  ])(
    "of a table with %s is what changed, by the version before or by what lies around",
    async (_, next, most) => {
      for (const isHinted of [true, false]) {
        const { store, path } = freshObjects();
        writeFileSync(path, rows.join(""));
        const { sha256: before } = await putFile(store, path);
        const was = bytesBelow(store.dir);
        writeFileSync(path, next.join(""));
        const { sha256, size } = await putFile(store, path, isHinted ? { before } : {});
        expect((bytesBelow(store.dir) - was) / size).toBeLessThan(most + 800 / size);
        expect((await getFile(asAnother(store), sha256)).toString()).toBe(next.join(""));
      }
    },
  );

  it("goes on over many versions, each of which is read as it was", async () => {
    const { store, path } = freshObjects();
    const versions: string[] = [];
    let [next, before]: [string[], string | null] = [rows, null];
    for (let version = 0; version < 14; version++) {
      writeFileSync(path, next.join(""));
      before = (await putFile(store, path, { before })).sha256;
      versions.push(before);
      next = changed(next, version, 20);
    }
    expect(bytesBelow(store.dir)).toBeLessThan(1.35 * rows.join("").length);
    for (const sha256 of versions) expect(sha256Of(await getFile(asAnother(store), sha256))).toBe(sha256);
    await mergeSegments(store, exclusively);
    for (const sha256 of versions) expect(sha256Of(await getFile(asAnother(store), sha256))).toBe(sha256);
    expect((await listFiles(store)).sort()).toEqual([...versions].sort());
  });
});

describe("random edits", () => {
  it.each(Array.from({ length: 8 }, (_, seed) => [seed]))(
    "are read as they were, and what is damaged is never given out (seed %i)",
    async (seed) => {
      const random = seeded(100 + seed);
      const { store, path } = freshObjects();
      let bytes = Buffer.concat([Buffer.from(rows.slice(0, 20_000).join("")), randomBytes(300_000)]);
      const versions = new Map<string, Buffer>();
      let before: string | null = null;
      for (let version = 0; version < 6; version++) {
        writeFileSync(path, bytes);
        before = (await putFile(store, path, { before: random.below(4) === 0 ? null : before })).sha256;
        versions.set(before, bytes);
        for (let edit = random.below(12); edit > 0; edit--) {
          const at = random.below(bytes.length);
          const from = random.below(bytes.length);
          const put =
            random.below(2) === 0
              ? randomBytes(random.below(9))
              : bytes.subarray(from, from + random.below(200_000));
          bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + random.below(30_000))]);
        }
      }
      for (const [sha256, wanted] of versions)
        expect((await getFile(asAnother(store), sha256)).equals(wanted)).toBe(true);

      const names = segmentsOf(store);
      const damaged = join(store.dir, "segments", names[random.below(names.length)]!);
      const { length } = readFileSync(damaged);
      if (random.below(2) === 0) flip(damaged, random.below(length));
      else truncateSync(damaged, random.below(length));
      const another = { ...store, dir: `${store.dir}//` };
      for (const [sha256, wanted] of versions) {
        const read = await getFile(another, sha256).catch((cause: unknown) => cause);
        if (read instanceof Failure) expect(read.code).toMatch(/^objects\/(corrupt|missing)$/);
        else expect(wanted.equals(read as Buffer)).toBe(true);
      }
      for (const [sha256, wanted] of versions) {
        writeFileSync(path, wanted);
        await putFile(another, path);
        expect(await hasFile(another, sha256)).toBe(true);
      }
      for (const [sha256, wanted] of versions)
        expect((await getFile({ ...store, dir: `${store.dir}/.` }, sha256)).equals(wanted)).toBe(true);
    },
  );
});

describe("what is not stored", () => {
  const withFile = (bytes = randomBytes(3_000_000)) => {
    const { store, path } = freshObjects();
    writeFileSync(path, bytes);
    return { store, path, known: { sha256: sha256Of(bytes), size: bytes.length } };
  };
  const expectNothing = (store: ObjectStore) => {
    const left = [store.dir, store.temporary].flatMap((folder) => {
      try {
        return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
          entry.isFile(),
        );
      } catch {
        return [];
      }
    });
    expect(left).toEqual([]);
  };

  it("is hashed all the same when it is over a limit", async () => {
    const { store, path, known } = withFile();
    const failure = await putFile(store, path, { mostBytes: 2_999_999 }).catch((cause) => cause);
    expect(failure).toMatchObject({ code: "objects/too-large", data: known });
    expect(failure.message).toMatch(/has 3 MiB, more than the 3 MiB/);
    expectNothing(store);
    expect(await putFile(store, path, { mostBytes: 3_000_000 })).toEqual(known);
  });

  it("is hashed all the same when what reads along says so, which sees every byte once, in order", async () => {
    const { store, path, known } = withFile();
    const seen: Buffer[] = [];
    const refused = new Failure("test/refused", "It holds what must not be kept.");
    const inspect = (bytes: Buffer) => {
      seen.push(Buffer.from(bytes));
      return seen.length === 2 ? refused : null;
    };
    await expect(putFile(store, path, { inspect })).rejects.toMatchObject({
      code: "test/refused",
      data: known,
    });
    expectNothing(store);
    seen.length = 5;
    seen.fill(Buffer.alloc(0));
    expect(await putFile(store, path, { inspect })).toEqual(known);
    expect(sha256Of(Buffer.concat(seen))).toBe(known.sha256);
  });

  it("is said when it changes while it is read", async () => {
    const { store, path } = withFile();
    const inspect = () => {
      writeFileSync(path, "other");
      return null;
    };
    await expect(putFile(store, path, { inspect })).rejects.toMatchObject({ code: "objects/changed" });
    expectNothing(store);
  });

  it.each([
    ["is gone", (path: string) => `${path}.gone`, "it is gone"],
    ["is a folder", (path: string) => mkdirSync(`${path}.d`) ?? `${path}.d`, "it is a folder"],
  ])("is said when it %s", async (_, other, why) => {
    const { store, path } = withFile();
    const failure = await putFile(store, other(path)).catch((cause) => cause);
    expect(failure).toMatchObject({ code: "objects/unreadable", message: expect.stringContaining(why) });
    expectNothing(store);
  });

  it.runIf(process.getuid?.() !== 0)("is hashed all the same where the store cannot be written", async () => {
    const { store, path, known } = withFile();
    mkdirSync(store.dir);
    mkdirSync(store.temporary);
    chmodSync(store.temporary, 0o500);
    const put = putFile(store, path);
    await expect(put).rejects.toMatchObject({ code: "objects/not-writable", data: known });
    chmodSync(store.temporary, 0o700);
    expectNothing(store);
  });
});
