import { execFileSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sweepStore } from "../check/sweep-store.ts";
import { appendRun } from "../fixtures/append-run.ts";
import { journalCell, recordOne } from "../fixtures/record-one.ts";
import { storedUse } from "../fixtures/stored-data.ts";
import type { Run } from "../format/run.ts";
import { recordRun } from "../record/record-run.ts";
import { openStore } from "../store/open-store.ts";
import type { WritableStore } from "../store/store.ts";
import { lockOf } from "./lock-of.ts";
import { whyNoPlace } from "./place-in.ts";
import { putInPlace } from "./put-in-place.ts";
import { restoreBeside, restoreInPlace, restoreRun } from "./restore-run.ts";

const folder = () => realpathSync(mkdtempSync(join(tmpdir(), "lookback-restore-")));

describe("a name that a run gives a file", () => {
  it.each([
    ["d.csv", null],
    ["a b/ü.csv", null],
    [".github/x.yml", null],
    ["../evil", /outside/],
    ["a/../../evil", /outside/],
    ["a\\..\\..\\evil", /outside/],
    ["/etc/passwd", /outside/],
    ["\\\\host\\share\\x", /outside/],
    ["C:\\x.csv", /outside/],
    ["c:x.csv", /outside/],
    ["https://host/x.csv", /address/],
    ["a//b", /no name/],
    ["./a", /no name/],
    ["", /no name/],
    ["a\0b", /no name/],
    [".git/hooks/pre-commit", /git or Lookback/],
    ["sub/.GIT/config", /git or Lookback/],
    ["sub/.git. /config", /git or Lookback/],
    ["git~1/config", /git or Lookback/],
    [".lookback/store.git/HEAD", /git or Lookback/],
  ])("%s has a place below a folder, or none", (name, why) => {
    const said = whyNoPlace(name);
    if (why === null) expect(said).toBeNull();
    else expect(said).toMatch(why);
  });
});

describe("files that cannot stand side by side", () => {
  it("are named where they are left out: another version of the notebook, a file that was a folder, too", async () => {
    const store = await openStore(folder());
    const uses = [
      await storedUse(store, "n.ipynb", "{}"),
      await storedUse(store, "a", "1"),
      await storedUse(store, "a/b", "2"),
      await storedUse(store, "requirements.lock.txt", "mine"),
    ];
    const environment = { python: "3", platform: "x", packages: { a: "1" } } as unknown as Run["environment"];
    const run = await appendRun(store, { uses, environment });
    const to = folder();
    const restored = await restoreRun(store, run.id, to);
    expect(restored.missing.map(({ path }) => path)).toEqual(["n.ipynb", "a/b", "requirements.lock.txt"]);
    expect(restored.missing.every(({ reason }) => /has its place/.test(reason))).toBe(true);
    expect(readFileSync(join(to, "a"), "utf8")).toBe("1");
    expect(readFileSync(join(to, "requirements.lock.txt"), "utf8")).toBe("mine");
    for (const text of [null, "x"]) {
      if (text !== null) writeFileSync(join(store.root, "n.ipynb"), text);
      const { missing } = await restoreInPlace(store, run.id, { data: true, force: true });
      expect(missing.map(({ path }) => path)).toEqual(["n.ipynb", "a/b"]);
    }
    expect((await restoreBeside(store, run.id, { data: true })).missing).toHaveLength(3);
  });
});

