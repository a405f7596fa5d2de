import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { appendCommit } from "@lookback/kernel-bridge/ledger/chain/append-commit.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { journalPath } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { expect, it } from "vitest";
import type { Command, Io } from "../command.ts";
import { fsck } from "./fsck.ts";
import { restore } from "./restore.ts";
import { runs } from "./runs.ts";
import { show } from "./show.ts";

function emptyFolder(): { io: Io; out: string[]; cwd: string } {
  const cwd = mkdtempSync(join(tmpdir(), "lookback-reading-"));
  const out: string[] = [];
  const { signal } = new AbortController();
  return { cwd, out, io: { cwd, env: {}, out: (text) => void out.push(text), err: () => undefined, signal } };
}

it.each<[string, Command, string[], string | RegExp]>([
  ["runs", runs, [], "No runs yet. Run any cell, or: lookback run NOTEBOOK\n"],
  ["runs --json", runs, ["--json"], "[]\n"],
  ["fsck", fsck, [], "0 runs, 0 data files (0 bytes), 0 journals: all is well.\n"],
  ["show", show, ["01ABC"], /There is no run 01ABC/],
  ["restore", restore, ["01ABC", "--to", "back"], /There is no run 01ABC/],
])("lookback %s creates nothing where nothing was recorded", async (_, command, argv, says) => {
  const { io, out, cwd } = emptyFolder();
  const said = await command.run(argv, io).then(
    () => out.join(""),
    (error: Error) => error.message,
  );
  expect(said).toMatch(says);
  expect(readdirSync(cwd)).toEqual([]);
});

it.each<[string, Command, string[]]>([
  ["fsck", fsck, ["--quick"]],
  ["fsck", fsck, ["elsewhere"]],
  ["runs", runs, ["elsewhere"]],
])("lookback %s does nothing rather than pass over an argument", async (_, command, argv) => {
  const { io, out } = emptyFolder();
  await expect(command.run(argv, io)).rejects.toMatchObject({
    code: expect.stringMatching(/^ERR_PARSE_ARGS/),
  });
  expect(out).toEqual([]);
});

it("shows a record that cannot be read in a row of its own, and says what is no part of the store", async () => {
  const { io, out, cwd } = emptyFolder();
  const store = await openStore(cwd);
  const message = "odd.ipynb 01ARZ3NDEKTSV4RRFFQ69G5FAV";
  const odd = { files: new Map([["run.json", '{"v": 99}']]), message, timestamp: Date.UTC(2026, 0, 2, 3, 4) };
  await appendCommit(store, odd);
  expect(await runs.run([], io)).toBe(0);
  expect(out.splice(0).join("")).toBe(
    "01ARZ3NDEKTSV4  2026-01-02 03:04  odd.ipynb  It is written in form 99, which this version does not know.\n",
  );
  expect(await runs.run(["--json", "--notebook", "odd.ipynb"], io)).toBe(0);
  expect(JSON.parse(out.splice(0).join(""))).toMatchObject([{ id: "01ARZ3NDEKTSV4RRFFQ69G5FAV" }]);
  mkdirSync(join(store.gitdir, "refs", "lookback", "log"), { recursive: true });
  writeFileSync(join(store.gitdir, "refs", "lookback", "log", "abcd.1.tmp"), "");
  await fsck.run([], io);
  expect(out.join("")).toContain(
    "stray: store.git/refs/lookback/log/abcd.1.tmp is no part of the store and changes nothing; it is removed once it is a day old\n",
  );
});

it("says what ran in a kernel that was killed, until it is recorded", async () => {
  const { io, out, cwd } = emptyFolder();
  const store = await openStore(cwd);
  const said: string[] = [];
  const listening = { ...io, err: (text: string) => void said.push(text) };
  const at = "2026-01-02T03:04:05.000Z";
  const journal = (session: string, pid: number) =>
    writeFileSync(
      journalPath(store, session),
      [
        {
          t: "session",
          at,
          v: 2,
          notebook: "n.ipynb",
          pid,
          host: hostname(),
          started: null,
          ranBefore: 0,
          cwd,
        },
        { t: "cell", at, cell: "c0", source: "x", sha256: "0".repeat(64) },
      ]
        .map((event) => `${JSON.stringify(event)}\n`)
        .join(""),
    );
  journal("gone", 2 ** 22 + 1);
  journal("lives", process.pid);
  await runs.run([], listening);
  expect(out.splice(0)).toEqual(["No runs yet. Run any cell, or: lookback run NOTEBOOK\n"]);
  expect(said.splice(0)).toEqual([
    "not recorded yet: 2026-01-02 03:04  n.ipynb  1 cell, in a kernel that is gone; `lookback fsck` records it\n",
    "running: 2026-01-02 03:04  n.ipynb  1 cell, c0 since 2026-01-02 03:04\n",
  ]);
  await runs.run(["--notebook", "other.ipynb"], listening);
  await fsck.run([], io);
  expect(out.join("")).toContain("1 run recovered from the journals of kernels that are gone.\n");
  await runs.run([], listening);
  expect(said).toEqual([expect.stringMatching(/^running: /)]);
  expect(out.join("")).toMatch(/ {2}n\.ipynb {2}1 cell {2}/);
});
