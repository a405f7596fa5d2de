import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { appendCommit } from "../chain/append-commit.ts";
import { logRef } from "../chain/refs.ts";
import { writerOf } from "../chain/writer.ts";
import { freshStore, recordOne } from "../fixtures/record-one.ts";
import { listRuns } from "../read/list-runs.ts";
import { showRun } from "../read/show-run.ts";
import { readChains, readIndex } from "./run-index.ts";

/** A store with three runs, its index, and a name of the store that this process remembers nothing of. */
async function threeRuns() {
  const store = await freshStore();
  const ids = [];
  for (const session of ["a", "b", "c"]) ids.push((await recordOne(store, session)).id);
  const index = join(store.dir, "index.jsonl");
  const unknown = { ...store, dir: `${store.dir}/` };
  return {
    store,
    ids: ids.sort(),
    index,
    lines: readFileSync(index, "utf8").split("\n").filter(Boolean),
    unknown,
  };
}

describe("the index spares reading and nothing else: the same runs are listed when it", () => {
  it.each<[string, (lines: readonly string[]) => string]>([
    ["is gone", () => ""],
    ["lacks the last", (lines) => `${lines.slice(0, 2).join("\n")}\n`],
    ["lacks one in the middle", ([first, , last]) => `${first}\n${last}\n`],
    ["lacks the first", (lines) => `${lines.slice(1).join("\n")}\n`],
    ["holds each twice", (lines) => `${[...lines, ...lines].join("\n")}\n`],
    ["is in another order", (lines) => `${[...lines].reverse().join("\n")}\n`],
    ["was torn", (lines) => lines.join("\n").slice(0, -40)],
    ["was torn and written on", ([first, second, last]) => `${first}\n${second?.slice(0, 50)}${last}\n`],
    [
      "is of another version",
      (lines) => `${lines.map((line) => line.replace(/"v":"\d+/, '"v":"99')).join("\n")}\n`,
    ],
    [
      "is of the first delivery, without a version",
      (lines) => `${lines.map((line) => line.replace(/"v":"[^"]*",/, "")).join("\n")}\n`,
    ],
    ["is no text at all", () => "\0\x01[]\n{}\nnull\n"],
  ])("%s", async (_, change) => {
    const { ids, index, lines, unknown } = await threeRuns();
    writeFileSync(index, change(lines));
    for (let time = 0; time < 2; time++) {
      const { runs, unreadable } = await listRuns(unknown);
      expect([...runs.map(({ id }) => id)].sort()).toEqual(ids);
      expect(unreadable).toEqual([]);
    }
  });

  it("is written anew by another process while this one remembers it", async () => {
    const { store, ids, index, lines } = await threeRuns();
    await listRuns(store);
    rmSync(index);
    writeFileSync(index, `${lines[0]}\n`);
    expect((await listRuns(store)).runs.map(({ id }) => id).sort()).toEqual(ids);
    appendFileSync(index, `${lines[1]}\n`);
    expect((await listRuns(store)).runs.map(({ id }) => id).sort()).toEqual(ids);
  });
});

describe("a record that cannot be read costs its row and no other", () => {
  const parts = (json: string) => ({
    files: new Map([["run.json", json]]),
    message: "odd.ipynb 01ARZ3NDEKTSV4RRFFQ69G5FAV",
    timestamp: Date.UTC(2026, 0, 2),
  });
  const known = {
    id: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    notebook: "odd.ipynb",
    startedAt: "2026-01-02T00:00:00.000Z",
    commit: expect.stringMatching(/^[0-9a-f]{40}$/),
  };

  it.each<[string, string, RegExp]>([
    ["no JSON", '{"id": ', /it is not JSON/],
    ["JSON, but no run", "[1, 2]", /it holds no run/],
    [
      "a run without its cells",
      '{"v": 2, "id": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "notebook": "n"}',
      /its startedAt is missing/,
    ],
    ["of a version after this", '{"v": 4}', /form 4, which this version does not know/],
    ["empty", "", /it is not JSON/],
  ])("%s", async (_, json, reason) => {
    const store = await freshStore();
    const before = await recordOne(store, "before");
    await appendCommit(store, parts(json));
    const after = await recordOne(store, "after");
    const { runs, unreadable } = await listRuns({ ...store, dir: `${store.dir}/` });
    expect(runs.map(({ id }) => id).sort()).toEqual([before.id, after.id].sort());
    expect(unreadable).toEqual([{ ...known, reason: expect.stringMatching(reason) }]);
    await expect(showRun(store, "01ARZ3")).rejects.toMatchObject({ code: "ledger/run-unreadable" });
    expect((await showRun(store, before.id)).id).toBe(before.id);
  });

  it("a chain whose ref was damaged is said, not begun anew, and listed as far as it is known", async () => {
    const { store, ids, index } = await threeRuns();
    const ref = join(store.gitdir, logRef(await writerOf(store)));
    for (const text of ["", "0123", "ref: refs/heads/none"]) {
      writeFileSync(ref, text);
      const { runs, unreadable } = await listRuns(store);
      expect(runs.map(({ id }) => id).sort()).toEqual(ids);
      expect((await showRun(store, ids[0] ?? "")).id).toBe(ids[0]);
      expect(unreadable.map(({ reason }) => reason)).toEqual([
        expect.stringMatching(/cannot be read.* 3 runs/),
      ]);
      await expect(recordOne(store, "d")).rejects.toMatchObject({ code: "ledger/ref-unreadable" });
    }
    rmSync(index);
    expect((await listRuns({ ...store, dir: `${store.dir}/.` })).unreadable).toHaveLength(1);
  });
});

it("does not take a chain for lost that another process begins while the index is read", async () => {
  const { store, ids } = await threeRuns();
  const ref = join(store.gitdir, logRef(await writerOf(store)));
  const oid = readFileSync(ref);
  for (const read of [readIndex, readChains]) {
    rmSync(ref);
    // The refs lie below the other folder: this one is asked for when they are listed.
    const meanwhile = {
      ...store,
      get dir() {
        writeFileSync(ref, oid);
        return store.dir;
      },
    };
    expect((await read(meanwhile)).unreadable).toEqual([]);
    expect((await read(store)).entries.map(({ summary }) => summary.id)).toEqual(ids);
  }
});