describe("restoring into a folder", () => {
  it("writes the environment as what was installed, and no line that pip could not read", () => {
    const packages = { pandas: "2.2.3", Numpy: "2.0+local", "bad name": "1", "evil\n--index-url=x": "1" };
    const environment = { python: "3.12.1", platform: "Linux\n-r /etc/passwd", packages };
    expect(lockOf({ id: "01A", environment: environment as never })).toBe(
      "# What was installed when Lookback recorded run 01A: all of it, not what the notebook needs.\n# Python 3.12.1 on Linux -r /etc/passwd\nNumpy==2.0+local\npandas==2.2.3\n",
    );
  });

  it("names what has no place, what came from elsewhere and what is gone, and writes the rest", async () => {
    const { store, id } = await ranOn("d.csv", "../evil.csv", ".git/hooks/pre-commit");
    const to = folder();
    const restored = await restoreRun(store, id, join(to, "new"));
    expect(restored.written.map((path) => path.slice(to.length))).toEqual(["/new/n.ipynb", "/new/d.csv"]);
    expect(restored.missing).toEqual([
      { path: "../evil.csv", reason: "It lies outside the workspace.", advice: null },
      {
        path: ".git/hooks/pre-commit",
        reason: "It would lie among what git or Lookback keep for themselves.",
        advice: null,
      },
    ]);
    expect(readdirSync(to)).toEqual(["new"]);
    expect(readdirSync(join(to, "new")).sort()).toEqual(["d.csv", "n.ipynb"]);
  });

  it.each([
    ["a folder", "data", "."],
    ["a file", "data/d.csv", "target.csv"],
    ["nothing", "data/d.csv", "absent"],
  ])("follows no link out of it, to %s", async (_, link, target) => {
    const { store, id } = await ranOn("data/d.csv");
    const [to, outside] = [folder(), folder()];
    writeFileSync(join(outside, "target.csv"), "mine");
    if (link !== "data") mkdirSync(join(to, "data"));
    symlinkSync(join(outside, target), join(to, link));
    await expect(restoreRun(store, id, to)).rejects.toMatchObject({ code: "restore/through-link" });
    expect(readdirSync(outside)).toEqual(["target.csv"]);
    expect(readFileSync(join(outside, "target.csv"), "utf8")).toBe("mine");
    expect(existsSync(join(to, "n.ipynb"))).toBe(false);
  });

  it("follows the folder's own link, and links that stay inside", async () => {
    const { store, id } = await ranOn("data/d.csv");
    const [to, way] = [folder(), folder()];
    mkdirSync(join(to, "real"));
    symlinkSync(join(to, "real"), join(to, "data"));
    symlinkSync(to, join(way, "link"));
    await restoreRun(store, id, join(way, "link"));
    expect(readFileSync(join(to, "real", "d.csv"), "utf8")).toBe("data/d.csv\n");
    expect(lstatSync(join(to, "data")).isSymbolicLink()).toBe(true);
  });

  it("prepares what it puts in place where what a killed process leaves is swept", async () => {
    const store = await openStore(folder());
    mkdirSync(store.temporary, { recursive: true });
    const to = folder();
    const seen: string[][] = [];
    const bytes = () => {
      seen.push([...readdirSync(to), ...readdirSync(store.temporary)]);
      return Buffer.from("x");
    };
    const content = { name: "x", sha256: "x", bytes };
    const file = { path: join(to, "x"), content, instead: null };
    await putInPlace(to, [file], store.temporary);
    rmSync(join(to, "x"));
    await putInPlace(to, [file]);
    expect(seen).toEqual([
      [expect.stringMatching(/^\.lookback-restoring-/)],
      [expect.stringMatching(/^\.lookback-restoring-/)],
    ]);
    expect(readdirSync(store.temporary)).toEqual([]);
  });

  it.runIf(existsSync("/dev/shm"))("leaves nothing for ever on another disk when it is killed", async () => {
    const store = await openStore(folder());
    const to = mkdtempSync("/dev/shm/lookback-restore-");
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    let putting: Promise<void> = Promise.resolve();
    await new Promise<void>((begun) => {
      async function* stopped() {
        begun();
        await ended;
        yield* failing();
      }
      const content = { name: "x", sha256: "x", bytes: stopped };
      putting = putInPlace(to, [{ path: join(to, "x"), content, instead: null }], store.temporary);
    });
    expect(readdirSync(to)).toEqual([expect.stringMatching(/^\.lookback-restoring-/)]);
    expect(await sweepStore(store)).toEqual([]);
    const old = new Date(Date.now() - 2 * 3_600_000);
    const [told] = readdirSync(store.temporary);
    utimesSync(join(store.temporary, told ?? ""), old, old);
    expect(await sweepStore(store)).toEqual([`tmp/${told}`]);
    expect(readdirSync(to)).toEqual([]);
    end();
    await expect(putting).rejects.toThrow();
    rmSync(to, { recursive: true });
  });

  it("takes back what it did where it cannot do all", async () => {
    const to = folder();
    const content = (text: string) => ({ name: text, sha256: text, bytes: () => Buffer.from(text) });
    writeFileSync(join(to, "there"), "mine");
    const files = [
      { path: join(to, "deep", "er", "a"), content: content("a"), instead: null },
      { path: join(to, "there"), content: content("b"), instead: null },
    ];
    await expect(putInPlace(to, files)).rejects.toMatchObject({ code: "ledger/would-overwrite" });
    expect(readdirSync(to)).toEqual(["there"]);
    const broken = { ...content("c"), bytes: () => failing() };
    await expect(
      putInPlace(to, [files[0]!, { path: join(to, "c"), content: broken, instead: null }]),
    ).rejects.toThrow("no space");
    expect(readdirSync(to)).toEqual(["there"]);
    expect(readFileSync(join(to, "there"), "utf8")).toBe("mine");
  });
});

