import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FileEvent, JournalEvent } from "../../journal/journal-event.ts";
import { eventOf } from "../../journal/read-event.ts";
import { letters, seeded } from "../../secrets/corpus/seeded.ts";
import { freshStore } from "../fixtures/record-one.ts";
import { setFileLimit } from "../store/file-limit.ts";
import type { WritableStore } from "../store/store.ts";
import { fileUses, versionsOf } from "./file-uses.ts";
import { keptFolder } from "./kept-files.ts";
import { recordData as record } from "./record-data.ts";

const recordData = (store: WritableStore, events: readonly JournalEvent[], known: readonly string[] = []) =>
  record({ store, known, versions: async () => versionsOf(events) }, fileUses([{ done: null, events }]));

const random = seeded(31);
const secret = random.text(16, letters.alnum) + random.text(4, letters.digits);

const read = (path: string): FileEvent =>
  eventOf({
    t: "read",
    at: new Date().toISOString(),
    cell: "c0",
    path,
    size: null,
    mtimeNs: null,
    rows: null,
    columns: null,
  });

const rows = `id,name,amount\n${Array.from({ length: 20_000 }, (_, at) => `${at},customer ${at},12.5`).join("\n")}\n`;

describe("a file of the workspace that shows a secret", () => {
  it.each<[string, string | Buffer]>([
    ["settings.json", `{"url": "http://h", "api_key": "${secret}"}`],
    ["settings.yaml", `db:\n  user: app\n  password: ${secret}\n`],
    ["settings.toml", `[service]\ntoken = "${secret}"\n`],
    ["settings.ini", `[db]\nuser = app\npassword = ${secret}\n`],
    ["settings", `DB_HOST=h\nDB_PASSWORD=${secret}\n`],
    ["users.csv", `user,password\nbob,${secret}\n`],
    ["settings.xml", `<db><password>${secret}</password></db>`],
    ["late.json", `{"rows": [${"1, ".repeat(100_000)}1], "api_key": "${secret}"}`],
    ["windows.json", Buffer.from(`\uFEFF{"api_key": "${secret}"}`, "utf16le")],
  ])("is known by its hash alone, and that is said: %s", async (name, content) => {
    const store = await freshStore();
    const path = join(store.root, name);
    writeFileSync(path, content);
    for (const _ of ["first", "again"]) {
      const { datasets, notes } = await recordData(store, [read(path)]);
      expect(datasets).toMatchObject([{ path: name, stored: false, size: statSync(path).size }]);
      expect(datasets[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(notes).toMatchObject([{ code: "data/holds-secrets" }]);
      expect(notes[0]?.message).toMatch(
        /^\S+ shows what must not be kept \(1 .+\): only its hash was recorded/,
      );
    }
    const kept = readdirSync(store.dir, { recursive: true, encoding: "utf8" })
      .map((each) => join(store.dir, each))
      .filter((each) => statSync(each).isFile() && readFileSync(each).includes(secret));
    expect(kept).toEqual([]);
  });

  it.each<[string, string | Buffer]>([
    ["settings.json", '{"url": "http://h", "max_tokens": 512, "password_column": "pwd", "seed": 20240101}'],
    ["data.csv", rows],
    // Looked at from its beginning alone, like any large text that is no file of settings.
    ["large.csv", `${rows}api_key = "${secret}"\n`],
    ["model.bin", Buffer.from(`\0\u0001 api_key = "${secret}"`)],
    ["empty.json", ""],
  ])("is told from one that does not, whose bytes are kept: %s", async (name, content) => {
    const store = await freshStore();
    const path = join(store.root, name);
    writeFileSync(path, content);
    const { datasets, notes } = await recordData(store, [read(path)]);
    expect(datasets).toMatchObject([{ path: name, stored: true }]);
    expect(notes).toEqual([]);
  });
});

it("keeps of a file over the limit that somebody set its hash, and says why", async () => {
  const store = await freshStore();
  await setFileLimit(store, 1000);
  const path = join(store.root, "d.csv");
  writeFileSync(path, rows);
  const { datasets, notes } = await recordData(store, [read(path)]);
  const sha256 = createHash("sha256").update(rows).digest("hex");
  expect(datasets).toMatchObject([{ path: "d.csv", sha256, size: rows.length, stored: false }]);
  expect(notes).toMatchObject([{ code: "objects/too-large", message: expect.stringContaining("1 MiB") }]);
  await setFileLimit(store, null);
  expect((await recordData(store, [read(path)])).datasets).toMatchObject([{ sha256, stored: true }]);
});

it("keeps no bytes of a file that holds what the run shows elsewhere to be a secret", async () => {
  const store = await freshStore();
  const path = join(store.root, "key.dat");
  writeFileSync(path, `${secret}\n`);
  expect((await recordData(store, [read(path)], [secret])).datasets).toMatchObject([{ stored: false }]);
  expect((await recordData(store, [read(path)])).datasets).toMatchObject([{ stored: true }]);
});

it.skipIf(process.platform === "win32")(
  "says of a pipe that it is one, and does not wait for it",
  async () => {
    const store = await freshStore();
    const path = join(store.root, "pipe.csv");
    execFileSync("mkfifo", [path]);
    const { datasets, notes } = await recordData(store, [read(path)]);
    expect(datasets).toMatchObject([{ path: "pipe.csv", sha256: null, stored: false }]);
    expect(notes).toMatchObject([{ code: "data/unread" }]);
    expect(notes[0]?.message).toContain("is a pipe, a socket or a device");
  },
);

it("tells many files in the order they were used, and stores what large ones share once", async () => {
  const store = await freshStore();
  const large = Buffer.from(random.text(3 << 20, letters.alnum));
  const contents = Array.from({ length: 40 }, (_, at) => (at % 20 === 3 ? large : `a,b\n${at},1\n`));
  const paths = contents.map((content, at) => {
    const path = join(store.root, `d${at}.csv`);
    writeFileSync(path, at % 20 === 3 ? Buffer.concat([large, Buffer.from(String(at))]) : content);
    return path;
  });
  rmSync(paths[7] ?? "");
  const { datasets, notes } = await recordData(store, paths.map(read));
  expect(datasets.map(({ path }) => path)).toEqual(paths.map((_, at) => `d${at}.csv`));
  expect(datasets.filter(({ stored }) => !stored).map(({ path }) => path)).toEqual(["d7.csv"]);
  expect(notes.map(({ message }) => message)).toEqual([
    "d7.csv could not be hashed: it was gone when the run ended.",
  ]);
  const segments = join(store.objects.dir, "segments");
  const kept = readdirSync(segments).reduce((sum, name) => sum + statSync(join(segments, name)).size, 0);
  expect(kept).toBeLessThan(1.5 * large.length);
});

describe("a file that changed after a cell used it", () => {
  const stampOf = (path: string) => {
    const { size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true });
    const [changed, touched, inode] = [mtimeNs, ctimeNs, ino].map(String);
    return { size: Number(size), mtimeNs: changed!, ctimeNs: touched!, inode: inode! };
  };
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

  const readOne = async () => {
    const store = await freshStore();
    const path = join(store.root, "d.csv");
    writeFileSync(path, "a\n1\n");
    const stamp = stampOf(path);
    return { store, path, stamp, event: { ...read(path), ...stamp } };
  };

  it("is unstable and has no hash, even if its size and time are as they were", async () => {
    const { store, path, event } = await readOne();
    const { atime, mtime } = statSync(path);
    writeFileSync(path, "a\n2\n");
    utimesSync(path, atime, mtime);
    const { datasets, notes } = await recordData(store, [event]);
    expect(datasets).toMatchObject([{ path: "d.csv", sha256: null, unstable: true, stored: false, size: 4 }]);
    expect(notes).toMatchObject([{ code: "data/unstable" }]);
  });

  it("is recorded as the kernel kept it in time, also when it is gone", async () => {
    const { store, path, stamp, event } = await readOne();
    mkdirSync(keptFolder(store));
    writeFileSync(join(keptFolder(store), "s.1-2-4"), "a\n1\n");
    const bytes = eventOf({
      t: "bytes",
      at: event.at,
      cell: "c1",
      path,
      ...stamp,
      sha256: sha256("a\n1\n"),
      kept: "s.1-2-4",
    });
    rmSync(path);
    const { datasets, notes } = await recordData(store, [event, bytes]);
    expect(datasets).toMatchObject([{ sha256: sha256("a\n1\n"), stored: true, unstable: false }]);
    expect(notes).toEqual([]);
  });

  it("is known by its hash where the kernel kept no more, and that is said", async () => {
    const { store, path, stamp, event } = await readOne();
    const bytes = {
      t: "bytes",
      at: event.at,
      cell: "c1",
      path,
      ...stamp,
      sha256: sha256("a\n1\n"),
      kept: null,
    };
    writeFileSync(path, "other");
    const { datasets, notes } = await recordData(store, [event, bytes as JournalEvent]);
    expect(datasets).toMatchObject([{ sha256: sha256("a\n1\n"), stored: false, unstable: false }]);
    expect(notes).toMatchObject([{ code: "data/not-stored" }]);
  });

  it("counts once a cell and version", async () => {
    const { store, path, event } = await readOne();
    writeFileSync(path, "a\n2\n");
    const now = { ...read(path), ...stampOf(path) };
    const { datasets } = await recordData(store, [
      now,
      { ...now, rows: 1 },
      { ...now, cell: "c1" },
      { ...event, cell: "c1" },
    ]);
    expect(datasets.map(({ cellId, rows, unstable }) => [cellId, rows, unstable])).toEqual([
      ["c0", 1, false],
      ["c1", null, false],
      ["c1", null, true],
    ]);
  });
});

it("keeps apart what one address gave at two times", async () => {
  const store = await freshStore();
  const address = (version: string, rows: number | null) => ({
    ...read("https://h/d.csv"),
    kind: "address" as const,
    version,
    rows,
  });
  const { datasets } = await recordData(store, [address("e1", null), address("e1", 3), address("e2", null)]);
  expect(datasets).toMatchObject([
    { version: "e1", rows: 3 },
    { version: "e2", rows: null },
  ]);
});
