import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { checkStore } from "../check/check-store.ts";
import { listRuns } from "../read/list-runs.ts";
import { readRunNotebook } from "../read/read-run-notebook.ts";
import { openStore } from "../store/open-store.ts";
import { journalPath, type Store, type WritableStore } from "../store/store.ts";
import { recordRun } from "./record-run.ts";

const disk = vi.hoisted(() => ({
  full: (_path: string): boolean => false,
  left: 1e12,
  opened: [] as string[],
}));

/** The disk itself, which can be told to be full for some paths. */
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const full = (path: string) =>
    Object.assign(new Error(`no space left on device: ${path}`), { code: "ENOSPC" });
  return {
    ...real,
    open: async (path: string, ...rest: [string]) => {
      disk.opened.push(path);
      if (disk.full(path)) throw full(path);
      return real.open(path, ...rest);
    },
    statfs: async () => ({ bavail: disk.left, bsize: 1 }),
    readFile: (path: string, ...rest: [BufferEncoding]) => {
      disk.opened.push(path);
      return real.readFile(path, ...rest);
    },
  };
});

const source = (id: string, text: unknown) => ({
  cell_type: "code",
  execution_count: null,
  id,
  metadata: {},
  outputs: [],
  source: text,
});
const notebook = (...cells: object[]) =>
  JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
const options = {
  sessionId: "s",
  notebook: "n.ipynb",
  notebookText: notebook(source("c0", "x")),
  linter: null,
};

async function storeWith(...events: object[]): Promise<{ store: WritableStore; data: string }> {
  const store = await openStore(mkdtempSync(join(tmpdir(), "lookback-record-")));
  const data = join(store.root, "d.csv");
  writeFileSync(data, "a\n".repeat(50_000));
  // Old enough to be told from a file that is just being written.
  utimesSync(data, 1_700_000_000, 1_700_000_000);
  journal(store, { t: "session", notebook: "n.ipynb", pid: process.pid, cwd: store.root }, environment);
  journal(store, ...ranReading(data), ...events);
  return { store, data };
}

const environment = { t: "environment", python: "3.12", platform: "x", packages: {} };
const ranReading = (path: string) => [
  { t: "cell", cell: "c0", source: "x", sha256: "0".repeat(64) },
  { t: "read", cell: "c0", path, size: null, mtimeNs: null, rows: null, columns: null },
  { t: "done", cell: "c0", outcome: "ok", error: null, durationMs: 1 },
];
const journal = (store: Store, ...events: object[]) =>
  appendFileSync(
    journalPath(store, "s"),
    events.map((event) => `${JSON.stringify({ at: "2026-01-02T03:04:05.000Z", ...event })}\n`).join(""),
  );