describe("restoring in the workspace", () => {
  it("writes beside the original, and into a folder with its data, under a name of its own each time", async () => {
    const { store, id } = await ranOn("d.csv");
    const names = () => readdirSync(store.root).filter((name) => name !== ".lookback");
    const tail = id.slice(-6).toLowerCase();
    await restoreBeside(store, id, { data: false });
    writeFileSync(join(store.root, `n (run ${tail}).ipynb`), "edited");
    await restoreBeside(store, id, { data: false });
    await restoreBeside(store, id, { data: true });
    expect(names().sort()).toEqual([`n (run ${tail})`, `n (run ${tail}) 2.ipynb`, `n (run ${tail}).ipynb`]);
    expect(readFileSync(join(store.root, `n (run ${tail})`, "d.csv"), "utf8")).toBe("d.csv\n");
  });

  it("replaces what a run or git has, keeps a copy, and refuses over anything else", async () => {
    const root = folder();
    execFileSync("git", ["init", "-q", root]);
    const store = await openStore(root);
    const path = join(root, "n.ipynb");
    const textOf = async (id: string) => {
      const to = folder();
      await restoreRun(store, id, to);
      return readFileSync(join(to, "n.ipynb"), "utf8");
    };
    const old = await recordOne(store, "s", "old");
    const recent = await recordOne(store, "t", "recent");
    const texts = { old: await textOf(old.id), recent: await textOf(recent.id) };

    writeFileSync(path, texts.recent);
    const { replaced } = await restoreInPlace(store, old.id, { data: false, force: false });
    expect(readFileSync(path, "utf8")).toBe(texts.old);
    expect(readFileSync(replaced[0]!.copy, "utf8")).toBe(texts.recent);

    writeFileSync(path, "unsaved work");
    await expect(restoreInPlace(store, old.id, { data: false, force: false })).rejects.toMatchObject({
      code: "restore/unsaved",
    });
    expect(readFileSync(path, "utf8")).toBe("unsaved work");

    const git = ["-c", "user.name=a", "-c", "user.email=a@b", "-C", root];
    execFileSync("git", [...git, "add", "n.ipynb"]);
    execFileSync("git", [...git, "commit", "-qm", "x"]);
    await restoreInPlace(store, old.id, { data: false, force: false });
    expect(readFileSync(path, "utf8")).toBe(texts.old);

    writeFileSync(path, "more work");
    const forced = await restoreInPlace(store, old.id, { data: false, force: true });
    expect(readFileSync(forced.replaced[0]!.copy, "utf8")).toBe("more work");
    expect(readFileSync(path, "utf8")).toBe(texts.old);
    expect((await restoreInPlace(store, old.id, { data: false, force: false })).replaced).toEqual([]);
  });
});

it("gives what differed from the commit, or says why it cannot", async () => {
  const root = folder();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-C", root, ...args]);
  execFileSync("git", ["init", "-q", root]);
  writeFileSync(join(root, "a.py"), "x = 1\n");
  git("add", "a.py");
  git("commit", "-qm", "x");
  writeFileSync(join(root, "a.py"), "x = 2\n");
  const store = await openStore(root);
  journalCell(store, "s", "x");
  const run = await recordRun(store, {
    sessionId: "s",
    notebook: "n.ipynb",
    notebookText: '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    linter: null,
  });
  const to = folder();
  await restoreRun(store, run?.id ?? "", to, { data: false, changes: true });
  expect(readFileSync(join(to, "git", "changes.diff"), "utf8")).toContain("+x = 2");
  const { id } = await recordOne(store, "t");
  await expect(restoreRun(store, id, to, { data: false, changes: true })).rejects.toMatchObject({
    code: "restore/no-changes",
  });
});

// biome-ignore lint/correctness/useYield: it fails before there is anything to yield
async function* failing(): AsyncGenerator<Uint8Array> {
  throw new Error("no space left on device");
}

/** A run that read files of these names, each of which holds its name. */
async function ranOn(...names: string[]): Promise<{ store: WritableStore; id: string }> {
  const store = await openStore(folder());
  const uses = await Promise.all(names.map((name) => storedUse(store, name, `${name}\n`)));
  return { store, id: (await appendRun(store, { uses })).id };
}
