import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordOne } from "@lookback/kernel-bridge/ledger/fixtures/record-one.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it } from "vitest";
import type { Io } from "../command.ts";
import { runs } from "./runs.ts";
import { show } from "./show.ts";
import { tag } from "./tag.ts";

async function workspace() {
  const cwd = mkdtempSync(join(tmpdir(), "lookback-tag-"));
  const store = await openStore(cwd);
  const out: string[] = [];
  const err: string[] = [];
  const { signal } = new AbortController();
  const env = { ...process.env, GIT_AUTHOR_NAME: "Ann", LOOKBACK_AGENT: "tuner" };
  const io: Io = {
    cwd,
    env,
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    signal,
  };
  const take = () => ({ out: out.splice(0).join(""), err: err.splice(0).join("") });
  return { io, take, ids: [(await recordOne(store, "a")).id, (await recordOne(store, "b")).id] as const };
}

it("marks a run, and every list shows it", async () => {
  const { io, take, ids } = await workspace();
  const [first, second] = ids;
  expect(await tag.run([first, "paper", "--star", "--name", "best", "--official"], io)).toBe(0);
  const day = new Date().toISOString().slice(0, 10);
  const lines = ["starred", "name: best", "tags: paper", `official for n.ipynb, by tuner for Ann, ${day}`];
  expect(take().out).toBe(`${[first, ...lines].join("\n  ")}\n`);
  await runs.run([], io);
  expect(take().out).toContain(`  * "best" official #paper\n`);
  await show.run([first], io);
  expect(take().out).toContain("\n  tags: paper\n");
  expect(await tag.run([second, "--official", "--json"], io)).toBe(0);
  const { out, err } = take();
  expect(JSON.parse(out)).toMatchObject({ run: second, insteadOf: first });
  expect(err).toBe(`It takes the place of run ${first}.\n`);
  expect(await tag.run([first, "--remove", "paper", "--unstar", "--name", ""], io)).toBe(0);
  expect(take()).toEqual({ out: `${first}\n`, err: "" });
  expect(await tag.run([first, "--remove", "paper"], io)).toBe(0);
  expect(take().err).toMatch(/^Nobody tagged it paper: nothing was removed\./);
});

it.each([
  [["--star"], /takes a run/],
  [["R", "--star", "--unstar"], /exclude each other/],
  [["R", "--official", "--not-official"], /exclude each other/],
  [["R", "--question", "q"], /goes with --official/],
])("refuses %j", async (argv, message) => {
  const { io } = await workspace();
  await expect(tag.run(argv, io)).rejects.toMatchObject({ code: "tag/usage", message });
});
