import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { appendCommit } from "../chain/append-commit.ts";
import { checkStore } from "../check/check-store.ts";
import { freshStore, recordOne } from "../fixtures/record-one.ts";
import { eventMessage, readEvent, writeEvent } from "../format/read-event.ts";
import type { Author } from "../format/run.ts";
import { inFoldOrder } from "../index/fold-order.ts";
import type { EventEntry } from "../index/index-file.ts";
import { readIndex } from "../index/run-index.ts";
import { listRuns } from "../read/list-runs.ts";
import { authorAt, sayAuthor } from "./author.ts";
import { foldMarks } from "./fold-marks.ts";
import { type MarkWish, markRun } from "./mark-run.ts";

const ann: Author = { name: "Ann", email: "ann@x", agent: null };
const bob: Author = { name: "Bob", email: "bob@x", agent: null };

describe("marks", () => {
  it("are folded into the list, also by whoever has no index, and change no run", async () => {
    const store = await freshStore();
    const [first, second] = [await recordOne(store, "a"), await recordOne(store, "b")];
    const wishes: MarkWish[] = [
      { starred: true, name: "best", addTags: ["paper", "draft"] },
      { removeTags: ["draft"], note: "two\nlines" },
      { name: "" },
    ];
    for (const wish of wishes) await markRun(store, first.id, wish, ann);
    const expected = { starred: true, name: null, note: "two\nlines", tags: ["paper"], official: [] };
    const anew = { ...store, dir: `${store.dir}/.` };
    for (const each of [store, anew]) {
      const { runs, unreadable } = await listRuns(each);
      expect(unreadable).toEqual([]);
      expect(runs.map(({ id }) => id)).toEqual([second.id, first.id].sort().reverse());
      expect(runs.find(({ id }) => id === first.id)?.marks).toEqual(expected);
      expect(runs.find(({ id }) => id === second.id)?.marks.starred).toBe(false);
      rmSync(join(store.dir, "index.jsonl"), { force: true });
    }
    expect(await checkStore(store)).toMatchObject({ runs: 2, faults: [] });
    execFileSync("git", ["fsck", "--full", "--strict"], { cwd: store.gitdir, stdio: "pipe" });
  });

  it("count after one that claims to be later than anything can be", async () => {
    const store = await freshStore();
    const { id } = await recordOne(store, "a");
    const event = { at: new Date().toISOString(), order: 1e300, by: bob };
    const said = { kind: "mark", run: id, changes: { name: "last for ever" } } as const;
    const files = new Map([["event.json", writeEvent({ ...event, said })]]);
    await appendCommit(store, { files, message: eventMessage({ ...event, said }), timestamp: Date.now() });
    for (const name of ["one", "two", "three"])
      expect((await markRun(store, id, { name }, ann)).marks.name).toBe(name);
  });

  it("keep secrets out", async () => {
    const store = await freshStore();
    const { id } = await recordOne(store, "a");
    const token = `ghp_${"a1".repeat(18)}`;
    const { marks } = await markRun(store, id, { note: `use ${token}` }, ann);
    expect(marks.note).not.toContain(token);
  });

  it.each<[string, MarkWish]>([
    ["nothing", {}],
    ["a tag of no signs", { addTags: [" "] }],
    ["a name of two lines", { name: "a\nb" }],
    ["a tag that is a book", { addTags: ["x".repeat(101)] }],
  ])("refuse %s", async (_, wish) => {
    const store = await freshStore();
    const { id } = await recordOne(store, "a");
    await expect(markRun(store, id, wish, ann)).rejects.toMatchObject({ code: "marks/bad-mark" });
    expect((await readIndex(store)).events).toEqual([]);
  });

  it("make one run a question official, and say which it replaces", async () => {
    const store = await freshStore();
    const [a, b] = [(await recordOne(store, "a")).id, (await recordOne(store, "b")).id];
    const official = { is: true };
    expect((await markRun(store, a, { official }, ann)).insteadOf).toBeNull();
    const { marks, insteadOf } = await markRun(store, b, { official }, bob);
    expect(insteadOf).toBe(a);
    expect(marks.official).toMatchObject([{ question: "n.ipynb", by: bob, disputed: null }]);
    const { runs } = await listRuns(store);
    expect(runs.filter((run) => run.marks.official.length > 0).map(({ id }) => id)).toEqual([b]);
    // Taking it from a run that has it no longer takes it from nobody.
    await markRun(store, a, { official: { is: false } }, ann);
    expect((await listRuns(store)).runs.filter((run) => run.marks.official.length > 0)).toHaveLength(1);
  });
});

