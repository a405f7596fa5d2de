import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appendCommit } from "@lookback/kernel-bridge/ledger/chain/append-commit.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
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
