import { readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkStore } from "../check/check-store.ts";
import { freshStore, journalCell, record } from "../fixtures/record-one.ts";
import { readIndex } from "../index/run-index.ts";
import { listRuns } from "../read/list-runs.ts";
import { journalFolder, journalPath, type Store } from "../store/store.ts";
import { dropJournals, dropNowAndThen } from "./drop-journals.ts";
import { recoverRuns } from "./recover-runs.ts";

const gone = { pid: 2 ** 22 + 1 };
const names = (store: Store) => readdirSync(journalFolder(store)).sort();
const at = (store: Store, name: string) => join(journalFolder(store), name);
const oneDayAgo = () => new Date(Date.now() - 25 * 3_600_000);

describe("a range of a journal is recorded once", () => {
  it("when the process went between the commit and the mark", async () => {
    const store = await freshStore();
    journalCell(store, "s", "x", gone);
    const run = await record(store, "s");
    const [mark = ""] = names(store);
    expect(mark).toBe(`s.${run?.session.journalEnd}.recorded`);
    renameSync(at(store, mark), at(store, "s.0.recording"));
    expect(await record(store, "s")).toBeNull();
    expect(await recoverRuns(store, null)).toEqual([]);
    journalCell(store, "s", "y", null);
    expect((await recoverRuns(store, null)).map(({ cells }) => cells.length)).toEqual([1]);
    expect((await listRuns(store)).runs).toHaveLength(2);
  });

  it("when the clock was set back before the cell ran, too", async () => {
    const store = await freshStore();
    journalCell(store, "s", "x", gone);
    const path = journalPath(store, "s");
    const [session = "", ...rest] = readFileSync(path, "utf8").split("\n");
    const later = session.replace(/"at":"[^"]+"/, `"at":"${new Date(Date.now() + 3_600_000).toISOString()}"`);
    writeFileSync(path, [later, ...rest].join("\n"));
    await record(store, "s");
    renameSync(at(store, names(store)[0] ?? ""), at(store, "s.0.recording"));
    expect(await recoverRuns(store, null)).toEqual([]);
    expect((await listRuns(store)).runs).toHaveLength(1);
  });

  it("when it went before the commit", async () => {
    const store = await freshStore();
    journalCell(store, "s", "x", gone);
    writeFileSync(at(store, "s.0.recording"), "");
    expect(await recoverRuns(store, null)).toHaveLength(1);
    expect(await recoverRuns(store, null)).toEqual([]);
  });

  it("in a store of the first delivery, which had no marks", async () => {
    const store = await freshStore();
    journalCell(store, "s", "x", gone);
    await record(store, "s");
    journalCell(store, "t", "x", gone);
    rmSync(at(store, names(store).find((name) => name.endsWith(".recorded")) ?? ""));
    rmSync(join(store.dir, "format"));
    expect((await recoverRuns(store, null)).map(({ session }) => session.id)).toEqual(["t"]);
    expect(await recoverRuns(store, null)).toEqual([]);
  });

  it("however often, and by however many at once, it is tried", async () => {
    const store = await freshStore();
    journalCell(store, "s", "x");
    const runs = await Promise.all(Array.from({ length: 5 }, () => record(store, "s")));
    expect(runs.filter((run) => run !== null)).toHaveLength(1);
  });
});

describe("the journal of a kernel that is gone", () => {
  const ended = async () => {
    const store = await freshStore();
    journalCell(store, "s", "x", gone);
    await record(store, "s");
    const path = journalPath(store, "s");
    utimesSync(path, oneDayAgo(), oneDayAgo());
    return { store, path };
  };

  it("is dropped once it is recorded, and deleted later", async () => {
    const { store } = await ended();
    await dropJournals(store);
    const [name = "", ...more] = names(store);
    expect(more).toEqual([]);
    expect(name).toMatch(/^s\.\d+\.ended$/);
    await dropJournals(store);
    expect(names(store)).toEqual([]);
    expect((await checkStore(store)).faults).toEqual([]);
  });

  it("is dropped while others are recorded, not only when somebody starts", async () => {
    const { store } = await ended();
    const now = Date.now();
    await dropNowAndThen(store, now + 59_000);
    expect(names(store).length).toBe(2);
    await dropNowAndThen(store, now + 130_000);
    expect(names(store)).toEqual([expect.stringMatching(/\.ended$/)]);
  });

  it("stays while its kernel may live, and while there is something to record", async () => {
    const store = await freshStore();
    journalCell(store, "alive", "x");
    await record(store, "alive");
    journalCell(store, "elsewhere", "x", { ...gone, host: "elsewhere" });
    await record(store, "elsewhere");
    journalCell(store, "more", "x", gone);
    await record(store, "more");
    journalCell(store, "more", "y", null);
    for (const session of ["alive", "elsewhere", "more"])
      utimesSync(journalPath(store, session), oneDayAgo(), oneDayAgo());
    await dropJournals(store);
    expect(names(store).filter((name) => name.endsWith(".jsonl"))).toEqual([
      "alive.jsonl",
      "elsewhere.jsonl",
      "more.jsonl",
    ]);
  });

  it("is one again when a restarted kernel wrote on in the moment it was dropped", async () => {
    const { store, path } = await ended();
    await dropJournals(store);
    const [name = ""] = names(store);
    renameSync(at(store, name), path);
    journalCell(store, "s", "y", gone);
    renameSync(path, at(store, name));
    await dropJournals(store);
    expect((await recoverRuns(store, null)).map(({ cells }) => cells.length)).toEqual([1]);
    expect((await readIndex(store)).entries).toHaveLength(2);
  });

  it("leaves its session's id to a new one, of the same length too", async () => {
    const { store } = await ended();
    await dropJournals(store);
    journalCell(store, "s", "x", gone);
    expect(await record(store, "s")).not.toBeNull();
    expect(await record(store, "s")).toBeNull();
    expect((await readIndex(store)).entries).toHaveLength(2);
  });
});