describe("marks of several writers", () => {
  const said = (
    order: number,
    writer: string,
    run: string,
    changes: Extract<EventEntry["event"]["said"], { kind: "mark" }>["changes"],
    by = ann,
  ): EventEntry => ({
    commit: `${writer}${order}`.padEnd(40, "0"),
    parent: null,
    writer,
    event: { at: new Date(order).toISOString(), order, by, said: { kind: "mark", run, changes } },
  });
  const shuffled = <T>(list: readonly T[], seed: number) =>
    list
      .map((each, at) => ({ each, key: ((at + 1) * 7919 * (seed + 1)) % 101 }))
      .sort((x, y) => x.key - y.key)
      .map(({ each }) => each);

  it("come out the same in whatever order the chains arrive", () => {
    const events = [
      said(1, "aa", "R", { name: "one", addTags: ["x", "y"] }),
      said(2, "bb", "R", { name: "two", removeTags: ["x"] }),
      said(2, "aa", "R", { name: "tie", starred: true }),
      said(3, "bb", "R", { addTags: ["x"], removeTags: ["y"] }),
      said(3, "aa", "R", { starred: false }),
    ];
    const folds = Array.from({ length: 50 }, (_, seed) => foldMarks(inFoldOrder(shuffled(events, seed))));
    expect(new Set(folds.map((fold) => JSON.stringify([...fold]))).size).toBe(1);
    expect(folds[0]?.get("R")).toEqual({
      starred: false,
      name: "two",
      note: null,
      tags: ["x"],
      official: [],
    });
  });

  it("say that two runs were marked official, each unseen by the other", () => {
    const official = (instead: string | null) => ({ official: { question: "q", is: true, instead } });
    const events = [
      said(1, "aa", "R", official(null)),
      said(2, "bb", "S", official(null), bob),
      said(3, "cc", "T", { starred: true }),
    ];
    const [mark] = foldMarks(events).get("S")?.official ?? [];
    expect(mark?.disputed).toEqual({ run: "R", by: ann, at: new Date(1).toISOString() });
    expect(foldMarks(events).get("R")?.official).toEqual([]);
    const settled = foldMarks([...events, said(4, "aa", "R", official("S"))]);
    expect(settled.get("R")?.official[0]?.disputed).toBeNull();
    expect(settled.get("S")?.official).toEqual([]);
  });

  it("said after another was seen count after it, whatever the clock says", async () => {
    const store = await freshStore();
    const { id } = await recordOne(store, "a");
    const ahead = Date.now() + 3_600_000;
    const event = {
      at: new Date(ahead).toISOString(),
      order: ahead,
      by: bob,
      said: { kind: "mark" as const, run: id, changes: { name: "from a clock that is ahead" } },
    };
    const files = new Map([["event.json", writeEvent(event)]]);
    await appendCommit(store, { files, message: eventMessage(event), timestamp: ahead });
    const { marks } = await markRun(store, id, { name: "later" }, ann);
    expect(marks.name).toBe("later");
  });
});

describe("an event that cannot be read", () => {
  it.each<[string, string, string]>([
    ["of a version after this", '{"v": 2}', "ledger/newer-event"],
    ["that is no JSON", "{", "ledger/event-unreadable"],
    ["of a kind nobody knows", '{"v": 1, "said": {"kind": "odd"}}', "ledger/event-unreadable"],
  ])("%s is said", async (_, text, code) => {
    expect(() => readEvent(text)).toThrow(expect.objectContaining({ code }));
    const store = await freshStore();
    const { id } = await recordOne(store, "a");
    const message = "lookback event: mark";
    await appendCommit(store, { files: new Map([["event.json", text]]), message, timestamp: 1 });
    const { runs, unreadable } = await listRuns(store);
    expect(runs.map((run) => run.id)).toEqual([id]);
    expect(unreadable).toHaveLength(1);
  });

  it("a field of a mark that this version does not know is not passed over", () => {
    const said = { kind: "mark", run: "R", changes: { color: "red" } };
    const text = JSON.stringify({ v: 1, at: new Date(0).toISOString(), order: 1, by: ann, said });
    expect(() => readEvent(text)).toThrow(expect.objectContaining({ code: "ledger/event-unreadable" }));
  });
});

it.each<[Record<string, string>, string]>([
  [{ GIT_AUTHOR_NAME: "Ann", GIT_AUTHOR_EMAIL: "ann@x" }, "Ann"],
  [{ GIT_AUTHOR_NAME: "Ann", LOOKBACK_AGENT: "tuner" }, "tuner for Ann"],
  [{ GIT_AUTHOR_NAME: "Ann", CLAUDECODE: "1" }, "Claude Code for Ann"],
])("%j is %s", async (env, says) => {
  const { PATH = "" } = process.env;
  expect(sayAuthor(await authorAt("/", { PATH, ...env }))).toBe(says);
});

it("is who git says, the last that it is told, and as much of it as there is", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lookback-author-"));
  const { PATH = "" } = process.env;
  const env = { PATH, GIT_CONFIG_GLOBAL: join(folder, "config"), GIT_CONFIG_NOSYSTEM: "1" };
  const told = async (config: string, more = {}) => {
    writeFileSync(env.GIT_CONFIG_GLOBAL, config);
    const { name, email } = await authorAt(folder, { ...env, ...more });
    return { name, email };
  };
  const { name: system } = await told("");
  expect(system).not.toBe("");
  expect(await told("[user]\n\tname = Ann\n\temail = ann@x\n\tname = Bea\n")).toEqual({
    name: "Bea",
    email: "ann@x",
  });
  expect(await told("[user]\n\temail\n\tname =\n")).toEqual({ name: system, email: null });
  expect(await told("[user]\n\temail = ann@x\n", { GIT_AUTHOR_NAME: "Cy" })).toEqual({
    name: "Cy",
    email: "ann@x",
  });
  expect(await told("broken [")).toEqual({ name: system, email: null });
});
