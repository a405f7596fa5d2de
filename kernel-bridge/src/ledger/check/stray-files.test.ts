import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { freshStore, recordOne } from "../fixtures/record-one.ts";
import { listRuns } from "../read/list-runs.ts";
import { checkStore } from "./check-store.ts";
import { sweepStore } from "./sweep-store.ts";

const uuid = "01234567-89ab-cdef-0123-456789abcdef";

it.each([
  "store.git/refs/lookback/log/abcd.1.tmp",
  `store.git/refs/lookback/log/0a1b2c3d.${uuid}.tmp`,
  "store.git/refs/lookback/log/deep/er",
  "store.git/refs/lookback/log/odd name",
  "store.git/refs/lookback/elsewhere",
  "store.git/refs/lookback/pin/a/b.tmp",
  "store.git/refs/heads/x.lock",
  "store.git/refs/heads/empty",
  `store.git/refs/heads/runs.${uuid}.tmp`,
  "store.git/objects/pack/tmp_pack_abc",
  `store.git/objects/pack/pack-${"a".repeat(40)}.pack`,
  `store.git/objects/pack/pack-${"b".repeat(40)}.idx`,
  "store.git/objects/00/tmp_obj_x",
  `objects/segments/${uuid}.seg`,
  `objects/segments/${uuid}.idx`,
  `objects/segments/${uuid}.seg.tmp`,
  `objects/segments/${uuid}.segment`,
  `objects/segments/${uuid}.0.damaged`,
  `objects/looks/${"0".repeat(64)}.json`,
  `objects/files/${"0".repeat(64)}.json.${uuid}.tmp`,
  "objects/.DS_Store",
  "writers/odd.lock",
  "writers/0a1b2c3d.lock.taking",
  `journal/s.jsonl.lock.${uuid}`,
  "journal/notes.txt",
  "kept/gone.1a-2b-3c",
  "kept/gone.12-1.files",
  "kept/s.1a-2b-3c.tmp",
  `index.jsonl.${uuid}.tmp`,
  `tmp/${uuid}.tmp`,
])("%s is harmless, said, and swept once it is old", async (stray) => {
  const store = await freshStore();
  const first = await recordOne(store, "s");
  const path = join(store.dir, stray);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  const second = await recordOne(store, "t");
  expect((await listRuns(store)).runs.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
  expect((await listRuns(store)).unreadable).toEqual([]);
  const check = await checkStore(store);
  expect(check.strays).toEqual([stray]);
  expect(check.faults.filter((fault) => !fault.startsWith("pins:"))).toEqual([]);
  expect(await sweepStore(store)).toEqual([]);
  const old = new Date(Date.now() - 25 * 3_600_000);
  utimesSync(path, old, old);
  expect(await sweepStore(store)).toEqual([stray]);
  expect(existsSync(path)).toBe(false);
  expect(await checkStore(store)).toMatchObject({ runs: 2, faults: [], strays: [] });
  execFileSync("git", ["fsck", "--full", "--strict"], { cwd: store.gitdir, stdio: "pipe" });
});

it("does not sweep what held recorded bytes and cannot be read: they may be all that is left of them", async () => {
  const store = await freshStore();
  await recordOne(store, "s");
  const stray = `objects/segments/${uuid}.segment`;
  const path = join(store.dir, stray);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "a,b\n1,2\n");
  const old = new Date(Date.now() - 25 * 3_600_000);
  utimesSync(path, old, old);
  expect(await sweepStore(store)).toEqual([]);
  expect(existsSync(path)).toBe(true);
  expect((await checkStore(store)).strays).toEqual([stray]);
});