describe("a full disk", () => {
  it("costs the data's bytes, not the run", async () => {
    const { store, data } = await storeWith();
    disk.full = (path) => path.endsWith(".segment");
    const run = await recordRun(store, options).finally(() => {
      disk.full = () => false;
    });
    expect(run?.datasets).toMatchObject([{ path: "d.csv", stored: false, size: statSync(data).size }]);
    expect(run?.datasets[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(run?.notes.map((note) => note.code)).toEqual(["objects/disk-full"]);
    expect((await checkStore(store)).faults).toEqual([]);
  });

  it("is not what a run brings about: data larger than half of what is left is known by its hash only", async () => {
    const { store, data } = await storeWith();
    disk.left = 2 * statSync(data).size - 1;
    const run = await recordRun(store, options).finally(() => {
      disk.left = 1e12;
    });
    expect(run?.datasets).toMatchObject([{ stored: false, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(run?.notes.map((note) => note.code)).toEqual(["objects/no-room"]);
  });

  it("says that nothing was recorded, and records it when there is room again", async () => {
    const { store } = await storeWith();
    disk.full = (path) => path.endsWith(".tmp");
    await expect(recordRun(store, options)).rejects.toMatchObject({ code: "ledger/disk-full" });
    disk.full = () => false;
    const run = await recordRun(store, options);
    expect(run?.cells.map((cell) => cell.cellId)).toEqual(["c0"]);
    expect(run?.datasets[0]?.stored).toBe(true);
    expect((await checkStore(store)).faults).toEqual([]);
  });
});

describe("hashes", () => {
  it("does not read a file again that looks as it did, and does when it changed", async () => {
    const { store, data } = await storeWith();
    // The moment of its creation is the change the file system knows of: wait until that is past.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const first = await recordRun(store, options);
    disk.opened.length = 0;
    journal(store, ...ranReading(data));
    const second = await recordRun(store, options);
    expect(disk.opened).not.toContain(data);
    expect(second?.datasets).toEqual(first?.datasets);
    writeFileSync(data, "b\n".repeat(50_000));
    utimesSync(data, 1_700_000_000, 1_700_000_000);
    journal(store, ...ranReading(data));
    const third = await recordRun(store, options);
    expect(third?.datasets[0]?.sha256).not.toBe(first?.datasets[0]?.sha256);
  });
});

describe("secrets", () => {
  it("finds a private key in a source that is kept as lines", async () => {
    const { store } = await storeWith();
    const lines = [
      'key = """-----BEGIN RSA PRIVATE KEY-----\n',
      "MIIEowIBAAKCAQEAtopsecret\n",
      '-----END RSA PRIVATE KEY-----"""\n',
      "x = 1",
    ];
    const run = await recordRun(store, { ...options, notebookText: notebook(source("c0", lines)) });
    const kept = JSON.parse(new TextDecoder().decode(await readRunNotebook(store, run?.id ?? "")));
    expect(kept.cells[0].source).toEqual(['key = """[redacted]"""\n', "x = 1"]);
    expect(run?.notes.map((note) => note.code)).toEqual(["secrets/redacted"]);
  });
});

describe("the environment", () => {
  it("is waited for when the first run ends before it is listed, and what runs meanwhile is another run", async () => {
    const store = await openStore(mkdtempSync(join(tmpdir(), "lookback-record-")));
    const at = new Date().toISOString();
    journal(store, { t: "session", at, notebook: "n.ipynb", pid: process.pid, cwd: store.root });
    journal(store, { t: "cell", cell: "c0", source: "x", sha256: "0".repeat(64) });
    journal(store, { t: "done", cell: "c0", outcome: "ok", error: null, durationMs: 1 });
    const recording = recordRun(store, options);
    setTimeout(() => {
      journal(store, { t: "cell", cell: "c1", source: "y", sha256: "0".repeat(64) });
      journal(store, { t: "done", cell: "c1", outcome: "ok", error: null, durationMs: 1 }, environment);
    }, 100);
    const run = await recording;
    expect(run?.environment.python).toBe("3.12");
    expect(run?.cells.map(({ cellId }) => cellId)).toEqual(["c0"]);
    expect((await recordRun(store, options))?.cells.map(({ cellId }) => cellId)).toEqual(["c1"]);
  });
});

describe("a chain", () => {
  it("is never begun anew because it could not be read", async () => {
    const { store, data } = await storeWith();
    const first = await recordRun(store, options);
    const [writer] = await readdir(join(store.gitdir, "refs", "lookback", "log"));
    const ref = join(store.gitdir, "refs", "lookback", "log", writer ?? "");
    const head = readFileSync(ref, "utf8");
    rmSync(ref);
    mkdirSync(ref);
    journal(store, ...ranReading(data));
    await expect(recordRun(store, options)).rejects.toMatchObject({ code: "ledger/ref-unreadable" });
    rmdirSync(ref);
    writeFileSync(ref, head);
    const second = await recordRun(store, options);
    expect((await listRuns(store)).runs.map((run) => run.id).sort()).toEqual([first?.id, second?.id].sort());
  });
});

describe("the linter", () => {
  it("is asked of what the kernel ran, each cell as it ran last, not of what stands in the notebook", async () => {
    const { store } = await storeWith();
    const ran = (cell: string, text: string) => [
      { t: "cell", cell, source: text, sha256: "0".repeat(64) },
      { t: "done", cell, outcome: "ok", error: null, durationMs: 1 },
    ];
    const asked: unknown[] = [];
    const linter = async (path: string, cells: readonly object[]) => {
      asked.push([path, ...cells.map((cell) => Object.values(cell))]);
      return { errors: asked.length, warnings: 0, findings: [] };
    };
    await recordRun(store, { ...options, linter });
    journal(store, ...ran("c1", "y"), ...ran("c0", "x = 2"), ...ran("c2", "z"));
    const run = await recordRun(store, { ...options, linter });
    expect(asked).toEqual([
      ["n.ipynb", ["c0", "x"]],
      ["n.ipynb", ["c1", "y"], ["c0", "x = 2"], ["c2", "z"]],
    ]);
    expect(run?.trust?.errors).toBe(2);
  });
});
